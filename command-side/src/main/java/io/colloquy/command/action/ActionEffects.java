package io.colloquy.command.action;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.action.ActionResult;
import io.colloquy.api.action.TablePage;
import io.colloquy.api.conversation.ConversationCommand.IssueWidget;
import io.colloquy.api.conversation.ConversationCommand.RecordDataQuery;
import io.colloquy.api.conversation.ConversationCommand.SubmitForm;
import io.colloquy.api.conversation.ConversationEvent.ActionAuthorized;
import io.colloquy.api.conversation.ConversationEvent.WidgetGenerated;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.SourceReference;
import io.colloquy.api.widget.WidgetDescriptor;
import io.colloquy.api.widget.WidgetType;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.DataReaders;
import io.colloquy.command.catalogue.QueryResult;
import io.colloquy.command.form.FormQueries;
import io.colloquy.command.form.Forms;
import io.colloquy.command.gateway.Commands;
import io.colloquy.command.source.SourceCatalogue;
import io.colloquy.command.widget.DataKeys;
import io.colloquy.command.widget.DrillPath;
import io.colloquy.command.widget.Endpoints;
import io.colloquy.command.widget.Issuing;
import io.colloquy.command.widget.Widgets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What each kind of action does, and what it brings back. */
@Component
class ActionEffects {

  /** The rows asked for were found where they were looked for, so nothing was guessed. */
  private static final double CERTAIN = 1.0;

  private final Catalogue catalogue;
  private final DataReaders readers;
  private final SourceCatalogue sources;
  private final Widgets widgets;
  private final Forms forms;
  private final FormQueries formQueries;
  private final Commands commands;
  private final EventStore log;
  private final Clock clock;

  ActionEffects(
      Catalogue catalogue,
      DataReaders readers,
      SourceCatalogue sources,
      Widgets widgets,
      Forms forms,
      FormQueries formQueries,
      Commands commands,
      EventStore log,
      Clock clock) {
    this.catalogue = catalogue;
    this.readers = readers;
    this.sources = sources;
    this.widgets = widgets;
    this.forms = forms;
    this.formQueries = formQueries;
    this.commands = commands;
    this.log = log;
    this.clock = clock;
  }

  ActionResult of(ActionAuthorized action, Actor actor) {
    sources.refresh();
    return switch (action.action().type()) {
      case API_CALL -> call(action, actor);
      case SUBMIT -> submit(action, actor);
      case NAVIGATE -> navigate(action);
      case DIALOG ->
          new ActionResult.Dialog(
              Boolean.TRUE.equals(action.params().get("confirmed")),
              text(action.action().params().get("confirms")));
      case DOWNLOAD -> throw new IllegalArgumentException("Downloads are the export worker's.");
    };
  }

  private ActionResult call(ActionAuthorized action, Actor actor) {
    return switch (action.action().endpoint()) {
      case Endpoints.DRILL_DOWN -> drillDown(action, actor);
      case Endpoints.PAGE -> page(action, actor);
      case Endpoints.HELLO -> new ActionResult.Success("Hello from backend!");
      default -> throw new Refusal(ErrorCode.INVALID_PARAMS, "This action leads nowhere any more.");
    };
  }

  private ActionResult drillDown(ActionAuthorized action, Actor actor) {
    DataQuery query = dataOf(action);
    Dataset dataset = catalogue.dataset(query.dataset());
    Map<String, String> selection = Selection.of(action.params().get("selected_item"), query);
    DataQuery deeper =
        DrillPath.deeper(query, dataset, selection, text(action.params().get("level")));
    QueryResult result = readers.of(actor).page(deeper, 0, Widgets.MOST_TABLE_ROWS);
    String chosen = String.join(", ", selection.values());
    if (!selection.isEmpty() && result.rows().isEmpty()) {
      throw new Refusal(ErrorCode.INVALID_PARAMS, "There is no \"" + chosen + "\" in this widget.");
    }
    String title = selection.isEmpty() ? "Details" : "Details for " + chosen;
    Issuing issuing = record(action, actor, result, title);
    return issue(action, actor, issuing.dataKey(), widgets.table(result, title, issuing));
  }

  private ActionResult page(ActionAuthorized action, Actor actor) {
    PageRequest page = PageRequest.of(action.params(), dataOf(action));
    QueryResult result =
        readers.of(actor).page(page.query(), page.offset(), Widgets.MOST_TABLE_ROWS);
    record(action, actor, result, "page");
    return new ActionResult.Rows(
        new TablePage(page.number(), Widgets.MOST_TABLE_ROWS, result.totalRows(), result.rows()));
  }

  private ActionResult submit(ActionAuthorized action, Actor actor) {
    Map<String, Object> values = formValues(action.params());
    String endpoint = action.action().endpoint();
    Optional<String> formId = forms.formAt(endpoint);
    commands.send(
        new SubmitForm(
            action.conversationId(),
            action.invocationId(),
            action.widgetId(),
            formId.orElse(endpoint),
            values),
        actor);
    if (formId.isEmpty() || !formQueries.reads(formId.get())) {
      return new ActionResult.Success(
          Objects.requireNonNullElse(
              formId.map(id -> catalogue.form(id).done()).orElse(null),
              "Form submitted successfully"));
    }
    TurnPlan plan = formQueries.plan(formId.get(), values);
    QueryResult result =
        readers.of(actor).page(Objects.requireNonNull(plan.query()), 0, Widgets.MOST_TABLE_ROWS);
    if (result.rows().isEmpty()) {
      return new ActionResult.Success("Nothing matches this search.");
    }
    Issuing issuing = record(action, actor, result, plan.title());
    WidgetDescriptor widget =
        plan.widgetType() == WidgetType.CHART
            ? widgets.chart(result, Objects.requireNonNull(plan.chartType()), plan.title(), issuing)
            : widgets.table(result, plan.title(), issuing);
    return issue(action, actor, issuing.dataKey(), widget);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> formValues(Map<String, Object> params) {
    return params.get("form_data") instanceof Map<?, ?> values
        ? (Map<String, Object>) values
        : Map.of();
  }

  private ActionResult navigate(ActionAuthorized action) {
    String path = String.valueOf(action.action().params().get("route"));
    catalogue.route(path);
    return new ActionResult.Navigate(path, routeParams(action.action().params().get("params")));
  }

  private static @Nullable Map<String, String> routeParams(@Nullable Object params) {
    if (!(params instanceof Map<?, ?> map)) {
      return null;
    }
    return map.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> String.valueOf(entry.getKey()),
                entry -> String.valueOf(entry.getValue())));
  }

  private Issuing record(ActionAuthorized action, Actor actor, QueryResult result, String title) {
    Dataset dataset = catalogue.dataset(result.query().dataset());
    List<SourceReference> sources = List.of(dataset.reference(CERTAIN));
    String dataKey = DataKeys.of(title, action.conversationId(), action.invocationId());
    commands.send(
        new RecordDataQuery(
            action.conversationId(),
            action.turnId(),
            action.invocationId(),
            dataKey,
            result.query(),
            result.sql(),
            result.totalRows(),
            sources,
            result.digest()),
        actor);
    return new Issuing(actor, title, dataKey, sources, clock.instant());
  }

  private ActionResult issue(
      ActionAuthorized action, Actor actor, @Nullable String dataKey, WidgetDescriptor widget) {
    boolean issued =
        commands.ask(
            new IssueWidget(
                action.conversationId(),
                action.turnId(),
                action.invocationId(),
                0,
                dataKey,
                widget),
            Boolean.class,
            actor);
    return new ActionResult.NewWidget(issued ? widget : issuedBefore(action));
  }

  /** An action resumed after a crash answers with the widget it had issued before. */
  private WidgetDescriptor issuedBefore(ActionAuthorized action) {
    return log.readEvents(action.conversationId(), 0)
        .asStream()
        .map(DomainEventMessage::getPayload)
        .filter(WidgetGenerated.class::isInstance)
        .map(WidgetGenerated.class::cast)
        .filter(widget -> action.invocationId().equals(widget.invocationId()))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(ErrorCode.INTERRUPTED, "The action was interrupted. Please try again."))
        .descriptor();
  }

  private static DataQuery dataOf(ActionAuthorized action) {
    DataQuery query = action.query();
    if (query == null) {
      throw new Refusal(ErrorCode.INVALID_PARAMS, "This widget shows no data.");
    }
    return query;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null || value.toString().isBlank() ? null : value.toString();
  }
}
