package io.colloquy.db.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colloquy.api.conversation.ConversationEvent.AnswerTextAppended;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

/** What every event storage engine must do; Axon's own is the reference ours is held against. */
abstract class EventStorageEngineContract {

  abstract EventStorageEngine engine();

  @Test
  void anAggregatesEventsComeBackInOrder() {
    EventStorageEngine engine = engine();
    engine.appendEvents(events("a", 0, 3));
    engine.appendEvents(events("b", 0, 1));
    engine.appendEvents(events("a", 3, 2));

    assertThat(engine.readEvents("a").asStream().map(DomainEventMessage::getSequenceNumber))
        .containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(engine.readEvents("a", 3).asStream().map(DomainEventMessage::getSequenceNumber))
        .containsExactly(3L, 4L);
    assertThat(engine.lastSequenceNumberFor("a")).contains(4L);
    assertThat(engine.lastSequenceNumberFor("nobody")).isEmpty();
  }

  @Test
  void payloadAndMetadataSurvive() {
    EventStorageEngine engine = engine();
    DomainEventMessage<?> event = event("a", 0).andMetaData(Map.of("actor", "manager"));
    engine.appendEvents(List.of(event));

    DomainEventMessage<?> read = engine.readEvents("a").next();
    assertThat(read.getPayload()).isEqualTo(event.getPayload());
    assertThat(read.getMetaData()).containsEntry("actor", "manager");
    assertThat(read.getIdentifier()).isEqualTo(event.getIdentifier());
    assertThat(read.getType()).isEqualTo("conversation");
  }

  @Test
  void aSequenceNumberIsTakenOnce() {
    EventStorageEngine engine = engine();
    engine.appendEvents(events("a", 0, 2));

    assertThatThrownBy(() -> engine.appendEvents(events("a", 1, 1)))
        .isInstanceOf(ConcurrencyException.class);
    assertThatThrownBy(() -> engine.appendEvents(events("a", 0, 1)))
        .isInstanceOf(AggregateStreamCreationException.class);
  }

  @Test
  void everyEventIsTrackedOnceAndInOrder() {
    EventStorageEngine engine = engine();
    engine.appendEvents(events("a", 0, 700));
    engine.appendEvents(events("b", 0, 2));

    List<TrackedEventMessage<?>> all = new ArrayList<>(engine.readEvents(null, false).toList());
    assertThat(all).hasSize(702);
    TrackedEventMessage<?> last = all.get(699);
    assertThat(engine.readEvents(last.trackingToken(), false)).hasSize(2);
    assertThat(engine.readEvents(engine.createHeadToken(), false)).isEmpty();
  }

  @Test
  void theLatestSnapshotIsKept() {
    EventStorageEngine engine = engine();
    engine.storeSnapshot(event("a", 3));
    engine.storeSnapshot(event("a", 7));

    assertThat(engine.readSnapshot("a").map(DomainEventMessage::getSequenceNumber)).contains(7L);
    assertThat(engine.readSnapshot("b")).isEmpty();
  }

  static List<DomainEventMessage<?>> events(String aggregate, long from, int count) {
    List<DomainEventMessage<?>> events = new ArrayList<>();
    LongStream.range(from, from + count)
        .forEach(sequence -> events.add(event(aggregate, sequence)));
    return events;
  }

  static DomainEventMessage<AnswerTextAppended> event(String aggregate, long sequence) {
    return new GenericDomainEventMessage<>(
        "conversation",
        aggregate,
        sequence,
        new AnswerTextAppended(aggregate, "t-1", (int) sequence, "text " + UUID.randomUUID()));
  }
}
