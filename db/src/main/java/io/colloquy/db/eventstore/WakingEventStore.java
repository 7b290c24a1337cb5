package io.colloquy.db.eventstore;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event store whose streams tell when there is something to read. Axon's own does not, so its
 * pooled processors look every half second; with this one they look at once.
 */
public final class WakingEventStore extends EmbeddedEventStore {

  private static final Logger LOG = LoggerFactory.getLogger(WakingEventStore.class);
  private static final int RETRY_MILLIS = 500;
  private static final int LOOK_MILLIS = 100;

  private final Set<Runnable> sleepers = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Thread watcher;

  /** A store with the given settings. */
  public WakingEventStore(EmbeddedEventStore.Builder settings) {
    super(settings);
  }

  @Override
  public TrackingEventStream openStream(@Nullable TrackingToken position) {
    return new WakingStream(super.openStream(position));
  }

  /** Lets the watcher end by itself: interrupted, it would leave a broken connection behind. */
  @Override
  public void shutDown() {
    Thread thread = watcher;
    watcher = null;
    if (thread != null) {
      try {
        thread.join(Duration.ofSeconds(5));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    super.shutDown();
  }

  private void wakeOnNews(Runnable sleeper) {
    sleepers.add(sleeper);
    synchronized (sleepers) {
      if (watcher == null) {
        Thread thread = Thread.ofVirtual().name("event-store-watcher").unstarted(this::watch);
        watcher = thread;
        thread.start();
      }
    }
  }

  /** Whatever this stream has been given, every other stream can read: they share one tail. */
  private void watch() {
    while (watcher != null) {
      try (TrackingEventStream news = super.openStream(createHeadToken())) {
        // What came before this place was not watched for.
        sleepers.forEach(Runnable::run);
        while (watcher != null) {
          if (news.hasNextAvailable(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            news.nextAvailable();
            sleepers.forEach(Runnable::run);
          }
        }
      } catch (InterruptedException stopped) {
        return;
      } catch (RuntimeException failure) {
        LOG.warn("The log cannot be watched; trying again", failure);
        pause();
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private final class WakingStream implements TrackingEventStream {

    private final TrackingEventStream stream;
    private @Nullable Runnable sleeper;

    WakingStream(TrackingEventStream stream) {
      this.stream = stream;
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
      sleeper = callback;
      wakeOnNews(callback);
      return true;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
      return stream.peek();
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
      return stream.hasNextAvailable(timeout, unit);
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
      return stream.nextAvailable();
    }

    @Override
    public void close() {
      if (sleeper != null) {
        sleepers.remove(sleeper);
      }
      stream.close();
    }
  }
}
