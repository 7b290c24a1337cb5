package io.colloquy.command.gateway;

import java.util.HashMap;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;

/**
 * The event that a piece of work goes back to. Bound while the work runs, it is written into every
 * event of the work, so that causes and effects can be followed through the log.
 */
public record Cause(EventMessage<?> event) {

  /** The event that caused it, or the command where it began. */
  public static final String CAUSATION = "causation_id";

  /** What all that goes back to the same beginning has in common. */
  public static final String CORRELATION = "correlation_id";

  /** The same for traces. */
  public static final String TRACE = "trace_id";

  /** The cause of what runs on this thread. */
  public static final ScopedValue<Cause> CURRENT = ScopedValue.newInstance();

  /** What the work's commands carry on. */
  public Map<String, Object> metadata() {
    Map<String, Object> metadata = new HashMap<>();
    metadata.put(CAUSATION, event.getIdentifier());
    for (String key : new String[] {CORRELATION, TRACE}) {
      Object value = event.getMetaData().get(key);
      if (value != null) {
        metadata.put(key, value);
      }
    }
    return metadata;
  }

  static Map<String, Object> current() {
    return CURRENT.isBound() ? CURRENT.get().metadata() : Map.of();
  }
}
