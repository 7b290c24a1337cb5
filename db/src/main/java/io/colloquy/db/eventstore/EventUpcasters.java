package io.colloquy.db.eventstore;

import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns events as earlier versions stored them into those of today, each from one revision to the
 * next. What is stored is never changed; the audit log holds and hashes it as it is.
 */
public final class EventUpcasters {

  private EventUpcasters() {}

  /** All of them, in the order they are applied. */
  public static EventUpcaster all() {
    return new EventUpcasterChain(
        new Step("turn-completed", "1", "2", EventUpcasters::plannerApartFromModel));
  }

  /** The field {@code model} used to name whoever planned, also where no model was asked. */
  private static void plannerApartFromModel(ObjectNode event) {
    JsonNode planner = event.path("model");
    event.set("planner", planner);
    // A model's name has its provider in front; the product's own planners have none.
    if (!planner.asString("").contains(":")) {
      event.remove("model");
    }
  }

  private interface Change {
    void apply(ObjectNode event);
  }

  /** Takes one type of event from one revision to the next. */
  private static final class Step extends SingleEventUpcaster {

    private final SimpleSerializedType from;
    private final SimpleSerializedType to;
    private final Change change;

    Step(String type, String from, String to, Change change) {
      this.from = new SimpleSerializedType(type, from);
      this.to = new SimpleSerializedType(type, to);
      this.change = change;
    }

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
      return event.getType().equals(from);
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
      return event.upcastPayload(
          to,
          JsonNode.class,
          payload -> {
            ObjectNode changed = (ObjectNode) payload.deepCopy();
            change.apply(changed);
            return changed;
          });
    }
  }
}
