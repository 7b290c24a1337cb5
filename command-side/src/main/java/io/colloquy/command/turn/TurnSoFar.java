package io.colloquy.command.turn;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ActorMetadata;
import io.colloquy.api.conversation.ConversationEvent.AnswerTextAppended;
import io.colloquy.api.conversation.ConversationEvent.IntentClassified;
import io.colloquy.api.conversation.ConversationEvent.TurnCancelled;
import io.colloquy.api.conversation.ConversationEvent.TurnCompleted;
import io.colloquy.api.conversation.ConversationEvent.TurnFailed;
import io.colloquy.api.conversation.ConversationEvent.TurnSubmitted;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.command.gateway.Cause;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/**
 * What the log holds of a turn.
 *
 * @param submitted the question
 * @param cause the event that holds the question
 * @param actor who asked, with the permissions of that moment
 * @param at when it was asked
 * @param seq the place of the question in its conversation
 * @param plan the plan, once there is one
 * @param planner which planner made it
 * @param text the answer so far
 */
record TurnSoFar(
    TurnSubmitted submitted,
    Cause cause,
    Actor actor,
    Instant at,
    long seq,
    @Nullable TurnPlan plan,
    @Nullable String planner,
    String text) {

  static TurnSoFar justSubmitted(TurnSubmitted submitted, DomainEventMessage<?> message) {
    return new TurnSoFar(
        submitted,
        new Cause(message),
        ActorMetadata.actorIn(message.getMetaData()),
        message.getTimestamp(),
        message.getSequenceNumber(),
        null,
        null,
        "");
  }

  /** Reads a turn as it was when it had just been submitted; empty when there is none. */
  static Optional<TurnSoFar> asSubmitted(EventStore log, String conversationId, String turnId) {
    var events = log.readEvents(conversationId, 0);
    while (events.hasNext()) {
      DomainEventMessage<?> message = events.next();
      if (message.getPayload() instanceof TurnSubmitted event && event.turnId().equals(turnId)) {
        return Optional.of(justSubmitted(event, message));
      }
    }
    return Optional.empty();
  }

  /** The same turn, asked by somebody with these permissions. */
  TurnSoFar as(Actor other) {
    return new TurnSoFar(submitted, cause, other, at, seq, plan, planner, text);
  }

  /** Reads an interrupted turn; empty when it has ended. */
  static Optional<TurnSoFar> inLog(EventStore log, String conversationId, String turnId) {
    TurnSoFar turn = null;
    var events = log.readEvents(conversationId, 0);
    while (events.hasNext()) {
      DomainEventMessage<?> message = events.next();
      if (message.getPayload() instanceof TurnSubmitted event && event.turnId().equals(turnId)) {
        turn = justSubmitted(event, message);
      } else if (turn != null) {
        turn = turn.after(message.getPayload());
        if (turn == null) {
          return Optional.empty();
        }
      }
    }
    return Optional.ofNullable(turn);
  }

  /** The turn after another event of its conversation, or null when that event ended it. */
  private @Nullable TurnSoFar after(Object payload) {
    String turnId = submitted.turnId();
    return switch (payload) {
      case IntentClassified event when event.turnId().equals(turnId) ->
          new TurnSoFar(submitted, cause, actor, at, seq, event.plan(), event.planner(), text);
      case AnswerTextAppended event when event.turnId().equals(turnId) ->
          new TurnSoFar(submitted, cause, actor, at, seq, plan, planner, text + event.delta());
      case TurnCompleted event when event.turnId().equals(turnId) -> null;
      case TurnFailed event when event.turnId().equals(turnId) -> null;
      case TurnCancelled event when event.turnId().equals(turnId) -> null;
      // Another turn's, or a step that is simply done again: the conversation records each step
      // once.
      default -> this;
    };
  }
}
