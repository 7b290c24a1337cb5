package io.colloquy.query.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.api.conversation.ConversationEvent.ConversationClosed;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveLogTest {

  private final EmbeddedEventStore log =
      EmbeddedEventStore.builder()
          .storageEngine(new InMemoryEventStorageEngine())
          .fetchDelay(5)
          .build();

  @AfterEach
  void shutDown() {
    log.shutDown();
  }

  @Test
  void everyStartFollowsTheLog() throws InterruptedException {
    for (int round = 0; round < 100; round++) {
      CountDownLatch told = new CountDownLatch(1);
      LiveLog live = new LiveLog(log, List.of(event -> told.countDown()));
      live.start();
      log.publish(
          new GenericDomainEventMessage<>(
              "conversation", "c-" + round, 0, new ConversationClosed("c")));

      assertThat(told.await(20, TimeUnit.SECONDS)).as("round %s", round).isTrue();
      assertThat(live.isRunning()).isTrue();
      live.stop();
      assertThat(live.isRunning()).isFalse();
    }
  }

  @Test
  void aListenerThatFailsDoesNotSilenceTheOthers() throws InterruptedException {
    CountDownLatch told = new CountDownLatch(2);
    LiveLog live =
        new LiveLog(
            log,
            List.of(
                event -> {
                  throw new IllegalStateException("on purpose");
                },
                event -> told.countDown()));
    live.start();
    log.publish(
        new GenericDomainEventMessage<>("conversation", "a", 0, new ConversationClosed("a")),
        new GenericDomainEventMessage<>("conversation", "b", 0, new ConversationClosed("b")));

    assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
    live.stop();
  }
}
