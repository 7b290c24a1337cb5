package io.colloquy.command.action;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ActorMetadata;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.conversation.ConversationCommand.CompleteAction;
import io.colloquy.api.conversation.ConversationCommand.FailAction;
import io.colloquy.api.conversation.ConversationEvent.ActionAuthorized;
import io.colloquy.api.conversation.ConversationEvent.ActionCompleted;
import io.colloquy.api.conversation.ConversationEvent.ActionFailed;
import io.colloquy.command.gateway.Commands;
import io.colloquy.command.work.ResumableWork;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.DomainEventMessage;
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
 * Reacts to authorised actions: carries each out once, and after a restart those that were
 * interrupted.
 */
@Component
@ProcessingGroup("action-executor")
@DisallowReplay
class ActionExecutor implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ActionExecutor.class);

  private final ActionEffects effects;
  private final Commands commands;
  private final EventStore log;
  private final ResumableWork actions;
  private volatile boolean running;

  ActionExecutor(
      ActionEffects effects,
      Commands commands,
      EventStore log,
      JdbcClient jdbc,
      @Value("${colloquy.action-deadline:30m}") Duration deadline) {
    this.effects = effects;
    this.commands = commands;
    this.log = log;
    this.actions = new ResumableWork("action", deadline, jdbc);
  }

  @EventHandler
  void on(ActionAuthorized event, MetaData metadata, @Timestamp Instant at) {
    Actor actor = ActorMetadata.actorIn(metadata);
    actions.startAfterCommit(
        new ResumableWork.Key(event.conversationId(), event.invocationId()),
        at,
        () -> run(event, actor),
        failing(event, actor));
  }

  @EventHandler
  void on(ActionCompleted event) {
    actions.ended(new ResumableWork.Key(event.conversationId(), event.invocationId()));
  }

  @EventHandler
  void on(ActionFailed event) {
    actions.ended(new ResumableWork.Key(event.conversationId(), event.invocationId()));
  }

  @Override
  public void start() {
    running = true;
    for (ResumableWork.Key key : actions.unfinished()) {
      log.readEvents(key.conversationId(), 0)
          .asStream()
          .filter(
              message ->
                  message.getPayload() instanceof ActionAuthorized event
                      && event.invocationId().equals(key.workId()))
          .findFirst()
          .ifPresent(message -> resume(key, message));
    }
  }

  private void resume(ResumableWork.Key key, DomainEventMessage<?> message) {
    ActionAuthorized event = (ActionAuthorized) message.getPayload();
    Actor actor = ActorMetadata.actorIn(message.getMetaData());
    LOG.info("Resuming the interrupted action {}", key.workId());
    actions.start(key, () -> run(event, actor), failing(event, actor));
  }

  private void run(ActionAuthorized event, Actor actor) {
    commands.send(
        new CompleteAction(event.conversationId(), event.invocationId(), effects.of(event, actor)),
        actor);
  }

  @Override
  public void stop() {
    running = false;
    actions.stop();
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

  private ResumableWork.Interruption failing(ActionAuthorized event, Actor actor) {
    return new ResumableWork.Interruption() {
      @Override
      public void timedOut() {
        fail(ErrorCode.TIMEOUT, "This took too long. Please try again.");
      }

      @Override
      public void failed(Throwable cause) {
        if (cause instanceof Refusal refusal) {
          fail(refusal.code(), refusal.sentence());
        } else {
          LOG.error("Action {} failed", event.invocationId(), cause);
          fail(ErrorCode.INTERNAL_ERROR, "Something went wrong. Please try again.");
        }
      }

      private void fail(ErrorCode code, String message) {
        commands.send(
            new FailAction(event.conversationId(), event.invocationId(), code, message), actor);
      }
    };
  }
}
