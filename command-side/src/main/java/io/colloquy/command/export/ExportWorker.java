package io.colloquy.command.export;

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

/** Reacts to authorised downloads: makes each file once, beside all other work. */
@Component
@ProcessingGroup("export-worker")
@DisallowReplay
class ExportWorker extends ActionWork {

  private final Exporter exporter;

  ExportWorker(
      Exporter exporter,
      Commands commands,
      EventStore log,
      JdbcClient jdbc,
      NodeId node,
      SpanFactory spans,
      @Value("${colloquy.export-deadline:30m}") Duration deadline) {
    super("export", deadline, commands, log, jdbc, node, spans);
    this.exporter = exporter;
  }

  @Override
  protected boolean takes(ActionType type) {
    return type == ActionType.DOWNLOAD;
  }

  @Override
  protected ActionResult carryOut(ActionAuthorized action, Actor actor, Instant at) {
    return exporter.export(action, actor, at);
  }
}
