package io.colloquy.api.json;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.colloquy.api.access.AccessEvent;
import io.colloquy.api.audit.AuditEvent;
import io.colloquy.api.conversation.ConversationEvent;
import io.colloquy.api.export.ExportEvent;
import io.colloquy.api.preference.PreferenceEvent;
import io.colloquy.api.privacy.SubjectEvent;
import io.colloquy.api.source.SourceEvent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The logical names under which events are stored: {@code WidgetGenerated} is {@code
 * widget-generated}. The log never names a Java class.
 */
public final class EventTypes {

  private static final Map<String, Class<?>> BY_NAME =
      Stream.of(
              ConversationEvent.class,
              ExportEvent.class,
              PreferenceEvent.class,
              SourceEvent.class,
              AccessEvent.class,
              AuditEvent.class,
              SubjectEvent.class)
          .flatMap(stream -> Arrays.stream(stream.getPermittedSubclasses()))
          .collect(toUnmodifiableMap(EventTypes::nameOf, Function.identity()));

  private EventTypes() {}

  /** Every event type by its logical name. */
  public static Map<String, Class<?>> all() {
    return BY_NAME;
  }

  /** The logical name of an event class. */
  public static String nameOf(Class<?> event) {
    return event.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** The class stored under a logical name, or null when the name is none of ours. */
  public static @Nullable Class<?> classOf(String name) {
    return BY_NAME.get(name);
  }
}
