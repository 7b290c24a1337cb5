package io.colloquy.query.batch;

import io.colloquy.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Collects the events a processor hands over one by one, and gives a projection all of a batch at
 * once, before the transaction that also moves the processor's position commits.
 *
 * <p>When a batch fails, its events are taken one by one the next time, each within a savepoint:
 * the one that cannot be taken in is then known, and the processor can put it aside.
 */
public final class EventBatch {

  private final Projection projection;
  private final JdbcClient jdbc;
  private final TransactionTemplate savepoint;
  private final AtomicInteger oneByOne = new AtomicInteger();

  /** Batches for a projection. */
  public EventBatch(
      Projection projection, JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.projection = projection;
    this.jdbc = jdbc;
    this.savepoint = new TransactionTemplate(transactions);
    this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
  }

  /** Adds an event to the batch of the current unit of work. */
  public void collect(EventMessage<?> event) {
    UnitOfWork<?> batch = CurrentUnitOfWork.get().root();
    if (oneByOne.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      savepoint.executeWithoutResult(status -> projection.project(List.of(event), jdbc));
      return;
    }
    List<EventMessage<?>> events =
        batch.getOrComputeResource(
            EventBatch.class.getName() + projection.group(),
            key -> {
              List<EventMessage<?>> collected = new ArrayList<>();
              batch.onPrepareCommit(unitOfWork -> project(collected));
              return collected;
            });
    events.add(event);
  }

  private void project(List<EventMessage<?>> events) {
    try {
      projection.project(events, jdbc);
    } catch (RuntimeException failure) {
      oneByOne.set(events.size());
      throw failure;
    }
  }

  /** Rows as one JSON array, to be unfolded by {@code jsonb_to_recordset} in a single statement. */
  public static String rows(List<?> rows) {
    return Json.MAPPER.writeValueAsString(rows);
  }
}
