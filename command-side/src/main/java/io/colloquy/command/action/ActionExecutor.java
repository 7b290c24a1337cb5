package io.colloquy.command.action;

import io.colloquy.api.access.Actor;
import io.colloquy.api.action.ActionResult;
import io.colloquy.api.conversation.ConversationEvent.ActionAuthorized;
import io.colloquy.api.widget.ActionType;
import io.colloquy.command.gateway.Commands;
import io.colloquy.command.work.ActionWork;
import io.colloquy.command.work.NodeId;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.tracing.SpanFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reacts to authorised actions, all but downloads. */
@Component
@ProcessingGroup("action-executor")
@DisallowReplay
class ActionExecutor extends ActionWork {

  private final ActionEffects effects;

  ActionExecutor(
      ActionEffects effects,
      Commands commands,
      EventStore log,
      JdbcClient jdbc,
      NodeId node,
      SpanFactory spans,
      @Value("${colloquy.action-deadline:60s}") Duration deadline) {
    super("action", deadline, commands, log, jdbc, node, spans);
    this.effects = effects;
  }

  @Override
  protected boolean takes(ActionType type) {
    return type != ActionType.DOWNLOAD;
  }

  @Override
  protected ActionResult carryOut(ActionAuthorized action, Actor actor, Instant at) {
    return effects.of(action, actor);
  }
}
