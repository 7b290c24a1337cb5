package io.colloquy.query.batch;

import io.colloquy.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Collects the events a processor hands over one by one, and gives a projection all of a batch at
 * once, before the transaction that also moves the processor's position commits.
 */
public final class EventBatch {

  private EventBatch() {}

  /**
   * Adds an event to the batch of the current unit of work; {@code project} is called once with all
   * of them.
   */
  public static void collect(
      EventMessage<?> event, Object projection, Consumer<List<EventMessage<?>>> project) {
    UnitOfWork<?> batch = CurrentUnitOfWork.get().root();
    List<EventMessage<?>> events =
        batch.getOrComputeResource(
            EventBatch.class.getName() + projection.getClass().getName(),
            key -> {
              List<EventMessage<?>> collected = new ArrayList<>();
              batch.onPrepareCommit(unitOfWork -> project.accept(collected));
              return collected;
            });
    events.add(event);
  }

  /** Rows as one JSON array, to be unfolded by {@code jsonb_to_recordset} in a single statement. */
  public static String rows(List<?> rows) {
    return Json.MAPPER.writeValueAsString(rows);
  }
}
