package io.colloquy.query.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
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
  private final ConcurrentHashMap<String, Room> rooms = new ConcurrentHashMap<>();

  /** Streams over the given log. */
  public ConversationStream(EventStore log) {
    this.log = log;
  }

  /** Takes frames, one after the other. May block; a slow client slows only itself. */
  public interface Sink {

    /** Sends one frame. */
    void send(EncodedFrame frame) throws InterruptedException;
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
    Thread thread =
        Thread.ofVirtual()
            .name("frames-" + conversationId)
            .unstarted(() -> pump(conversationId, after, sink));
    thread.start();
    return thread::interrupt;
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

  @Override
  public void on(DomainEventMessage<?> event) {
    Room room = rooms.get(event.getAggregateIdentifier());
    if (room != null) {
      room.add(EncodedFrame.of(event));
    }
  }

  private void pump(String conversationId, long after, Sink sink) {
    Room room =
        rooms.compute(
            conversationId, (id, existing) -> (existing == null ? new Room() : existing).join());
    try {
      long position = after;
      while (!Thread.currentThread().isInterrupted()) {
        List<EncodedFrame> frames = room.after(position);
        if (frames == null) {
          frames = readEvents(conversationId, position, PAGE);
        }
        if (frames.isEmpty()) {
          room.awaitAfter(position);
        }
        for (EncodedFrame frame : frames) {
          if (frame.isPresent()) {
            sink.send(frame);
          }
          position = frame.seq();
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      if (!Thread.currentThread().isInterrupted()) {
        LOG.warn("A stream of {} ended", conversationId, failure);
      }
    } finally {
      rooms.computeIfPresent(conversationId, (id, existing) -> existing.leave());
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
