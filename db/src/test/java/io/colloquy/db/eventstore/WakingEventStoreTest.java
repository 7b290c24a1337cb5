package io.colloquy.db.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.db.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WakingEventStoreTest {

  private final HikariDataSource database = TestDatabase.migrated();
  private final PostgresEventStorageEngine engine = TestLog.of(database);
  private final WakingEventStore store =
      new WakingEventStore(EmbeddedEventStore.builder().storageEngine(engine));

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
    engine.appendEvents(EventStorageEngineContract.events("b", 0, 1));
    assertThat(closed.tryAcquire(10, TimeUnit.SECONDS)).as("woken while open").isTrue();
    try (TrackingEventStream other = store.openStream(null)) {
      other.setOnAvailableCallback(open::release);
      stream.close();
      closed.drainPermits();
      open.drainPermits();
      engine.appendEvents(EventStorageEngineContract.events("a", 0, 1));
      assertThat(open.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
      assertThat(closed.availablePermits()).isZero();
    }
  }

  @Test
  void streamsOpenedWhileOthersWriteSeeEveryEventOnceAndInOrder() throws Exception {
    int writers = 6;
    int each = 150;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < writers; writer++) {
        String aggregate = "w" + writer;
        threads.submit(
            () -> {
              for (int i = 0; i < each; i++) {
                engine.appendEvents(EventStorageEngineContract.events(aggregate, i, 1));
              }
            });
      }
      List<Future<List<String>>> readers = new ArrayList<>();
      for (int reader = 0; reader < 8; reader++) {
        readers.add(threads.submit(() -> readAll(writers * each)));
      }
      List<String> first = readers.getFirst().get(60, TimeUnit.SECONDS);
      assertThat(first).doesNotHaveDuplicates().hasSize(writers * each);
      for (Future<List<String>> reader : readers) {
        assertThat(reader.get(60, TimeUnit.SECONDS)).isEqualTo(first);
      }
    }
  }

  private List<String> readAll(int count) throws InterruptedException {
    List<String> read = new ArrayList<>();
    try (TrackingEventStream stream = store.openStream(null)) {
      while (read.size() < count && stream.hasNextAvailable(20, TimeUnit.SECONDS)) {
        read.add(stream.nextAvailable().getIdentifier());
      }
    }
    return read;
  }
}
