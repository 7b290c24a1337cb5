package io.colloquy.db.eventstore;

import io.colloquy.api.privacy.SubjectEvent.SubjectErased;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event store whose streams each go by their own position, and tell when there is something to
 * read. Those near the end of the log read it together.
 *
 * <p>Axon's own shares one tail of recent events between its streams. While that tail begins, a
 * stream can be handed an event that does not follow its position, and skips what lies between. And
 * its streams do not call back, so pooled processors look every half second.
 */
public final class WakingEventStore extends EmbeddedEventStore {

  private static final Logger LOG = LoggerFactory.getLogger(WakingEventStore.class);
  private static final int MOST_READ_AT_ONCE = 500;

  /** How soon events of other nodes, or held back by an open transaction, are noticed. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(15);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(1);
  private static final int MOST_LOOKS_AGAIN = 15;

  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition committed = lock.newCondition();
  private final Condition news = lock.newCondition();
  private final LogTail tail = new LogTail();
  private final Set<Runnable> sleepers = ConcurrentHashMap.newKeySet();
  private long pulse;
  private @Nullable Thread watcher;
  private volatile boolean stopped;

  /** A store with the given settings. */
  public WakingEventStore(EmbeddedEventStore.Builder settings) {
    super(settings);
  }

  @Override
  public TrackingEventStream openStream(@Nullable TrackingToken position) {
    lock.lock();
    try {
      if (watcher == null) {
        watcher = Thread.ofVirtual().name("log-watcher").start(this::watch);
      }
    } finally {
      lock.unlock();
    }
    return new LogStream(position);
  }

  @Override
  protected void afterCommit(List<? extends EventMessage<?>> events) {
    lock.lock();
    try {
      committed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the watcher end by itself: interrupted, it would leave a broken connection behind. */
  @Override
  public void shutDown() {
    stopped = true;
    Thread thread = watcher;
    if (thread != null) {
      try {
        thread.join(Duration.ofSeconds(5));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    super.shutDown();
  }

  private void watch() {
    TrackingToken seen = null;
    boolean begun = false;
    int expected = 0;
    while (!stopped) {
      Duration pause = LOOK_EVERY;
      try {
        if (!begun) {
          seen = createHeadToken();
          tail.begin(seen);
          begun = true;
          ring();
        }
        List<? extends TrackedEventMessage<?>> events = read(seen);
        if (!events.isEmpty()) {
          seen = events.getLast().trackingToken();
          keep(events, seen);
          ring();
          continue; // There may be more already.
        }
        // What has just been committed is held back while an earlier transaction is open still.
        if (expected > 0) {
          expected--;
          pause = LOOK_AGAIN;
        }
      } catch (RuntimeException failure) {
        LOG.warn("The log cannot be read; trying again", failure);
        pause = RETRY_AFTER;
      }
      if (awaitCommit(pause)) {
        expected = MOST_LOOKS_AGAIN;
      }
    }
    ring();
  }

  /** What was erased must not be found here opened. */
  private void keep(List<? extends TrackedEventMessage<?>> events, TrackingToken last) {
    if (events.stream().anyMatch(event -> event.getPayloadType() == SubjectErased.class)) {
      tail.begin(last);
    } else {
      tail.add(events);
    }
  }

  private List<? extends TrackedEventMessage<?>> read(@Nullable TrackingToken after) {
    return storageEngine().readEvents(after, false).limit(MOST_READ_AT_ONCE).toList();
  }

  /** Waits until this node has committed something; false when it is time to look anyway. */
  private boolean awaitCommit(Duration atMost) {
    lock.lock();
    try {
      return committed.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stopped = true;
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void ring() {
    lock.lock();
    try {
      pulse++;
      news.signalAll();
    } finally {
      lock.unlock();
    }
    sleepers.forEach(Runnable::run);
  }

  private long pulse() {
    lock.lock();
    try {
      return pulse;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a pulse after the given one; false when none came in time. */
  private boolean awaitPulseAfter(long seen, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (pulse == seen) {
        if (left <= 0 || stopped) {
          return false;
        }
        left = news.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Reads on from a position; used by one thread at a time. */
  private final class LogStream implements TrackingEventStream {

    private final Deque<TrackedEventMessage<?>> read = new ArrayDeque<>();
    private @Nullable TrackingToken position;
    private @Nullable Runnable sleeper;

    LogStream(@Nullable TrackingToken position) {
      this.position = position;
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
      sleeper = callback;
      sleepers.add(callback);
      return true;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
      return hasNextAvailable() ? Optional.of(read.getFirst()) : Optional.empty();
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
      long end = System.nanoTime() + unit.toNanos(timeout);
      while (true) {
        // Before reading: what is appended while it reads must not be slept through.
        long seen = pulse();
        if (!read.isEmpty() || readOn()) {
          return true;
        }
        if (!awaitPulseAfter(seen, end - System.nanoTime())) {
          return false;
        }
      }
    }

    private boolean readOn() {
      List<? extends TrackedEventMessage<?>> latest = tail.after(position, MOST_READ_AT_ONCE);
      read.addAll(latest == null ? WakingEventStore.this.read(position) : latest);
      if (read.isEmpty()) {
        return false;
      }
      position = read.getLast().trackingToken();
      return true;
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
      while (!hasNextAvailable(1, TimeUnit.HOURS)) {
        if (stopped) {
          throw new InterruptedException("the event store is shut down");
        }
      }
      return read.removeFirst();
    }

    @Override
    public void close() {
      if (sleeper != null) {
        sleepers.remove(sleeper);
      }
    }
  }
}
