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
import io.colloquy.api.turn.Citation;
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
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Answers one turn, step by step: plan, opening words, data, findings, widgets, citations, done.
 * Each step is a command that the conversation records once, so that a turn interrupted anywhere is
 * simply answered again.
 */
@Component
class TurnAnswerer {

  private final Planning planning;
  private final Catalogue catalogue;
  private final DataReader reader;
  private final TurnWidgets widgets;
  private final Comparison comparison;
  private final Commands commands;
  private final AnswerText answers;
  private final Clock clock;

  TurnAnswerer(
      Planning planning,
      Catalogue catalogue,
      DataReader reader,
      TurnWidgets widgets,
      Comparison comparison,
      Commands commands,
      Clock clock) {
    this.planning = planning;
    this.catalogue = catalogue;
    this.reader = reader;
    this.widgets = widgets;
    this.comparison = comparison;
    this.commands = commands;
    this.answers = new AnswerText(catalogue);
    this.clock = clock;
  }

  void answer(TurnSoFar turn) {
    String conversationId = turn.submitted().conversationId();
    String turnId = turn.submitted().turnId();
    Actor actor = turn.actor();
    long start = System.nanoTime();
    Planning.Planned planned = planning.of(turn);
    TurnPlan plan = planned.plan();
    if (turn.plan() == null) {
      send(new RecordIntent(conversationId, turnId, planned.planner(), plan), actor);
    }
    long understood = System.nanoTime();
    AnswerStream text =
        new AnswerStream(
            turn.text(),
            (offset, delta) ->
                send(new AppendAnswer(conversationId, turnId, offset, delta), actor));
    text.write(answers.opening(plan));
    QueryResult result = plan.query() == null ? null : read(plan, plan.query());
    Comparison.Earlier earlier = result == null ? null : comparison.with(result);
    long read = System.nanoTime();
    if (result != null) {
      // What was read stands in the log before the words about it, however long the reading took.
      record(turn, result, plan, turnId);
      text.write(answers.findings(plan, result));
    }
    if (earlier != null) {
      record(turn, earlier.result(), plan, turnId + "/before");
      text.write(" That is " + earlier.delta() + ".");
    }
    text.flush();
    issue(turn, plan, result, earlier == null ? null : earlier.delta());
    send(new AttachCitations(conversationId, turnId, citations(plan, result)), actor);
    Timings timings =
        new Timings(
            millis(start, understood), millis(understood, read), millis(start, System.nanoTime()));
    send(new CompleteTurn(conversationId, turnId, planned.planner(), null, timings), actor);
  }

  /** A table begins with its first page, however many rows follow. */
  private QueryResult read(TurnPlan plan, DataQuery query) {
    boolean table =
        plan.widgetType() == WidgetType.TABLE
            || (plan.widgetType() == WidgetType.FORM && plan.chartType() == null);
    return table ? reader.page(query, 0, Widgets.MOST_TABLE_ROWS) : reader.read(query);
  }

  private void record(TurnSoFar turn, QueryResult result, TurnPlan plan, String cause) {
    String conversationId = turn.submitted().conversationId();
    send(
        new RecordDataQuery(
            conversationId,
            turn.submitted().turnId(),
            null,
            DataKeys.of(plan.title(), conversationId, cause),
            result.query(),
            result.sql(),
            result.totalRows(),
            sources(result, plan),
            result.digest()),
        turn.actor());
  }

  private void issue(
      TurnSoFar turn, TurnPlan plan, @Nullable QueryResult result, @Nullable String delta) {
    String conversationId = turn.submitted().conversationId();
    String turnId = turn.submitted().turnId();
    String dataKey = result == null ? null : DataKeys.of(plan.title(), conversationId, turnId);
    Issuing issuing =
        new Issuing(
            turn.actor(),
            turn.submitted().content(),
            dataKey,
            result == null ? List.of() : sources(result, plan),
            clock.instant());
    int position = 0;
    for (WidgetDescriptor widget : widgets.of(plan, result, delta, issuing)) {
      String shownData = widget.widgetType() == WidgetType.FORM ? null : dataKey;
      send(
          new IssueWidget(conversationId, turnId, null, position++, shownData, widget),
          turn.actor());
    }
  }

  private List<SourceReference> sources(QueryResult result, TurnPlan plan) {
    return List.of(catalogue.dataset(result.query().dataset()).reference(plan.confidence()));
  }

  private List<Citation> citations(TurnPlan plan, @Nullable QueryResult result) {
    return result == null
        ? List.of()
        : Citations.of(result, catalogue.dataset(result.query().dataset()), plan.confidence());
  }

  private void send(ConversationCommand command, Actor actor) {
    ResumableWork.checkNotStopped();
    commands.send(command, actor);
  }

  private static long millis(long from, long to) {
    return Duration.ofNanos(to - from).toMillis();
  }
}
