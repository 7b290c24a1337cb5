package io.colloquy.command.turn;

import io.colloquy.api.access.Actor;
import io.colloquy.api.conversation.ConversationCommand;
import io.colloquy.api.conversation.ConversationCommand.AppendAnswer;
import io.colloquy.api.conversation.ConversationCommand.AttachCitations;
import io.colloquy.api.conversation.ConversationCommand.CompleteTurn;
import io.colloquy.api.conversation.ConversationCommand.IssueWidget;
import io.colloquy.api.conversation.ConversationCommand.RecordDataQuery;
import io.colloquy.api.conversation.ConversationCommand.RecordIntent;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.turn.Timings;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.SourceReference;
import io.colloquy.api.widget.WidgetDescriptor;
import io.colloquy.api.widget.WidgetType;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.DataReader;
import io.colloquy.command.catalogue.QueryResult;
import io.colloquy.command.gateway.Commands;
import io.colloquy.command.widget.DataKeys;
import io.colloquy.command.widget.Issuing;
import io.colloquy.command.widget.Widgets;
import io.colloquy.command.work.ResumableWork;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Answers one turn, step by step: plan, opening words, data, findings, widgets, citations, done.
 * Each step is a command that the conversation records once, so that a turn interrupted anywhere is
 * simply answered again.
 */
@Component
class TurnAnswerer {

  private final TurnPlanner planner;
  private final Catalogue catalogue;
  private final DataReader reader;
  private final Widgets widgets;
  private final Commands commands;
  private final AnswerText answers;
  private final Clock clock;

  TurnAnswerer(
      TurnPlanner planner,
      Catalogue catalogue,
      DataReader reader,
      Widgets widgets,
      Commands commands,
      Clock clock) {
    this.planner = planner;
    this.catalogue = catalogue;
    this.reader = reader;
    this.widgets = widgets;
    this.commands = commands;
    this.answers = new AnswerText(catalogue);
    this.clock = clock;
  }

  void answer(TurnSoFar turn) {
    String conversationId = turn.submitted().conversationId();
    String turnId = turn.submitted().turnId();
    Actor actor = turn.actor();
    long start = System.nanoTime();
    TurnPlan plan = turn.plan();
    String plannerName = turn.planner();
    if (plan == null || plannerName == null) {
      plannerName = planner.name();
      plan =
          planner.plan(
              new TurnPlanner.Question(
                  turn.submitted().content(), turn.at().atZone(ZoneOffset.UTC).toLocalDate()));
      send(new RecordIntent(conversationId, turnId, plannerName, plan), actor);
    }
    long planned = System.nanoTime();
    AnswerStream text =
        new AnswerStream(
            turn.text(),
            (offset, delta) ->
                send(new AppendAnswer(conversationId, turnId, offset, delta), actor));
    text.write(answers.opening(plan));
    QueryResult result = plan.query() == null ? null : reader.read(plan.query());
    long read = System.nanoTime();
    List<SourceReference> sources =
        result == null ? List.of() : sources(result.query(), plan.confidence());
    String dataKey = result == null ? null : DataKeys.of(plan.title(), conversationId, turnId);
    if (result != null && dataKey != null) {
      text.write(answers.findings(plan, result));
      send(
          new RecordDataQuery(
              conversationId,
              turnId,
              null,
              dataKey,
              result.query(),
              result.sql(),
              result.rows().size(),
              sources,
              result.digest()),
          actor);
    }
    text.flush();
    Issuing issuing =
        new Issuing(actor, turn.submitted().content(), dataKey, sources, clock.instant());
    int position = 0;
    for (WidgetDescriptor widget : widgetsFor(plan, result, issuing)) {
      String shownData = widget.widgetType() == WidgetType.FORM ? null : dataKey;
      send(new IssueWidget(conversationId, turnId, null, position++, shownData, widget), actor);
    }
    if (result != null) {
      var dataset = catalogue.dataset(result.query().dataset());
      send(
          new AttachCitations(
              conversationId, turnId, Citations.of(result, dataset, plan.confidence())),
          actor);
    } else {
      send(new AttachCitations(conversationId, turnId, List.of()), actor);
    }
    Timings timings =
        new Timings(
            millis(start, planned), millis(planned, read), millis(start, System.nanoTime()));
    send(new CompleteTurn(conversationId, turnId, plannerName, null, timings), actor);
  }

  private List<WidgetDescriptor> widgetsFor(
      TurnPlan plan, @Nullable QueryResult result, Issuing issuing) {
    WidgetType type = plan.widgetType();
    if (type == null) {
      return List.of();
    }
    return switch (type) {
      case NAVIGATION -> List.of(widgets.navigation(plan.routes(), issuing));
      case FORM -> {
        List<WidgetDescriptor> formAndTable = new ArrayList<>();
        formAndTable.add(
            widgets.form(Objects.requireNonNull(plan.formId()), plan.formDefaults(), issuing));
        if (result != null && !result.rows().isEmpty()) {
          formAndTable.add(widgets.table(result, plan.title(), issuing));
        }
        yield formAndTable;
      }
      case CHART, TABLE, CARD -> {
        if (result == null || result.rows().isEmpty()) {
          yield List.of();
        }
        yield List.of(
            switch (type) {
              case CHART ->
                  widgets.chart(
                      result, Objects.requireNonNull(plan.chartType()), plan.title(), issuing);
              case TABLE -> widgets.table(result, plan.title(), issuing);
              default -> widgets.card(result, plan.title(), issuing);
            });
      }
    };
  }

  private List<SourceReference> sources(DataQuery query, double confidence) {
    return List.of(catalogue.dataset(query.dataset()).reference(confidence));
  }

  private void send(ConversationCommand command, Actor actor) {
    ResumableWork.checkNotStopped();
    commands.send(command, actor);
  }

  private static long millis(long from, long to) {
    return Duration.ofNanos(to - from).toMillis();
  }
}
