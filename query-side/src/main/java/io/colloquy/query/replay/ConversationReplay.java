package io.colloquy.query.replay;

import io.colloquy.api.access.ActorMetadata;
import io.colloquy.api.conversation.ReplayQuery.FindReasons;
import io.colloquy.api.conversation.ReplayQuery.FindStateAt;
import io.colloquy.api.conversation.ReplayQuery.FindTimeline;
import io.colloquy.api.conversation.ReplayQuery.Reasons;
import io.colloquy.api.conversation.ReplayQuery.StateAt;
import io.colloquy.api.conversation.ReplayQuery.Step;
import io.colloquy.api.conversation.ReplayQuery.Timeline;
import io.colloquy.api.json.EventTypes;
import io.colloquy.api.json.Json;
import io.colloquy.query.stream.FrameMapping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the past of conversations from the log. */
@Component
class ConversationReplay {

  private final EventStore log;

  ConversationReplay(EventStore log) {
    this.log = log;
  }

  @QueryHandler
  @Nullable StateAt stateAt(FindStateAt query) {
    Instant until = query.at() == null ? null : Instant.parse(query.at());
    StateFold fold = new StateFold(query.conversationId());
    var events = log.readEvents(query.conversationId(), 0);
    while (events.hasNext()) {
      DomainEventMessage<?> message = events.next();
      if ((query.seq() != null && message.getSequenceNumber() > query.seq())
          || (until != null && message.getTimestamp().isAfter(until))) {
        break;
      }
      fold.add(message);
    }
    return fold.isEmpty() ? null : fold.result();
  }

  @QueryHandler
  Timeline timeline(FindTimeline query) {
    List<Step> steps = new ArrayList<>();
    log.readEvents(query.conversationId(), 0).asStream().forEach(event -> steps.add(step(event)));
    return new Timeline(query.conversationId(), steps);
  }

  private static Step step(DomainEventMessage<?> message) {
    return new Step(
        message.getSequenceNumber(),
        message.getIdentifier(),
        message.getTimestamp().toString(),
        EventTypes.nameOf(message.getPayloadType()),
        Json.MAPPER.valueToTree(message.getPayload()).path("turn_id").asString(null),
        ActorMetadata.actorIn(message.getMetaData()).userId(),
        FrameMapping.frameOf(message));
  }

  @QueryHandler
  @Nullable Reasons reasons(FindReasons query) {
    ReasonsFold fold = new ReasonsFold(query.conversationId(), query.turnId());
    log.readEvents(query.conversationId(), 0).asStream().forEach(fold::add);
    return fold.result();
  }
}
