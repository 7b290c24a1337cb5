package io.colloquy.query.replay;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ActorMetadata;
import io.colloquy.api.conversation.ConversationEvent.AnswerTextAppended;
import io.colloquy.api.conversation.ConversationEvent.CitationsAttached;
import io.colloquy.api.conversation.ConversationEvent.ConversationStateChanged;
import io.colloquy.api.conversation.ConversationEvent.DataQueried;
import io.colloquy.api.conversation.ConversationEvent.FiguresRemoved;
import io.colloquy.api.conversation.ConversationEvent.IntentClassified;
import io.colloquy.api.conversation.ConversationEvent.ModelFailed;
import io.colloquy.api.conversation.ConversationEvent.PassagesRead;
import io.colloquy.api.conversation.ConversationEvent.TurnCancelled;
import io.colloquy.api.conversation.ConversationEvent.TurnCompleted;
import io.colloquy.api.conversation.ConversationEvent.TurnFailed;
import io.colloquy.api.conversation.ConversationEvent.TurnSubmitted;
import io.colloquy.api.conversation.ConversationEvent.WidgetGenerated;
import io.colloquy.api.conversation.ReplayQuery.Reasons;
import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.turn.Citation;
import io.colloquy.api.widget.WidgetDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;

/** What the log holds of how a turn was answered. */
final class ReasonsFold {

  private final String conversationId;
  private final String turnId;
  private SharedState state = SharedState.EMPTY;
  private @Nullable DomainEventMessage<?> asked;
  private @Nullable TurnSubmitted question;
  private @Nullable IntentClassified intent;
  private @Nullable TurnCompleted completed;
  private @Nullable TurnFailed failed;
  private String outcome = "in_progress";
  private final StringBuilder answer = new StringBuilder();
  private final List<DataQueried> reads = new ArrayList<>();
  private final List<PassagesRead> passages = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<WidgetDescriptor> widgets = new ArrayList<>();
  private final List<Citation> citations = new ArrayList<>();

  ReasonsFold(String conversationId, String turnId) {
    this.conversationId = conversationId;
    this.turnId = turnId;
  }

  void add(DomainEventMessage<?> message) {
    switch (message.getPayload()) {
      case ConversationStateChanged event when asked == null ->
          state = state.after(event.event(), event.data());
      case TurnSubmitted event when event.turnId().equals(turnId) -> {
        asked = message;
        question = event;
      }
      case IntentClassified event when event.turnId().equals(turnId) -> intent = event;
      case AnswerTextAppended event when event.turnId().equals(turnId) ->
          answer.append(event.delta());
      case DataQueried event when event.turnId().equals(turnId) && event.invocationId() == null ->
          reads.add(event);
      case PassagesRead event when event.turnId().equals(turnId) -> passages.add(event);
      case ModelFailed event when event.turnId().equals(turnId) -> notes.add(event.sentence());
      case FiguresRemoved event when event.turnId().equals(turnId) ->
          notes.add("Figures that had not been read were removed: " + event.figures());
      case WidgetGenerated event
          when event.turnId().equals(turnId) && event.invocationId() == null ->
          widgets.add(event.descriptor());
      case CitationsAttached event when event.turnId().equals(turnId) ->
          citations.addAll(event.citations());
      case TurnCompleted event when event.turnId().equals(turnId) -> {
        completed = event;
        outcome = "completed";
      }
      case TurnFailed event when event.turnId().equals(turnId) -> {
        failed = event;
        outcome = "failed";
      }
      case TurnCancelled event when event.turnId().equals(turnId) -> outcome = "cancelled";
      default -> {
        // Another turn's, or no reason.
      }
    }
  }

  /** Null when there is no such turn. */
  @Nullable Reasons result() {
    if (asked == null || question == null) {
      return null;
    }
    Actor actor = ActorMetadata.actorIn(asked.getMetaData());
    return new Reasons(
        conversationId,
        turnId,
        asked.getSequenceNumber(),
        asked.getTimestamp().toString(),
        question.content(),
        actor.userId(),
        List.copyOf(actor.permissions()),
        state.named(),
        intent == null ? null : intent.planner(),
        intent == null ? null : intent.plan(),
        reads,
        passages,
        notes,
        answer.toString(),
        widgets,
        citations,
        outcome,
        completed == null ? null : completed.model(),
        completed == null ? null : completed.tokens(),
        completed == null ? null : completed.timings(),
        failed == null ? null : failed.message());
  }
}
