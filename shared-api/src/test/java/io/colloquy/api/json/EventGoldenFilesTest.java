package io.colloquy.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.api.access.AccessEvent.AccessRefused;
import io.colloquy.api.access.AccessEvent.PermissionGranted;
import io.colloquy.api.access.AccessEvent.PermissionRevoked;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.FieldError;
import io.colloquy.api.action.ActionResult;
import io.colloquy.api.audit.AuditEvent.AuditExported;
import io.colloquy.api.audit.AuditEvent.DeadLetterRetried;
import io.colloquy.api.audit.AuditEvent.ProjectionRebuilt;
import io.colloquy.api.audit.AuditEvent.TurnRerun;
import io.colloquy.api.conversation.ConversationEvent.ActionAuthorized;
import io.colloquy.api.conversation.ConversationEvent.ActionCompleted;
import io.colloquy.api.conversation.ConversationEvent.ActionDenied;
import io.colloquy.api.conversation.ConversationEvent.ActionFailed;
import io.colloquy.api.conversation.ConversationEvent.AnswerTextAppended;
import io.colloquy.api.conversation.ConversationEvent.CitationOpened;
import io.colloquy.api.conversation.ConversationEvent.CitationsAttached;
import io.colloquy.api.conversation.ConversationEvent.ConversationClosed;
import io.colloquy.api.conversation.ConversationEvent.ConversationForked;
import io.colloquy.api.conversation.ConversationEvent.ConversationOpened;
import io.colloquy.api.conversation.ConversationEvent.ConversationRenamed;
import io.colloquy.api.conversation.ConversationEvent.ConversationStateChanged;
import io.colloquy.api.conversation.ConversationEvent.DataQueried;
import io.colloquy.api.conversation.ConversationEvent.FiguresRemoved;
import io.colloquy.api.conversation.ConversationEvent.FormSubmitted;
import io.colloquy.api.conversation.ConversationEvent.IntentClassified;
import io.colloquy.api.conversation.ConversationEvent.ModelFailed;
import io.colloquy.api.conversation.ConversationEvent.PassagesRead;
import io.colloquy.api.conversation.ConversationEvent.TurnCancelled;
import io.colloquy.api.conversation.ConversationEvent.TurnCompleted;
import io.colloquy.api.conversation.ConversationEvent.TurnFailed;
import io.colloquy.api.conversation.ConversationEvent.TurnSubmitted;
import io.colloquy.api.conversation.ConversationEvent.TurnsReplaced;
import io.colloquy.api.conversation.ConversationEvent.WidgetExpired;
import io.colloquy.api.conversation.ConversationEvent.WidgetGenerated;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.api.data.DataQuery.Sort;
import io.colloquy.api.export.ExportEvent.ExportCompleted;
import io.colloquy.api.export.ExportEvent.ExportDownloaded;
import io.colloquy.api.export.ExportEvent.ExportFailed;
import io.colloquy.api.export.ExportEvent.ExportRequested;
import io.colloquy.api.preference.PreferenceEvent.PreferenceChanged;
import io.colloquy.api.privacy.SubjectEvent.SubjectErased;
import io.colloquy.api.source.ImportedContent;
import io.colloquy.api.source.SourceAccess;
import io.colloquy.api.source.SourceAccess.RowAccess;
import io.colloquy.api.source.SourceColumn;
import io.colloquy.api.source.SourceColumn.Aggregation;
import io.colloquy.api.source.SourceColumn.Role;
import io.colloquy.api.source.SourceColumn.Type;
import io.colloquy.api.source.SourceEvent.SourceEdited;
import io.colloquy.api.source.SourceEvent.SourceImportFailed;
import io.colloquy.api.source.SourceEvent.SourceImported;
import io.colloquy.api.source.SourceEvent.SourceRegistered;
import io.colloquy.api.source.SourceEvent.SourceRemoved;
import io.colloquy.api.source.SourceKind;
import io.colloquy.api.source.SourceTable;
import io.colloquy.api.turn.Citation;
import io.colloquy.api.turn.Intent;
import io.colloquy.api.turn.Timings;
import io.colloquy.api.turn.TokenUsage;
import io.colloquy.api.turn.TurnMetadata;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.ActionType;
import io.colloquy.api.widget.ChartType;
import io.colloquy.api.widget.SourceReference;
import io.colloquy.api.widget.WidgetAction;
import io.colloquy.api.widget.WidgetData;
import io.colloquy.api.widget.WidgetDescriptor;
import io.colloquy.api.widget.WidgetDescriptor.WidgetConfig;
import io.colloquy.api.widget.WidgetDescriptor.WidgetMetadata;
import io.colloquy.api.widget.WidgetType;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events are for ever: their JSON may only change together with a new revision and an upcaster. */
class EventGoldenFilesTest {

  private static final DataQuery QUERY =
      new DataQuery(
          "sales",
          List.of("revenue"),
          List.of("region"),
          List.of(new Filter("date", Operator.BETWEEN, List.of("2026-04-01", "2026-06-30"))),
          List.of(new Sort("revenue", true)),
          5);
  private static final SourceReference SOURCE =
      new SourceReference("sales-ledger", "Sales ledger", 0.95, "table sample.sales");
  private static final WidgetAction DRILL_DOWN =
      new WidgetAction(
          "a-1",
          "View Details",
          ActionType.API_CALL,
          Map.of("endpoint", "/api/data/drilldown"),
          List.of("manager", "analyst"));
  private static final WidgetDescriptor CHART =
      new WidgetDescriptor(
          "widget",
          "3f0cbb5e-6a55-4c0a-9f53-0d4d3b1f9a10",
          WidgetType.CHART,
          new WidgetData.Chart(
              ChartType.BAR,
              List.of(
                  new WidgetData.Chart.Series(
                      "Revenue",
                      List.of(new BigDecimal("450000"), new BigDecimal("380000.5")),
                      List.of("North", "South"))),
              "Region",
              "Revenue ($)",
              "Q2 2026 Sales by Region"),
          new WidgetConfig(true, true, false, true),
          List.of(DRILL_DOWN),
          new WidgetMetadata(
              List.of(SOURCE),
              "2026-11-24T10:30:00Z",
              "2026-12-01T10:30:00Z",
              "Show me Q2 sales by region",
              "manager"));

  private static final SourceTable TABLE =
      new SourceTable(
          "spend_1",
          "Spend",
          "Sheet1",
          "A2:B3",
          2,
          List.of("cost"),
          List.of(
              new SourceColumn(
                  "day", "A", "Day", Type.DATE, Role.TIME, null, null, false, List.of()),
              new SourceColumn(
                  "team",
                  "B",
                  "Team",
                  Type.TEXT,
                  Role.DIMENSION,
                  null,
                  null,
                  false,
                  List.of("dept")),
              new SourceColumn(
                  "amount",
                  "C",
                  "Amount",
                  Type.NUMBER,
                  Role.MEASURE,
                  Aggregation.SUM,
                  "$",
                  false,
                  List.of("value"))));

  private static final SourceAccess ACCESS =
      new SourceAccess(
          List.of("viewer"),
          List.of(new RowAccess("spend_1", "team", List.of("$user"), List.of("manager"))));

  static Stream<Object> events() {
    return Stream.of(
        new ConversationOpened("c-1", "manager", "Sales"),
        new TurnSubmitted(
            "c-1",
            "t-1",
            "Show me Q2 sales by region",
            new TurnMetadata("sales_filter", Map.of("regions", List.of("North")))),
        new IntentClassified(
            "c-1",
            "t-1",
            "embedded",
            new TurnPlan(
                Intent.DATA_ANALYSIS,
                true,
                WidgetType.CHART,
                ChartType.BAR,
                "Q2 2026 Sales by Region",
                "a breakdown into categories: bar",
                QUERY,
                List.of(),
                null,
                Map.of(),
                null,
                List.of("no year was given, so Q2 2026 is meant"),
                1.0)),
        new AnswerTextAppended("c-1", "t-1", 0, "Here is **Q2 2026 Sales by Region**."),
        new DataQueried(
            "c-1", "t-1", null, "sales_1", QUERY, "select …", 4, List.of(SOURCE), "ab12"),
        new WidgetGenerated("c-1", "t-1", null, "sales_1", CHART),
        new CitationsAttached(
            "c-1",
            "t-1",
            List.of(
                new Citation(
                    "sales-ledger",
                    "Sales ledger",
                    "North · 450000",
                    0.95,
                    3,
                    "table sample.sales"))),
        new TurnCompleted(
            "c-1", "t-1", "openai:gpt", "openai:gpt", new TokenUsage(10, 20), new Timings(1, 2, 3)),
        new TurnFailed("c-1", "t-1", ErrorCode.TIMEOUT, "The answer took too long."),
        new TurnCancelled("c-1", "t-1"),
        new ConversationRenamed("c-1", "Sales by region"),
        new TurnsReplaced("c-1", List.of("t-1", "t-2"), "t-3"),
        new ConversationStateChanged(
            "c-1", "filter_update", Map.of("key", "region", "value", "North")),
        new ActionAuthorized(
            "c-1",
            "t-1",
            "i-1",
            CHART.widgetId(),
            DRILL_DOWN,
            Map.of("selected_item", "North"),
            QUERY),
        new ActionDenied(
            "c-1",
            "t-1",
            "i-2",
            CHART.widgetId(),
            "a-9",
            ErrorCode.INVALID_PARAMS,
            "Some fields need another look.",
            List.of(new FieldError("revenue_min", "Please give a number."))),
        new ActionCompleted(
            "c-1",
            "t-1",
            "i-1",
            CHART.widgetId(),
            "a-1",
            new ActionResult.Download("/api/exports/x/q2.csv", "q2.csv", "text/csv", "ab12", 90)),
        new ActionFailed(
            "c-1", "t-1", "i-1", CHART.widgetId(), "a-1", ErrorCode.INTERNAL_ERROR, "Sorry."),
        new FormSubmitted("c-1", "i-1", "w-1", "customer_search", Map.of("city", "New York")),
        new WidgetExpired("c-1", "t-1", CHART.widgetId()),
        new PassagesRead(
            "c-1",
            "t-1",
            "What is the return policy?",
            List.of(new PassagesRead.Passage("s-1", "Handbook", 7, 3, "ab12"))),
        new ModelFailed("c-1", "t-1", "plan", "openai:gpt", "it said nothing for 15000 ms"),
        new FiguresRemoved("c-1", "t-1", List.of("$9.9 million")),
        new CitationOpened("c-1", "t-1", 0, 1),
        new ConversationClosed("c-1"),
        new ConversationForked("c-2", "c-1", 17, List.of("manager")),
        new SubjectErased("viewer", List.of("k-1")),
        new AuditExported("jsonl", Map.of("actor", "viewer"), 4711),
        new TurnRerun("c-1", "t-1", "embedded"),
        new ProjectionRebuilt("conversation-state", 4711, true),
        new DeadLetterRetried("conversation-state", "c-1", true),
        new SourceRegistered(
            "s-1", "Spend", "manager", "spend.csv", SourceKind.CSV, 90, "ab12", ACCESS),
        new SourceImported(
            "s-1", "ab12", new ImportedContent(2, 3, List.of(TABLE), 0, 0, List.of("A note."))),
        new SourceImportFailed("s-2", ErrorCode.FILE_REJECTED, "The file holds no rows."),
        new SourceEdited("s-1", "Spending", ACCESS, List.of(TABLE)),
        new SourceRemoved("s-1"),
        new ExportRequested("e-1", "c-1", "i-1", "sales_1", QUERY, "csv", "q2.csv"),
        new ExportCompleted("e-1", "q2.csv", "text/csv", 90, "ab12", "file:e-1"),
        new ExportFailed("e-1", ErrorCode.TIMEOUT, "Too slow."),
        new ExportDownloaded("e-1"),
        new PreferenceChanged("manager", "theme", "dark"),
        new AccessRefused(ErrorCode.NOT_A_PARTICIPANT, "GET /api/conversations/c-1", "c-1"),
        new PermissionGranted("ada", "data_exporter"),
        new PermissionRevoked("ada", "data_exporter"));
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventIsWrittenAsItsGoldenFileSaysAndReadBackEqual(Object event) throws IOException {
    String golden = golden(EventTypes.nameOf(event.getClass()));

    assertThat(Json.MAPPER.readTree(Json.MAPPER.writeValueAsString(event)))
        .as("JSON of %s", event.getClass().getSimpleName())
        .isEqualTo(Json.MAPPER.readTree(golden));
    assertThat((Object) Json.MAPPER.readValue(golden, (Class<?>) event.getClass()))
        .isEqualTo(event);
  }

  @Test
  void everyEventTypeHasAnExampleHere() {
    Set<String> shown =
        events().map(event -> EventTypes.nameOf(event.getClass())).collect(Collectors.toSet());

    assertThat(shown).isEqualTo(EventTypes.all().keySet());
  }

  private static String golden(String name) throws IOException {
    try (InputStream file =
        EventGoldenFilesTest.class.getResourceAsStream("/golden/events/" + name + ".json")) {
      assertThat(file).as("golden file of %s", name).isNotNull();
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
