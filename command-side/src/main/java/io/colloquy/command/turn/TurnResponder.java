package io.colloquy.command.turn;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ActorMetadata;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.conversation.ConversationCommand.FailTurn;
import io.colloquy.api.conversation.ConversationEvent.TurnCancelled;
import io.colloquy.api.conversation.ConversationEvent.TurnCompleted;
import io.colloquy.api.conversation.ConversationEvent.TurnFailed;
import io.colloquy.api.conversation.ConversationEvent.TurnSubmitted;
import io.colloquy.command.gateway.Commands;
import io.colloquy.command.work.ResumableWork;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reacts to submitted turns: answers many at once, each on a virtual thread, and after a restart
 * goes on with those that were interrupted.
 */
@Component
@ProcessingGroup("turn-responder")
@DisallowReplay
class TurnResponder implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(TurnResponder.class);

  private final TurnAnswerer answerer;
  private final Commands commands;
  private final EventStore log;
  private final ResumableWork turns;
  private volatile boolean running;

  TurnResponder(
      TurnAnswerer answerer,
      Commands commands,
      EventStore log,
      JdbcClient jdbc,
      @Value("${colloquy.turn-deadline:60s}") Duration deadline) {
    this.answerer = answerer;
    this.commands = commands;
    this.log = log;
    this.turns = new ResumableWork("turn", deadline, jdbc);
  }

  @EventHandler
  void on(TurnSubmitted event, MetaData metadata, @Timestamp Instant at) {
    Actor actor = ActorMetadata.actorIn(metadata);
    turns.startAfterCommit(
        new ResumableWork.Key(event.conversationId(), event.turnId()),
        at,
        () -> answerer.answer(TurnSoFar.justSubmitted(event, actor, at)),
        failing(event.conversationId(), event.turnId(), actor));
  }

  @EventHandler
  void on(TurnCompleted event) {
    turns.ended(new ResumableWork.Key(event.conversationId(), event.turnId()));
  }

  @EventHandler
  void on(TurnFailed event) {
    turns.ended(new ResumableWork.Key(event.conversationId(), event.turnId()));
  }

  @EventHandler
  void on(TurnCancelled event) {
    turns.stopAfterCommit(new ResumableWork.Key(event.conversationId(), event.turnId()));
  }

  @Override
  public void start() {
    running = true;
    for (ResumableWork.Key key : turns.unfinished()) {
      TurnSoFar.inLog(log, key.conversationId(), key.workId())
          .ifPresent(
              turn -> {
                LOG.info("Resuming the interrupted turn {}", key.workId());
                turns.start(
                    key,
                    () -> answerer.answer(turn),
                    failing(key.conversationId(), key.workId(), turn.actor()));
              });
    }
  }

  @Override
  public void stop() {
    running = false;
    turns.stop();
  }

  /** After Axon's own components, before the web server takes requests. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 4096;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private ResumableWork.Interruption failing(String conversationId, String turnId, Actor actor) {
    return new ResumableWork.Interruption() {
      @Override
      public void timedOut() {
        fail(ErrorCode.TIMEOUT, "The answer took too long. Please try again.");
      }

      @Override
      public void failed(Throwable cause) {
        switch (cause) {
          case TurnAnswerer.StoppedException ignored -> {
            // The log says how it ended, or the next start goes on with it.
          }
          case Refusal refusal -> fail(refusal.code(), refusal.sentence());
          default -> {
            LOG.error("Turn {} failed", turnId, cause);
            fail(
                ErrorCode.INTERNAL_ERROR,
                "Something went wrong while answering. Please try again.");
          }
        }
      }

      private void fail(ErrorCode code, String message) {
        commands.send(new FailTurn(conversationId, turnId, code, message), actor);
      }
    };
  }
}
