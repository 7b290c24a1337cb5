package io.colloquy.db.eventstore;

import io.colloquy.api.json.EventTypes;
import io.colloquy.api.json.Json;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/** Writes events as the product's JSON under their logical names, with an explicit revision. */
public final class EventSerializer extends Jackson3Serializer {

  private static final String FIRST_REVISION = "1";

  /** Uses the product's one JSON mapping. */
  public EventSerializer() {
    super(Jackson3Serializer.builder().jsonMapperBuilderCustomizer(Json::configure));
  }

  @Override
  @SuppressWarnings("rawtypes")
  public SerializedType typeForClass(Class type) {
    if (EventTypes.classOf(EventTypes.nameOf(type)) != type) {
      return super.typeForClass(type);
    }
    Revision revision = ((Class<?>) type).getAnnotation(Revision.class);
    return new SimpleSerializedType(
        EventTypes.nameOf(type), revision == null ? FIRST_REVISION : revision.value());
  }

  @Override
  protected String resolveClassName(SerializedType type) {
    Class<?> event = EventTypes.classOf(type.getName());
    return event == null ? super.resolveClassName(type) : event.getName();
  }
}
