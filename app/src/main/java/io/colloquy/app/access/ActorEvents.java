package io.colloquy.app.access;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ActorMetadata;
import io.colloquy.app.config.TraceId;
import io.colloquy.command.gateway.Cause;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.gateway.EventGateway;
import org.springframework.stereotype.Component;

/** Writes what belongs to no aggregate into the log, with who did it. */
@Component
public class ActorEvents {

  private final EventGateway events;

  ActorEvents(EventGateway events) {
    this.events = events;
  }

  /** Writes an event. */
  public void publish(Object event, Actor actor) {
    Map<String, Object> metadata = new HashMap<>(ActorMetadata.of(actor));
    String id = UUID.randomUUID().toString();
    metadata.put(Cause.CORRELATION, id);
    metadata.put(Cause.CAUSATION, id);
    metadata.put(Cause.TRACE, TraceId.current());
    events.publish(GenericEventMessage.asEventMessage(event).andMetaData(metadata));
  }
}
