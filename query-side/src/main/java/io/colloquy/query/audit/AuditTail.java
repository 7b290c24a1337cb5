package io.colloquy.query.audit;

import io.colloquy.api.audit.AuditQuery.Entry;
import io.colloquy.api.audit.AuditQuery.Filter;
import io.colloquy.api.audit.AuditQuery.FindEntries;
import io.colloquy.api.json.Json;
import io.colloquy.query.stream.ConversationStream.Sink;
import io.colloquy.query.stream.ConversationStream.Subscription;
import io.colloquy.query.stream.EncodedFrame;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The audit log as it grows, from any place on, entry by entry. */
@Component
public class AuditTail {

  private static final Logger LOG = LoggerFactory.getLogger(AuditTail.class);
  private static final int PAGE = 200;
  private static final long LOOK_MILLIS = 250;

  private final AuditEntries entries;
  private final Checkpoints checkpoints;
  private final AuditGrowth growth;

  AuditTail(AuditEntries entries, Checkpoints checkpoints, AuditGrowth growth) {
    this.entries = entries;
    this.checkpoints = checkpoints;
    this.growth = growth;
  }

  /**
   * Sends all entries after a place, in order and once each, and goes on with new ones until
   * closed.
   *
   * @param after the last entry known; negative to begin with what is new
   */
  public Subscription subscribe(long after, Sink sink) {
    Pump pump = new Pump(after < 0 ? checkpoints.size() : after, sink);
    Thread.ofVirtual().name("audit-tail").start(pump);
    return pump;
  }

  /** Never interrupted: it may be reading from the database, whose connection would break. */
  private final class Pump implements Runnable, Subscription {

    private final Sink sink;
    private long position;
    private volatile boolean closed;

    Pump(long after, Sink sink) {
      this.position = after;
      this.sink = sink;
    }

    @Override
    public void run() {
      try {
        while (!closed) {
          List<Entry> next =
              entries.find(new FindEntries(Filter.ALL, position, false, PAGE)).entries();
          for (Entry entry : next) {
            if (closed) {
              return;
            }
            sink.send(EncodedFrame.of(entry.seq(), Json.MAPPER.writeValueAsBytes(entry)));
            position = entry.seq();
          }
          if (next.isEmpty()) {
            growth.await(LOOK_MILLIS);
          }
        }
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException failure) {
        LOG.warn("A tail of the audit log ended", failure);
      }
    }

    @Override
    public void close() {
      closed = true;
      sink.close();
    }
  }
}
