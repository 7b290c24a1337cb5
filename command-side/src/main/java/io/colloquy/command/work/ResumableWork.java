package io.colloquy.command.work;

import io.colloquy.api.access.ActorMetadata;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.command.gateway.Cause;
import io.colloquy.command.gateway.DatabaseAway;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.spring.config.SpringAxonConfiguration;
import org.axonframework.tracing.SpanFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Pieces of work that an event starts and another event ends. Each runs on a virtual thread of its
 * own; which ones are under way, and on which node, is kept in a table, in the same transaction as
 * the processing group's position. What a node leaves unfinished when it dies, another takes over;
 * what is interrupted because the database is away, its node goes on with once that is back.
 */
public abstract class ResumableWork implements SmartLifecycle {

  /** Identifies a piece of work. */
  public record Key(String conversationId, String workId) {}

  /** Records that a piece of work could not be done. */
  public interface Failure {
    void because(ErrorCode code, String sentence);
  }

  /**
   * Set when the work on this thread is to stop. A thread that reads from the database must not be
   * interrupted: its connection would break.
   */
  private static final ScopedValue<AtomicBoolean> STOPPED = ScopedValue.newInstance();

  private static final Logger LOG = LoggerFactory.getLogger(ResumableWork.class);
  private static final int MOST_INTERRUPTIONS = 5;
  private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(5);

  private static final RowMapper<Key> KEY =
      (row, number) -> new Key(row.getString(1), row.getString(2));

  private static final String TAKE_OVER =
      """
      update work_in_progress set node_id = ?
      where kind = ? and (node_id is null or node_id not in (select live_node.node_id from live_node))
      returning conversation_id, work_id
      """;

  private static final String OWN =
      """
      select conversation_id, work_id from work_in_progress
      where kind = ? and node_id = ? order by started_at
      """;

  private final String kind;
  private final Duration deadline;
  private final JdbcClient jdbc;
  private final NodeId node;
  private final SpanFactory spans;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentHashMap<Key, AtomicBoolean> running = new ConcurrentHashMap<>();

  /**
   * How often a piece of work was interrupted. What the log is kept in is back when work goes on,
   * so what is away again and again is another database.
   */
  private final ConcurrentHashMap<Key, Integer> interruptions = new ConcurrentHashMap<>();

  /** Noted as this node's, but not running when last looked at. */
  private Set<Key> missing = Set.of();

  private volatile boolean started;
  private volatile boolean stopping;

  /**
   * Work of one kind.
   *
   * @param deadline how long a piece of work may take
   */
  protected ResumableWork(
      String kind, Duration deadline, JdbcClient jdbc, NodeId node, SpanFactory spans) {
    this.spans = spans;
    this.node = node;
    this.kind = kind;
    this.deadline = deadline;
    this.jdbc = jdbc;
  }

  /** Goes on, by {@link #begin}, with a piece of work that an earlier run left unfinished. */
  protected abstract void resume(Key key);

  /**
   * Notes a piece of work and starts it once that is durable. Call from an event handler. An event
   * that was carried over from another conversation starts nothing: it was done there.
   */
  protected final void beginAfterCommit(Key key, Instant at, Runnable work, Failure failure) {
    EventMessage<?> event = (EventMessage<?>) CurrentUnitOfWork.get().getMessage();
    if (event.getMetaData().containsKey(ActorMetadata.CARRIED_FROM)) {
      return;
    }
    jdbc.sql(
            """
            insert into work_in_progress (kind, conversation_id, work_id, started_at, node_id)
            values (?, ?, ?, ?, ?) on conflict do nothing
            """)
        .params(kind, key.conversationId(), key.workId(), Timestamp.from(at), node.value())
        .update();
    CurrentUnitOfWork.get().afterCommit(committed -> begin(key, new Cause(event), work, failure));
  }

  /** Starts a piece of work that is noted already. */
  protected final void begin(Key key, Cause cause, Runnable work, Failure failure) {
    AtomicBoolean stopped = new AtomicBoolean();
    if (!stopping && running.putIfAbsent(key, stopped) == null) {
      threads.execute(
          () ->
              ScopedValue.where(Cause.CURRENT, cause)
                  .run(() -> supervise(key, stopped, cause, work, failure)));
    }
  }

  /** Forgets a piece of work that has ended. Call from an event handler. */
  protected final void ended(Key key) {
    jdbc.sql("delete from work_in_progress where kind = ? and conversation_id = ? and work_id = ?")
        .params(kind, key.conversationId(), key.workId())
        .update();
  }

  /** Forgets a piece of work that was ended from outside, and stops it. Call from a handler. */
  protected final void stopAfterCommit(Key key) {
    ended(key);
    CurrentUnitOfWork.get()
        .afterCommit(
            committed -> {
              AtomicBoolean stopped = running.get(key);
              if (stopped != null) {
                stopped.set(true);
              }
            });
  }

  /** Throws when the work on this thread is to stop: it was cancelled, or the process ends. */
  public static void checkNotStopped() {
    if (Thread.currentThread().isInterrupted() || (STOPPED.isBound() && STOPPED.get().get())) {
      throw new Stopped();
    }
  }

  private void supervise(
      Key key, AtomicBoolean stopped, Cause cause, Runnable work, Failure failure) {
    Future<?> future =
        threads.submit(
            () ->
                ScopedValue.where(STOPPED, stopped)
                    .where(Cause.CURRENT, cause)
                    .run(() -> correlated(cause, work)));
    try {
      future.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      interruptions.remove(key);
    } catch (TimeoutException late) {
      stopped.set(true);
      future.cancel(true);
      failure.because(ErrorCode.TIMEOUT, "This took too long. Please try again.");
    } catch (ExecutionException wrapped) {
      if (!stopping) {
        fail(key, failure, Objects.requireNonNullElse(wrapped.getCause(), wrapped));
      }
    } catch (InterruptedException shutdown) {
      Thread.currentThread().interrupt();
    } finally {
      running.remove(key);
    }
  }

  /** Lets what is logged and traced meanwhile be found by what it goes back to. */
  private void correlated(Cause cause, Runnable work) {
    for (String key : new String[] {Cause.CORRELATION, Cause.TRACE}) {
      MDC.put(key, String.valueOf(cause.metadata().get(key)));
    }
    spans.createChildHandlerSpan(() -> kind, cause.event()).run(work);
  }

  private void fail(Key key, Failure failure, Throwable cause) {
    switch (cause) {
      case Stopped ignored -> {
        // The log says how it ended, or the next start goes on with it.
      }
      case Refusal refusal -> failure.because(refusal.code(), refusal.sentence());
      case Throwable away
          when DatabaseAway.says(away)
              && interruptions.merge(key, 1, Integer::sum) <= MOST_INTERRUPTIONS ->
          LOG.warn("The {} {} waits until the database is back", kind, key.workId());
      default -> {
        LOG.error("The {} {} failed", kind, key.workId(), cause);
        interruptions.remove(key);
        failure.because(ErrorCode.INTERNAL_ERROR, "Something went wrong. Please try again.");
      }
    }
  }

  @Override
  public final void start() {
    started = true;
    takeOver();
  }

  /** Goes on with what died nodes left unfinished, and with what this one lost sight of. */
  @Scheduled(
      initialDelayString = "${colloquy.takeover-interval:1s}",
      fixedDelayString = "${colloquy.takeover-interval:1s}")
  protected final synchronized void takeOver() {
    if (!started) {
      return;
    }
    try {
      jdbc.sql(TAKE_OVER).params(node.value(), kind).query(KEY).list().forEach(this::goOn);
      // The event that ended a piece of work may not have been read yet: hence the second look.
      List<Key> noted = jdbc.sql(OWN).params(kind, node.value()).query(KEY).list();
      Set<Key> idle = new HashSet<>(noted);
      idle.removeAll(running.keySet());
      idle.stream().filter(missing::contains).forEach(this::goOn);
      missing = idle;
    } catch (RuntimeException failure) {
      if (!DatabaseAway.says(failure)) {
        throw failure;
      }
    }
  }

  private void goOn(Key key) {
    LOG.info("Resuming the interrupted {} {}", kind, key.workId());
    resume(key);
  }

  /** Lets running work end for a moment, then stops it; the next start resumes what is left. */
  @Override
  public final void stop() {
    stopping = true;
    started = false;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(SHUTDOWN_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
        threads.awaitTermination(SHUTDOWN_GRACE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException interrupted) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /** After Axon's own components, before the web server takes requests. */
  @Override
  public final int getPhase() {
    return SpringAxonConfiguration.LIFECYCLE_PHASE + 512;
  }

  @Override
  public final boolean isRunning() {
    return started;
  }

  private static final class Stopped extends RuntimeException {
    Stopped() {
      super("stopped", null, false, false);
    }
  }
}
