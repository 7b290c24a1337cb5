package io.colloquy.query.replay;

import io.colloquy.api.access.ActorMetadata;
import io.colloquy.api.conversation.ConversationEvent.AnswerTextAppended;
import io.colloquy.api.conversation.ConversationEvent.ConversationClosed;
import io.colloquy.api.conversation.ConversationEvent.ConversationForked;
import io.colloquy.api.conversation.ConversationEvent.ConversationOpened;
import io.colloquy.api.conversation.ConversationEvent.ConversationRenamed;
import io.colloquy.api.conversation.ConversationEvent.ConversationStateChanged;
import io.colloquy.api.conversation.ConversationEvent.TurnCancelled;
import io.colloquy.api.conversation.ConversationEvent.TurnCompleted;
import io.colloquy.api.conversation.ConversationEvent.TurnFailed;
import io.colloquy.api.conversation.ConversationEvent.TurnSubmitted;
import io.colloquy.api.conversation.ConversationEvent.TurnsReplaced;
import io.colloquy.api.conversation.ConversationEvent.WidgetExpired;
import io.colloquy.api.conversation.ConversationEvent.WidgetGenerated;
import io.colloquy.api.conversation.ConversationQuery.Turn;
import io.colloquy.api.conversation.ReplayQuery.Origin;
import io.colloquy.api.conversation.ReplayQuery.StateAt;
import io.colloquy.api.conversation.ReplayQuery.WidgetAt;
import io.colloquy.api.conversation.SharedState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;

/** A conversation's state, event by event. */
final class StateFold {

  private final String conversationId;
  private long seq = -1;
  private String at = "";
  private String owner = "";
  private @Nullable String title;
  private boolean closed;
  private @Nullable Origin origin;
  private SharedState state = SharedState.EMPTY;
  private final Map<String, Turn> turns = new LinkedHashMap<>();
  private final Map<String, WidgetAt> widgets = new LinkedHashMap<>();

  StateFold(String conversationId) {
    this.conversationId = conversationId;
  }

  boolean isEmpty() {
    return seq < 0;
  }

  void add(DomainEventMessage<?> message) {
    seq = message.getSequenceNumber();
    at = message.getTimestamp().toString();
    switch (message.getPayload()) {
      case ConversationOpened event -> {
        owner = event.owner();
        title = event.title();
      }
      case ConversationRenamed event -> title = event.title();
      case TurnsReplaced event ->
          event
              .turnIds()
              .forEach(
                  id -> change(id, turn -> with(turn, turn.answer(), turn.status(), event.by())));
      case ConversationForked event -> origin = new Origin(event.origin(), event.originSeq());
      case ConversationClosed ignored -> closed = true;
      case ConversationStateChanged event -> state = state.after(event.event(), event.data());
      case TurnSubmitted event ->
          turns.put(
              event.turnId(),
              new Turn(
                  event.turnId(),
                  seq,
                  ActorMetadata.actorIn(message.getMetaData()).userId(),
                  event.content(),
                  "",
                  "in_progress",
                  at,
                  null));
      case AnswerTextAppended event ->
          change(
              event.turnId(),
              turn -> with(turn, turn.answer() + event.delta(), turn.status(), turn.replacedBy()));
      case TurnCompleted event -> end(event.turnId(), "completed");
      case TurnFailed event -> end(event.turnId(), "failed");
      case TurnCancelled event -> end(event.turnId(), "cancelled");
      case WidgetGenerated event ->
          widgets.put(
              event.descriptor().widgetId(),
              new WidgetAt(event.turnId(), event.descriptor(), false));
      case WidgetExpired event ->
          widgets.computeIfPresent(
              event.widgetId(),
              (id, widget) -> new WidgetAt(widget.turnId(), widget.widget(), true));
      default -> {
        // Changes nothing that a client keeps.
      }
    }
  }

  private void end(String turnId, String status) {
    change(turnId, turn -> with(turn, turn.answer(), status, turn.replacedBy()));
  }

  private void change(String turnId, UnaryOperator<Turn> change) {
    turns.computeIfPresent(turnId, (id, turn) -> change.apply(turn));
  }

  private static Turn with(Turn turn, String answer, String status, @Nullable String replacedBy) {
    return new Turn(
        turn.turnId(),
        turn.seq(),
        turn.actor(),
        turn.content(),
        answer,
        status,
        turn.submittedAt(),
        replacedBy);
  }

  StateAt result() {
    return new StateAt(
        conversationId,
        seq,
        at,
        owner,
        title,
        closed,
        state.named(),
        List.copyOf(turns.values()),
        List.copyOf(widgets.values()),
        origin);
  }
}
