package io.colloquy.app.access;

import io.colloquy.api.access.AccessEvent.AccessRefused;
import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ActorMetadata;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.conversation.ConversationEvent.ActionDenied;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.gateway.EventGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes refusals that no aggregate has seen into the log. */
@Component
public class Refusals {

  private final EventGateway events;

  Refusals(EventGateway events) {
    this.events = events;
  }

  /**
   * Notes that somebody asked for what they may not have; other errors are no refusals and are not
   * noted.
   */
  public void note(Actor actor, ErrorCode code, String resource, @Nullable String conversationId) {
    switch (code) {
      case NOT_A_PARTICIPANT, READ_ONLY, NOT_PERMITTED, INVALID_CREDENTIALS, LINK_INVALID ->
          publish(new AccessRefused(code, resource, conversationId), actor);
      default -> {
        // A mistake, not an attempt.
      }
    }
  }

  /** Notes an action refused because its widget was never issued anywhere. */
  public void noteUnknownWidget(
      Actor actor, String invocationId, String widgetId, String actionId, String message) {
    publish(
        new ActionDenied(
            null,
            null,
            invocationId,
            widgetId,
            actionId,
            ErrorCode.WIDGET_NOT_FOUND,
            message,
            List.of()),
        actor);
  }

  private void publish(Object event, Actor actor) {
    Map<String, Object> metadata = new HashMap<>(ActorMetadata.of(actor));
    String id = UUID.randomUUID().toString();
    metadata.put("correlation_id", id);
    metadata.put("causation_id", id);
    metadata.put("trace_id", id.replace("-", ""));
    events.publish(GenericEventMessage.asEventMessage(event).andMetaData(metadata));
  }
}
