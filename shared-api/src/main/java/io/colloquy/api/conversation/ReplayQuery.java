package io.colloquy.api.conversation;

import io.colloquy.api.conversation.ConversationEvent.DataQueried;
import io.colloquy.api.conversation.ConversationEvent.PassagesRead;
import io.colloquy.api.frame.Frame;
import io.colloquy.api.turn.Citation;
import io.colloquy.api.turn.Timings;
import io.colloquy.api.turn.TokenUsage;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.WidgetDescriptor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What developers ask about the past of a conversation. */
public sealed interface ReplayQuery {

  /**
   * A conversation as it was.
   *
   * @param seq after this event; absent for the latest
   * @param at after the last event until this instant, ISO-8601; absent for the latest
   */
  record FindStateAt(String conversationId, @Nullable Long seq, @Nullable String at)
      implements ReplayQuery {}

  /** All that happened in a conversation, step by step. */
  record FindTimeline(String conversationId) implements ReplayQuery {}

  /** Why a turn was answered as it was. */
  record FindReasons(String conversationId, String turnId) implements ReplayQuery {}

  /**
   * A conversation as it was after an event.
   *
   * @param seq the event
   * @param at when it was
   * @param state its shared state then
   * @param turns its turns then, with their answers so far
   * @param widgets the widgets issued until then
   * @param origin the conversation and place it was forked from, if it was
   */
  record StateAt(
      String conversationId,
      long seq,
      String at,
      String owner,
      @Nullable String title,
      boolean closed,
      Map<String, @Nullable Object> state,
      List<ConversationQuery.Turn> turns,
      List<WidgetAt> widgets,
      @Nullable Origin origin) {}

  /**
   * A widget as it was.
   *
   * @param expired whether its time was over
   */
  record WidgetAt(String turnId, WidgetDescriptor widget, boolean expired) {}

  /** Where a conversation was forked from. */
  record Origin(String conversationId, long seq) {}

  /** The answer to {@link FindTimeline}. */
  record Timeline(String conversationId, List<Step> steps) {}

  /**
   * An event of a conversation.
   *
   * @param type its logical name
   * @param frame what the client saw of it, exactly; absent when nothing
   */
  record Step(
      long seq,
      String eventId,
      String at,
      String type,
      @Nullable String turnId,
      String actor,
      @Nullable Frame frame) {}

  /**
   * Why a turn was answered as it was; all of it from the log.
   *
   * @param permissions what the person was permitted when they asked
   * @param state the shared state the turn obeyed
   * @param plan how the question was understood, with the reasoning
   * @param reads the data that was read: query, SQL, rows and digest
   * @param passages the passages that were read
   * @param notes what else is known: a model that failed, figures that were removed
   * @param outcome {@code in_progress}, {@code completed}, {@code failed} or {@code cancelled}
   */
  record Reasons(
      String conversationId,
      String turnId,
      long seq,
      String askedAt,
      String question,
      String actor,
      List<String> permissions,
      Map<String, @Nullable Object> state,
      @Nullable String planner,
      @Nullable TurnPlan plan,
      List<DataQueried> reads,
      List<PassagesRead> passages,
      List<String> notes,
      String answer,
      List<WidgetDescriptor> widgets,
      List<Citation> citations,
      String outcome,
      @Nullable String model,
      @Nullable TokenUsage tokens,
      @Nullable Timings timings,
      @Nullable String failure) {}
}
