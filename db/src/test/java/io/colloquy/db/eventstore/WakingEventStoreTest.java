package io.colloquy.db.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.db.TestDatabase;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class WakingEventStoreTest {

  private final HikariDataSource database = TestDatabase.migrated();
  private final PostgresEventStorageEngine engine =
      new PostgresEventStorageEngine(
          new JdbcTemplate(database),
          new EventSerializer(),
          NoOpEventUpcaster.INSTANCE,
          SnapshotFilter.allowAll());
  private final WakingEventStore store =
      new WakingEventStore(EmbeddedEventStore.builder().storageEngine(engine).fetchDelay(10));

  @AfterEach
  void close() {
    store.shutDown();
    database.close();
  }

  @Test
  void aStreamTellsOfEveryEventThatCanBeRead() throws InterruptedException {
    Semaphore woken = new Semaphore(0);
    try (TrackingEventStream stream = store.openStream(null)) {
      assertThat(stream.setOnAvailableCallback(woken::release)).isTrue();
      for (int round = 0; round < 20; round++) {
        // Appended behind the store's back, as another node would.
        engine.appendEvents(EventStorageEngineContract.events("a", round, 1));
        while (!stream.hasNextAvailable()) {
          assertThat(woken.tryAcquire(10, TimeUnit.SECONDS))
              .as("woken in round %s", round)
              .isTrue();
        }
        assertThat(stream.nextAvailable().getPayload()).isNotNull();
      }
    }
  }

  @Test
  void aClosedStreamIsLeftAlone() throws InterruptedException {
    Semaphore closed = new Semaphore(0);
    Semaphore open = new Semaphore(0);
    TrackingEventStream stream = store.openStream(null);
    stream.setOnAvailableCallback(closed::release);
    assertThat(closed.tryAcquire(10, TimeUnit.SECONDS))
        .as("woken once as the watch begins")
        .isTrue();
    try (TrackingEventStream other = store.openStream(null)) {
      other.setOnAvailableCallback(open::release);
      stream.close();
      open.drainPermits();
      engine.appendEvents(EventStorageEngineContract.events("a", 0, 1));
      assertThat(open.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
      assertThat(closed.availablePermits()).isZero();
    }
  }
}
