package io.colloquy.command.work;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Pieces of work that an event starts and another event ends. Each runs on a virtual thread of its
 * own; which ones are under way is kept in a table, in the same transaction as the processing
 * group's position, so that a restart finds exactly those that were interrupted.
 */
public final class ResumableWork {

  /** Identifies a piece of work. */
  public record Key(String conversationId, String workId) {}

  /** What to do when a piece of work does not end by itself. */
  public interface Interruption {
    /** It took longer than it may. */
    void timedOut();

    /** It failed in a way it does not handle itself. */
    void failed(Throwable cause);
  }

  private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(5);

  private final String kind;
  private final Duration deadline;
  private final JdbcClient jdbc;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentHashMap<Key, Future<?>> running = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  /**
   * Work of one kind.
   *
   * @param deadline how long a piece of work may take
   */
  public ResumableWork(String kind, Duration deadline, JdbcClient jdbc) {
    this.kind = kind;
    this.deadline = deadline;
    this.jdbc = jdbc;
  }

  /** Notes a piece of work and starts it once that is durable. Call from an event handler. */
  public void startAfterCommit(
      Key key, Instant startedAt, Runnable work, Interruption interruption) {
    jdbc.sql(
            """
            insert into work_in_progress (kind, conversation_id, work_id, started_at)
            values (?, ?, ?, ?) on conflict do nothing
            """)
        .params(kind, key.conversationId(), key.workId(), Timestamp.from(startedAt))
        .update();
    CurrentUnitOfWork.get().afterCommit(committed -> start(key, work, interruption));
  }

  /** Forgets a piece of work that has ended. Call from an event handler. */
  public void ended(Key key) {
    jdbc.sql("delete from work_in_progress where kind = ? and conversation_id = ? and work_id = ?")
        .params(kind, key.conversationId(), key.workId())
        .update();
  }

  /**
   * Forgets a piece of work that was ended from outside, and stops it. Call from an event handler.
   */
  public void stopAfterCommit(Key key) {
    ended(key);
    CurrentUnitOfWork.get()
        .afterCommit(
            committed -> {
              Future<?> work = running.get(key);
              if (work != null) {
                work.cancel(true);
              }
            });
  }

  /** The pieces of work that an earlier run of the process left unfinished. */
  public List<Key> unfinished() {
    return jdbc.sql(
            "select conversation_id, work_id from work_in_progress where kind = ? order by started_at")
        .param(kind)
        .query((row, number) -> new Key(row.getString(1), row.getString(2)))
        .list();
  }

  /** Starts a piece of work at once. */
  public void start(Key key, Runnable work, Interruption interruption) {
    if (!stopping) {
      threads.execute(() -> supervise(key, work, interruption));
    }
  }

  private void supervise(Key key, Runnable work, Interruption interruption) {
    Future<?> future = threads.submit(work);
    running.put(key, future);
    try {
      future.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      future.cancel(true);
      interruption.timedOut();
    } catch (ExecutionException failure) {
      if (!stopping) {
        interruption.failed(failure.getCause() == null ? failure : failure.getCause());
      }
    } catch (CancellationException ended) {
      return; // The log already says how it ended.
    } catch (InterruptedException shutdown) {
      Thread.currentThread().interrupt();
    } finally {
      running.remove(key);
    }
  }

  /** Lets running work end for a moment, then stops it; the next start resumes what is left. */
  public void stop() {
    stopping = true;
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
}
