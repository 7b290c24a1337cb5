package io.colloquy.command.action;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ActorMetadata;
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
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reacts to authorised actions: carries each out once, and after a restart those that were
 * interrupted.
 */
@Component
@ProcessingGroup("action-executor")
@DisallowReplay
class ActionExecutor extends ResumableWork {

  private final ActionEffects effects;
  private final Commands commands;
  private final EventStore log;

  ActionExecutor(
      ActionEffects effects,
      Commands commands,
      EventStore log,
      JdbcClient jdbc,
      @Value("${colloquy.action-deadline:30m}") Duration deadline) {
    super("action", deadline, jdbc);
    this.effects = effects;
    this.commands = commands;
    this.log = log;
  }

  @EventHandler
  void on(ActionAuthorized event, MetaData metadata, @Timestamp Instant at) {
    Actor actor = ActorMetadata.actorIn(metadata);
    beginAfterCommit(
        key(event.conversationId(), event.invocationId()),
        at,
        () -> run(event, actor),
        failing(event, actor));
  }

  @EventHandler
  void on(ActionCompleted event) {
    ended(key(event.conversationId(), event.invocationId()));
  }

  @EventHandler
  void on(ActionFailed event) {
    ended(key(event.conversationId(), event.invocationId()));
  }

  @Override
  protected void resume(ResumableWork.Key key) {
    log.readEvents(key.conversationId(), 0)
        .asStream()
        .forEach(
            message -> {
              if (message.getPayload() instanceof ActionAuthorized event
                  && event.invocationId().equals(key.workId())) {
                Actor actor = ActorMetadata.actorIn(message.getMetaData());
                begin(key, () -> run(event, actor), failing(event, actor));
              }
            });
  }

  private void run(ActionAuthorized event, Actor actor) {
    commands.send(
        new CompleteAction(event.conversationId(), event.invocationId(), effects.of(event, actor)),
        actor);
  }

  private Failure failing(ActionAuthorized event, Actor actor) {
    return (code, sentence) ->
        commands.send(
            new FailAction(event.conversationId(), event.invocationId(), code, sentence), actor);
  }

  private static ResumableWork.Key key(String conversationId, String invocationId) {
    return new ResumableWork.Key(conversationId, invocationId);
  }
}
