package io.colloquy.command.work;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ActorMetadata;
import io.colloquy.api.action.ActionResult;
import io.colloquy.api.conversation.ConversationCommand.CompleteAction;
import io.colloquy.api.conversation.ConversationCommand.FailAction;
import io.colloquy.api.conversation.ConversationEvent.ActionAuthorized;
import io.colloquy.api.conversation.ConversationEvent.ActionCompleted;
import io.colloquy.api.conversation.ConversationEvent.ActionFailed;
import io.colloquy.api.widget.ActionType;
import io.colloquy.command.gateway.Cause;
import io.colloquy.command.gateway.Commands;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.axonframework.tracing.SpanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Carries authorised actions of some types out, each once, and after a restart those that were
 * interrupted.
 */
public abstract class ActionWork extends ResumableWork {

  private final Commands commands;
  private final EventStore log;

  /**
   * Work on actions.
   *
   * @param kind the work's name, also in the table of work in progress
   * @param deadline how long an action may take
   */
  protected ActionWork(
      String kind,
      Duration deadline,
      Commands commands,
      EventStore log,
      JdbcClient jdbc,
      NodeId node,
      SpanFactory spans) {
    super(kind, deadline, jdbc, node, spans);
    this.commands = commands;
    this.log = log;
  }

  /** Whether this work is about actions of a type. */
  protected abstract boolean takes(ActionType type);

  /**
   * Does what the action does. Harmless when done twice: after a crash it is.
   *
   * @param at when it was authorised
   */
  protected abstract ActionResult carryOut(ActionAuthorized action, Actor actor, Instant at);

  @EventHandler
  void on(ActionAuthorized event, MetaData metadata, @Timestamp Instant at) {
    if (takes(event.action().type())) {
      Actor actor = ActorMetadata.actorIn(metadata);
      beginAfterCommit(
          key(event.conversationId(), event.invocationId()),
          at,
          () -> run(event, actor, at),
          failing(event, actor));
    }
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
                begin(
                    key,
                    new Cause(message),
                    () -> run(event, actor, message.getTimestamp()),
                    failing(event, actor));
              }
            });
  }

  private void run(ActionAuthorized event, Actor actor, Instant at) {
    ActionResult result = carryOut(event, actor, at);
    commands.send(new CompleteAction(event.conversationId(), event.invocationId(), result), actor);
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
