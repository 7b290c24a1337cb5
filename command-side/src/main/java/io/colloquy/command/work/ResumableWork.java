package io.colloquy.command.work;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.spring.config.SpringAxonConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Pieces of work that an event starts and another event ends. Each runs on a virtual thread of its
 * own; which ones are under way is kept in a table, in the same transaction as the processing
 * group's position, so that a restart finds exactly those that were interrupted.
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
  private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(5);

  private final String kind;
  private final Duration deadline;
  private final JdbcClient jdbc;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentHashMap<Key, AtomicBoolean> running = new ConcurrentHashMap<>();
  private volatile boolean started;
  private volatile boolean stopping;

  /**
   * Work of one kind.
   *
   * @param deadline how long a piece of work may take
   */
  protected ResumableWork(String kind, Duration deadline, JdbcClient jdbc) {
    this.kind = kind;
    this.deadline = deadline;
    this.jdbc = jdbc;
  }

  /** Goes on, by {@link #begin}, with a piece of work that an earlier run left unfinished. */
  protected abstract void resume(Key key);

  /** Notes a piece of work and starts it once that is durable. Call from an event handler. */
  protected final void beginAfterCommit(Key key, Instant at, Runnable work, Failure failure) {
    jdbc.sql(
            """
            insert into work_in_progress (kind, conversation_id, work_id, started_at)
            values (?, ?, ?, ?) on conflict do nothing
            """)
        .params(kind, key.conversationId(), key.workId(), Timestamp.from(at))
        .update();
    CurrentUnitOfWork.get().afterCommit(committed -> begin(key, work, failure));
  }

  /** Starts a piece of work that is noted already. */
  protected final void begin(Key key, Runnable work, Failure failure) {
    if (!stopping) {
      threads.execute(() -> supervise(key, work, failure));
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

  private void supervise(Key key, Runnable work, Failure failure) {
    AtomicBoolean stopped = new AtomicBoolean();
    running.put(key, stopped);
    Future<?> future = threads.submit(() -> ScopedValue.where(STOPPED, stopped).run(work));
    try {
      future.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
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

  private void fail(Key key, Failure failure, Throwable cause) {
    switch (cause) {
      case Stopped ignored -> {
        // The log says how it ended, or the next start goes on with it.
      }
      case Refusal refusal -> failure.because(refusal.code(), refusal.sentence());
      default -> {
        LOG.error("The {} {} failed", kind, key.workId(), cause);
        failure.because(ErrorCode.INTERNAL_ERROR, "Something went wrong. Please try again.");
      }
    }
  }

  @Override
  public final void start() {
    started = true;
    unfinished()
        .forEach(
            key -> {
              LOG.info("Resuming the interrupted {} {}", kind, key.workId());
              resume(key);
            });
  }

  private List<Key> unfinished() {
    return jdbc.sql(
            "select conversation_id, work_id from work_in_progress where kind = ? order by started_at")
        .param(kind)
        .query((row, number) -> new Key(row.getString(1), row.getString(2)))
        .list();
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
