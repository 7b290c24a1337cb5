package io.colloquy.query.stream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.spring.config.SpringAxonConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Follows the log from its present end and tells the listeners of this node. Every node follows for
 * itself: what it tells is for connections that end with the process, so no position is kept.
 */
@Component
public class LiveLog implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(LiveLog.class);

  private static final int LOOK_MILLIS = 100;

  /** Is told of each event in the order of the log, one after the other. */
  public interface Listener {

    /** Takes an event in; must not block. */
    void on(DomainEventMessage<?> event);
  }

  private final EventStore log;
  private final List<Listener> listeners;
  private volatile @Nullable Thread follower;

  LiveLog(EventStore log, List<Listener> listeners) {
    this.log = log;
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void start() {
    TrackingToken head = log.createHeadToken();
    Thread thread = Thread.ofVirtual().name("live-log").unstarted(() -> follow(head));
    // The thread looks at the field to see whether it may go on, so it must be there first.
    follower = thread;
    thread.start();
  }

  /** Lets the follower end by itself: interrupted, it would leave a broken connection behind. */
  @Override
  public void stop() {
    Thread thread = follower;
    follower = null;
    if (thread != null) {
      try {
        thread.join(Duration.ofSeconds(5));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** After Axon's own components, before the web server takes requests. */
  @Override
  public int getPhase() {
    return SpringAxonConfiguration.LIFECYCLE_PHASE + 512;
  }

  /** Whether the log is followed: if not, clients connected to this node see nothing new. */
  @Override
  public boolean isRunning() {
    Thread thread = follower;
    return thread != null && thread.getState() != Thread.State.TERMINATED;
  }

  private void follow(@Nullable TrackingToken start) {
    TrackingToken position = start;
    while (isRunning()) {
      try (BlockingStream<TrackedEventMessage<?>> events = log.openStream(position)) {
        while (isRunning()) {
          if (events.hasNextAvailable(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            TrackedEventMessage<?> event = events.nextAvailable();
            tell(event);
            position = event.trackingToken();
          }
        }
      } catch (InterruptedException stopped) {
        return;
      } catch (RuntimeException failure) {
        if (isRunning()) {
          LOG.warn("The log cannot be followed; trying again", failure);
          pause();
        }
      }
    }
  }

  private void tell(TrackedEventMessage<?> event) {
    if (event instanceof DomainEventMessage<?> message) {
      for (Listener listener : listeners) {
        try {
          listener.on(message);
        } catch (RuntimeException failure) {
          LOG.error(
              "{} failed on event {}",
              listener.getClass().getSimpleName(),
              event.getIdentifier(),
              failure);
        }
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(500);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
