package io.colloquy.query.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.tracing.Span;
import org.axonframework.tracing.SpanFactory;
import org.axonframework.tracing.SpanScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The frames of conversations, from any place on and then live. Past and present go through one
 * loop that advances by sequence number, so nothing is lost or doubled where one becomes the other.
 */
@Component
public class ConversationStream implements LiveLog.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(ConversationStream.class);
  private static final int PAGE = 500;

  private final EventStore log;
  private final SpanFactory spans;
  private final ConcurrentHashMap<String, Room> rooms = new ConcurrentHashMap<>();

  ConversationStream(EventStore log, SpanFactory spans) {
    this.spans = spans;
    this.log = log;
  }

  /** Takes frames, one after the other. May block; a slow client slows only itself. */
  public interface Sink {

    /** Sends one frame. */
    void send(EncodedFrame frame) throws InterruptedException;

    /** Lets a send that waits go on: nothing more is wanted. */
    void close();
  }

  /** A subscription; closing it ends the stream. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Sends all frames after a place, in order and once each, and goes on with new ones until closed.
   */
  public Subscription subscribe(String conversationId, long after, Sink sink) {
    Pump pump = new Pump(conversationId, after, sink);
    Thread.ofVirtual().name("frames-" + conversationId).start(pump);
    return pump;
  }

  /**
   * The frames of a conversation so far.
   *
   * @param after only frames with a higher sequence number
   * @param limit how many events are looked at
   */
  public List<EncodedFrame> read(String conversationId, long after, int limit) {
    return readEvents(conversationId, after, limit).stream()
        .filter(EncodedFrame::isPresent)
        .toList();
  }

  /** The place of the conversation's last event so far; -1 when there is none. */
  public long lastSeq(String conversationId) {
    return log.lastSequenceNumberFor(conversationId).orElse(-1L);
  }

  /** Keeps no frame in memory: something in them is to be forgotten. */
  void forget() {
    rooms.values().forEach(Room::forget);
  }

  @Override
  public void on(DomainEventMessage<?> event) {
    Room room = rooms.get(event.getAggregateIdentifier());
    if (room != null) {
      room.add(EncodedFrame.of(event));
    }
  }

  /** Never interrupted: it may be reading from the database, whose connection would break. */
  private final class Pump implements Runnable, Subscription {

    private final String conversationId;
    private final Sink sink;
    private final Room room;
    private long position;
    private volatile boolean closed;

    Pump(String conversationId, long after, Sink sink) {
      this.conversationId = conversationId;
      this.position = after;
      this.sink = sink;
      this.room =
          rooms.compute(
              conversationId, (id, existing) -> (existing == null ? new Room() : existing).join());
    }

    @Override
    public void run() {
      try {
        while (!closed) {
          List<EncodedFrame> frames = room.after(position);
          if (frames == null) {
            frames = readEvents(conversationId, position, PAGE);
          }
          if (frames.isEmpty()) {
            room.awaitAfter(position, () -> closed);
          }
          send(frames);
        }
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException failure) {
        LOG.warn("A stream of {} ended", conversationId, failure);
      } finally {
        rooms.computeIfPresent(conversationId, (id, existing) -> existing.leave());
      }
    }

    private void send(List<EncodedFrame> frames) throws InterruptedException {
      for (EncodedFrame frame : frames) {
        if (closed) {
          return;
        }
        if (frame.isPresent()) {
          sendTraced(frame);
        }
        position = frame.seq();
      }
    }

    private void sendTraced(EncodedFrame frame) throws InterruptedException {
      if (frame.trace().isEmpty()) {
        sink.send(frame);
        return;
      }
      Span span =
          spans.createChildHandlerSpan(
              () -> "ConversationStream.send", new GenericMessage<>(frame, frame.trace()));
      try (SpanScope current = span.start().makeCurrent()) {
        sink.send(frame);
      } finally {
        span.end();
      }
    }

    @Override
    public void close() {
      closed = true;
      sink.close();
      room.wake();
    }
  }

  private List<EncodedFrame> readEvents(String conversationId, long after, int limit) {
    List<EncodedFrame> frames = new ArrayList<>();
    var events = log.readEvents(conversationId, after + 1);
    while (events.hasNext() && frames.size() < limit) {
      frames.add(EncodedFrame.of(events.next()));
    }
    return frames;
  }
}
