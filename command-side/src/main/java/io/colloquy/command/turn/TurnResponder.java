package io.colloquy.command.turn;

import io.colloquy.api.access.Actor;
import io.colloquy.api.conversation.ConversationCommand.FailTurn;
import io.colloquy.api.conversation.ConversationEvent.TurnCancelled;
import io.colloquy.api.conversation.ConversationEvent.TurnCompleted;
import io.colloquy.api.conversation.ConversationEvent.TurnFailed;
import io.colloquy.api.conversation.ConversationEvent.TurnSubmitted;
import io.colloquy.command.gateway.Commands;
import io.colloquy.command.work.NodeId;
import io.colloquy.command.work.ResumableWork;
import java.time.Duration;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.tracing.SpanFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reacts to submitted turns: answers many at once, and after a restart goes on with those that were
 * interrupted.
 */
@Component
@ProcessingGroup("turn-responder")
@DisallowReplay
class TurnResponder extends ResumableWork {

  private final TurnAnswerer answerer;
  private final Commands commands;
  private final EventStore log;

  TurnResponder(
      TurnAnswerer answerer,
      Commands commands,
      EventStore log,
      JdbcClient jdbc,
      NodeId node,
      SpanFactory spans,
      @Value("${colloquy.turn-deadline:60s}") Duration deadline) {
    super("turn", deadline, jdbc, node, spans);
    this.answerer = answerer;
    this.commands = commands;
    this.log = log;
  }

  @EventHandler
  void on(TurnSubmitted event, DomainEventMessage<?> message) {
    TurnSoFar turn = TurnSoFar.justSubmitted(event, message);
    beginAfterCommit(
        key(event.conversationId(), event.turnId()),
        turn.at(),
        () -> answerer.answer(turn),
        failing(turn));
  }

  @EventHandler
  void on(TurnCompleted event) {
    ended(key(event.conversationId(), event.turnId()));
  }

  @EventHandler
  void on(TurnFailed event) {
    ended(key(event.conversationId(), event.turnId()));
  }

  @EventHandler
  void on(TurnCancelled event) {
    stopAfterCommit(key(event.conversationId(), event.turnId()));
  }

  @Override
  protected void resume(ResumableWork.Key key) {
    TurnSoFar.inLog(log, key.conversationId(), key.workId())
        .ifPresent(turn -> begin(key, turn.cause(), () -> answerer.answer(turn), failing(turn)));
  }

  private Failure failing(TurnSoFar turn) {
    String conversationId = turn.submitted().conversationId();
    String turnId = turn.submitted().turnId();
    Actor actor = turn.actor();
    return (code, sentence) ->
        commands.send(new FailTurn(conversationId, turnId, code, sentence), actor);
  }

  private static ResumableWork.Key key(String conversationId, String turnId) {
    return new ResumableWork.Key(conversationId, turnId);
  }
}
