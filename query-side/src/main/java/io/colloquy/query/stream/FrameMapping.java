package io.colloquy.query.stream;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.conversation.ConversationEvent;
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
import io.colloquy.api.frame.ErrorContent;
import io.colloquy.api.frame.Frame;
import io.colloquy.api.frame.FrameType;
import io.colloquy.api.json.Json;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one place where an event becomes a frame. It looks at the event alone, so a replay gives the
 * same frames.
 */
public final class FrameMapping {

  private FrameMapping() {}

  /** The frame of an event, or null when the event has none. */
  public static @Nullable Frame frameOf(DomainEventMessage<?> message) {
    if (!(message.getPayload() instanceof ConversationEvent event)) {
      return null;
    }
    String at = message.getTimestamp().toString();
    long seq = message.getSequenceNumber();
    return switch (event) {
      case TurnSubmitted turn ->
          new Frame(seq, turn.turnId(), at, FrameType.STATUS, "Analyzing query...");
      case IntentClassified intent ->
          intent.plan().needsWidget()
              ? new Frame(seq, intent.turnId(), at, FrameType.STATUS, "Generating visualization...")
              : null;
      case AnswerTextAppended text ->
          new Frame(seq, text.turnId(), at, FrameType.TEXT, text.delta());
      case WidgetGenerated widget ->
          // The widget of an action comes within its result.
          widget.invocationId() == null
              ? new Frame(seq, widget.turnId(), at, FrameType.WIDGET, widget.descriptor())
              : null;
      case CitationsAttached citations ->
          new Frame(seq, citations.turnId(), at, FrameType.CITATIONS, citations.citations());
      case TurnCompleted turn ->
          new Frame(seq, turn.turnId(), at, FrameType.DONE, Map.of("outcome", "completed"));
      case TurnCancelled turn ->
          new Frame(seq, turn.turnId(), at, FrameType.DONE, Map.of("outcome", "cancelled"));
      case TurnFailed turn ->
          new Frame(
              seq,
              turn.turnId(),
              at,
              FrameType.ERROR,
              ErrorContent.of(turn.code(), turn.message()));
      case ConversationStateChanged change -> state(seq, null, at, change.event(), change.data());
      case ActionCompleted action ->
          new Frame(seq, action.turnId(), at, FrameType.ACTION_RESULT, result(action));
      case ActionFailed action ->
          new Frame(
              seq,
              action.turnId(),
              at,
              FrameType.ERROR,
              new ErrorContent(
                  action.code(),
                  action.message(),
                  action.code().retryable(),
                  action.invocationId(),
                  null));
      case ActionDenied action -> denied(action, seq, at);
      case WidgetExpired widget ->
          state(seq, widget.turnId(), at, "widget_expired", Map.of("widget_id", widget.widgetId()));
      case ConversationRenamed renamed ->
          state(seq, null, at, "conversation_renamed", Map.of("title", renamed.title()));
      case TurnsReplaced replaced ->
          state(
              seq,
              null,
              at,
              "turns_replaced",
              Map.of("turn_ids", replaced.turnIds(), "by", replaced.by()));
      case ConversationOpened ignored -> null;
      case ConversationForked ignored -> null;
      case DataQueried ignored -> null;
      case CitationOpened ignored -> null;
      case PassagesRead ignored -> null;
      case ModelFailed ignored -> null;
      case FiguresRemoved ignored -> null;
      case ActionAuthorized ignored -> null;
      case FormSubmitted ignored -> null;
      case ConversationClosed ignored -> null;
    };
  }

  private static Frame state(
      long seq, @Nullable String turnId, String at, String event, Map<String, Object> data) {
    return new Frame(seq, turnId, at, FrameType.STATE, Map.of("event", event, "data", data));
  }

  /** A stranger's attempt is for the auditor, not for the people in the conversation. */
  private static @Nullable Frame denied(ActionDenied action, long seq, String at) {
    if (action.reason() == ErrorCode.NOT_A_PARTICIPANT || action.reason() == ErrorCode.READ_ONLY) {
      return null;
    }
    return new Frame(
        seq,
        action.turnId(),
        at,
        FrameType.ERROR,
        new ErrorContent(
            action.reason(),
            action.message(),
            false,
            action.invocationId(),
            action.errors().isEmpty() ? null : List.copyOf(action.errors())));
  }

  /** An action's result, with the invocation it answers. */
  public static ObjectNode result(ActionCompleted action) {
    ObjectNode content = Json.MAPPER.valueToTree(action.result());
    content.put("invocation_id", action.invocationId());
    content.put("widget_id", action.widgetId());
    content.put("action_id", action.actionId());
    return content;
  }
}
