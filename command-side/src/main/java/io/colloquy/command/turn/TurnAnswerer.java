package io.colloquy.command.turn;

import io.colloquy.api.conversation.ConversationCommand.AppendAnswer;
import io.colloquy.api.conversation.ConversationCommand.AttachCitations;
import io.colloquy.api.conversation.ConversationCommand.CompleteTurn;
import io.colloquy.api.conversation.ConversationCommand.IssueWidget;
import io.colloquy.api.conversation.ConversationCommand.RecordDataQuery;
import io.colloquy.api.conversation.ConversationCommand.RecordIntent;
import io.colloquy.api.conversation.ConversationCommand.RecordTurnDetail;
import io.colloquy.api.conversation.ConversationEvent.PassagesRead;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.turn.Citation;
import io.colloquy.api.turn.Timings;
import io.colloquy.api.turn.TokenUsage;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.SourceReference;
import io.colloquy.api.widget.WidgetDescriptor;
import io.colloquy.api.widget.WidgetType;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.DataReader;
import io.colloquy.command.catalogue.DataReaders;
import io.colloquy.command.catalogue.QueryResult;
import io.colloquy.command.gateway.Commands;
import io.colloquy.command.model.ModelPlanner;
import io.colloquy.command.source.Passages;
import io.colloquy.command.source.SourceCatalogue;
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
  private final DataReaders readers;
  private final TurnWidgets widgets;
  private final Comparison comparison;
  private final Commands commands;
  private final AnswerWords words;
  private final Passages passages;
  private final SourceCatalogue sources;
  private final Clock clock;

  TurnAnswerer(
      Planning planning,
      Catalogue catalogue,
      DataReaders readers,
      TurnWidgets widgets,
      Comparison comparison,
      Commands commands,
      AnswerWords words,
      Passages passages,
      SourceCatalogue sources,
      Clock clock) {
    this.planning = planning;
    this.catalogue = catalogue;
    this.readers = readers;
    this.widgets = widgets;
    this.comparison = comparison;
    this.commands = commands;
    this.words = words;
    this.passages = passages;
    this.sources = sources;
    this.clock = clock;
  }

  /** Answers a turn in its conversation. */
  void answer(TurnSoFar turn) {
    answer(
        turn,
        planning.usual(),
        step -> {
          ResumableWork.checkNotStopped();
          commands.send(step, turn.actor());
        });
  }

  /** Takes the steps of an answer, planned by a model or, with null, by the embedded planner. */
  void answer(TurnSoFar turn, @Nullable ModelPlanner model, Steps steps) {
    sources.refresh();
    String conversationId = turn.submitted().conversationId();
    String turnId = turn.submitted().turnId();
    long start = System.nanoTime();
    Planning.Planned planned = planning.of(turn, model);
    TurnPlan plan = planned.plan();
    if (planned.failure() != null) {
      steps.take(new RecordTurnDetail(conversationId, planned.failure()));
    }
    if (turn.plan() == null) {
      steps.take(new RecordIntent(conversationId, turnId, planned.planner(), plan));
    }
    long understood = System.nanoTime();
    AnswerStream text =
        new AnswerStream(
            turn.text(),
            (offset, delta) -> steps.take(new AppendAnswer(conversationId, turnId, offset, delta)));
    text.write(words.opening(plan));
    Read read =
        plan.isFromDocuments()
            ? passages(turn, planned, text, steps)
            : rows(turn, planned, text, steps);
    text.flush();
    issue(turn, plan, read.result(), read.change(), steps);
    steps.take(new AttachCitations(conversationId, turnId, read.citations()));
    Timings timings =
        new Timings(
            millis(start, understood),
            millis(understood, read.at()),
            millis(start, System.nanoTime()));
    steps.take(
        new CompleteTurn(
            conversationId,
            turnId,
            planned.planner(),
            planned.model() == null ? null : planned.model().name(),
            TokenUsage.sum(planned.tokens(), read.tokens()),
            timings));
  }

  /**
   * What was read for an answer and said about it.
   *
   * @param change the change against the period before, in words
   * @param at when the reading ended, in nanoseconds of the clock that never goes back
   */
  private record Read(
      @Nullable QueryResult result,
      @Nullable String change,
      List<Citation> citations,
      @Nullable TokenUsage tokens,
      long at) {}

  private Read rows(TurnSoFar turn, Planning.Planned planned, AnswerStream text, Steps steps) {
    TurnPlan plan = planned.plan();
    if (plan.query() == null) {
      return new Read(null, null, List.of(), null, System.nanoTime());
    }
    DataReader reader = readers.of(turn.actor());
    QueryResult result = read(plan, plan.query(), reader);
    Comparison.Earlier earlier = comparison.with(result, turn.actor());
    Dataset dataset = catalogue.dataset(result.query().dataset());
    List<Citation> citations =
        Citations.of(result, dataset, plan.confidence(), reader.span(result.query()).orElse(null));
    long read = System.nanoTime();
    // What was read stands in the log before the words about it, however long the reading took.
    record(turn, result, plan, turn.submitted().turnId(), steps);
    if (earlier != null) {
      record(turn, earlier.result(), plan, turn.submitted().turnId() + "/before", steps);
    }
    String change = earlier == null ? null : earlier.delta();
    TokenUsage tokens = words.about(turn, planned, result, change, text, steps);
    return new Read(result, change, citations, tokens, read);
  }

  private Read passages(TurnSoFar turn, Planning.Planned planned, AnswerStream text, Steps steps) {
    String conversationId = turn.submitted().conversationId();
    String question = turn.submitted().content();
    List<Passages.Found> found = passages.search(question, turn.actor(), planned.state());
    long read = System.nanoTime();
    steps.take(
        new RecordTurnDetail(
            conversationId,
            new PassagesRead(
                conversationId,
                turn.submitted().turnId(),
                question,
                found.stream().map(Passages.Found::logged).toList())));
    TokenUsage tokens = words.about(turn, planned, found, text, steps);
    return new Read(null, null, Citations.of(found), tokens, read);
  }

  /** A table begins with its first page, however many rows follow. */
  private QueryResult read(TurnPlan plan, DataQuery query, DataReader reader) {
    boolean table =
        plan.widgetType() == WidgetType.TABLE
            || (plan.widgetType() == WidgetType.FORM && plan.chartType() == null);
    return table ? reader.page(query, 0, Widgets.MOST_TABLE_ROWS) : reader.read(query);
  }

  private void record(
      TurnSoFar turn, QueryResult result, TurnPlan plan, String cause, Steps steps) {
    String conversationId = turn.submitted().conversationId();
    steps.take(
        new RecordDataQuery(
            conversationId,
            turn.submitted().turnId(),
            null,
            DataKeys.of(plan.title(), conversationId, cause),
            result.query(),
            result.sql(),
            result.totalRows(),
            sources(result, plan),
            result.digest()));
  }

  private void issue(
      TurnSoFar turn,
      TurnPlan plan,
      @Nullable QueryResult result,
      @Nullable String delta,
      Steps steps) {
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
      steps.take(new IssueWidget(conversationId, turnId, null, position++, shownData, widget));
    }
  }

  private List<SourceReference> sources(QueryResult result, TurnPlan plan) {
    return List.of(catalogue.dataset(result.query().dataset()).reference(plan.confidence()));
  }

  private static long millis(long from, long to) {
    return Duration.ofNanos(to - from).toMillis();
  }
}
