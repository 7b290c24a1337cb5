package io.colloquy.api.conversation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.FieldError;
import io.colloquy.api.action.ActionResult;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.turn.Citation;
import io.colloquy.api.turn.Timings;
import io.colloquy.api.turn.TokenUsage;
import io.colloquy.api.turn.TurnMetadata;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.SourceReference;
import io.colloquy.api.widget.WidgetAction;
import io.colloquy.api.widget.WidgetDescriptor;
import java.util.List;
import java.util.Map;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a conversation, in the order of its life. The JSON of these records is kept for
 * good: a change to one needs a new revision and an upcaster.
 */
public sealed interface ConversationEvent {

  /** The conversation it happened in; absent only for a refusal that named no known one. */
  @Nullable String conversationId();

  /** A conversation began. */
  record ConversationOpened(String conversationId, String owner, @Nullable String title)
      implements ConversationEvent {}

  /**
   * The conversation goes on from another one's past. The events that follow at once are carried
   * over from it.
   *
   * @param origin the other conversation
   * @param originSeq the last event of it that was carried over
   * @param subjects whose content was carried over
   */
  record ConversationForked(
      String conversationId, String origin, long originSeq, List<String> subjects)
      implements ConversationEvent {}

  /** The conversation has another title. */
  record ConversationRenamed(String conversationId, String title) implements ConversationEvent {}

  /**
   * A question is asked again, in other words or the same. The turns it stands in place of are part
   * of the log, and no longer of what is talked about.
   *
   * @param turnIds the turns that no longer count, in their order
   * @param by the turn that stands in their place, which follows at once
   */
  record TurnsReplaced(String conversationId, List<String> turnIds, String by)
      implements ConversationEvent {}

  /** A person asked. */
  record TurnSubmitted(
      String conversationId, String turnId, String content, @Nullable TurnMetadata metadata)
      implements ConversationEvent {}

  /** The question was understood, by which planner, and this is the plan. */
  record IntentClassified(
      String conversationId, String turnId, String planner, @JsonUnwrapped TurnPlan plan)
      implements ConversationEvent {}

  /** A piece of the answer's text. {@code offset} counts the characters before it. */
  record AnswerTextAppended(String conversationId, String turnId, int offset, String delta)
      implements ConversationEvent {}

  /**
   * Data was read for a turn, or for an action when {@code invocationId} is present.
   *
   * @param dataKey names the query for later actions
   * @param sql the statement that ran, with placeholders
   * @param resultDigest SHA-256 of the rows as canonical text, hexadecimal
   */
  record DataQueried(
      String conversationId,
      String turnId,
      @Nullable String invocationId,
      String dataKey,
      DataQuery query,
      String sql,
      long rowCount,
      List<SourceReference> sources,
      String resultDigest)
      implements ConversationEvent {}

  /**
   * Documents were searched for a turn, and these passages were read.
   *
   * @param words what was searched for
   */
  record PassagesRead(String conversationId, String turnId, String words, List<Passage> passages)
      implements ConversationEvent, TurnDetail {

    /**
     * A passage of a document.
     *
     * @param number its place in the document, from 1
     * @param page its page, where the document has them
     * @param sha256 of its text, hexadecimal
     */
    public record Passage(
        String sourceId, String sourceName, int number, @Nullable Integer page, String sha256) {}
  }

  /**
   * A model was asked and its answer could not be used, so the product answered without it.
   *
   * @param stage {@code plan} or {@code answer}
   * @param model the model that was asked
   * @param reason what was wrong with what it said, or why it said nothing
   */
  record ModelFailed(
      String conversationId, String turnId, String stage, String model, String reason)
      implements ConversationEvent, TurnDetail {

    /** What happened, for people. */
    public String sentence() {
      return "The model %s was asked for the %s and could not be used: %s"
          .formatted(model, stage, reason);
    }
  }

  /**
   * Figures of a model's answer were removed before anyone saw them: they are not in what was read.
   */
  record FiguresRemoved(String conversationId, String turnId, List<String> figures)
      implements ConversationEvent, TurnDetail {}

  /** A widget was issued, by a turn, or by an action when {@code invocationId} is present. */
  record WidgetGenerated(
      String conversationId,
      String turnId,
      @Nullable String invocationId,
      @Nullable String dataKey,
      WidgetDescriptor descriptor)
      implements ConversationEvent {}

  /** The sources of the answer. */
  record CitationsAttached(String conversationId, String turnId, List<Citation> citations)
      implements ConversationEvent {}

  /**
   * Somebody looked at the rows or the passage behind a citation; who is in the metadata.
   *
   * @param number the citation's place in the turn's list, from 0
   * @param page which part of its rows, from 1
   */
  record CitationOpened(String conversationId, String turnId, int number, int page)
      implements ConversationEvent {}

  /**
   * The turn is answered. Until revision 1, {@code model} named whoever planned, model or not.
   *
   * @param planner who planned the answer
   * @param model the model that was asked, absent when none was
   */
  @Revision("2")
  record TurnCompleted(
      String conversationId,
      String turnId,
      String planner,
      @Nullable String model,
      @Nullable TokenUsage tokens,
      Timings timings)
      implements ConversationEvent {}

  /** The turn cannot be answered. */
  record TurnFailed(String conversationId, String turnId, ErrorCode code, String message)
      implements ConversationEvent {}

  /** The person stopped the answer. */
  record TurnCancelled(String conversationId, String turnId) implements ConversationEvent {}

  /** Shared state of the conversation changed, such as an active filter. */
  record ConversationStateChanged(String conversationId, String event, Map<String, Object> data)
      implements ConversationEvent {}

  /**
   * An action runs.
   *
   * @param action the action as it was issued
   * @param params what the client sent
   * @param query the data the widget shows, which the action starts from
   */
  record ActionAuthorized(
      String conversationId,
      String turnId,
      String invocationId,
      String widgetId,
      WidgetAction action,
      Map<String, Object> params,
      @Nullable DataQuery query)
      implements ConversationEvent {}

  /** An action was refused. */
  record ActionDenied(
      @Nullable String conversationId,
      @Nullable String turnId,
      String invocationId,
      String widgetId,
      String actionId,
      ErrorCode reason,
      String message,
      List<FieldError> errors)
      implements ConversationEvent {}

  /** The action has done what it does. */
  record ActionCompleted(
      String conversationId,
      String turnId,
      String invocationId,
      String widgetId,
      String actionId,
      ActionResult result)
      implements ConversationEvent {}

  /** The action was permitted but could not be carried out. */
  record ActionFailed(
      String conversationId,
      String turnId,
      String invocationId,
      String widgetId,
      String actionId,
      ErrorCode code,
      String message)
      implements ConversationEvent {}

  /** A form's values were accepted. */
  record FormSubmitted(
      String conversationId,
      String invocationId,
      String widgetId,
      String formId,
      Map<String, Object> values)
      implements ConversationEvent {}

  /** A widget's time is over; its actions are refused from now on. */
  record WidgetExpired(String conversationId, String turnId, String widgetId)
      implements ConversationEvent {}

  /** The conversation takes no more turns. */
  record ConversationClosed(String conversationId) implements ConversationEvent {}
}
