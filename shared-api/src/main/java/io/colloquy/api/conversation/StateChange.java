package io.colloquy.api.conversation;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.widget.DateRange;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change of a conversation's shared state, as clients name it. {@code filter_update} is the
 * reference guide's; the others carry the rest of the state it keeps.
 */
public sealed interface StateChange {

  /**
   * Sets or, with null, takes away an active filter; {@code all} with null takes all away.
   *
   * @param key what is filtered, such as {@code region}
   * @param value a value or a list of values
   */
  record FilterUpdate(String key, @Nullable Object value) implements StateChange {}

  /** Sets or, with null, takes away the selected days. */
  record DateRangeUpdate(@Nullable DateRange range) implements StateChange {}

  /** Says which sources later turns may read; none means all. */
  record SourcesUpdate(List<String> sources) implements StateChange {}

  /** Keeps a widget's own state; null forgets it. */
  record WidgetStateUpdate(String widgetId, @Nullable Object state) implements StateChange {}

  /** The names of the changes. */
  List<String> EVENTS =
      List.of("date_range_update", "filter_update", "sources_update", "widget_state_update");

  /**
   * Reads a change.
   *
   * @param event its name, one of {@link #EVENTS}
   * @param data {@code key} and {@code value}; a date range or list of sources needs no key
   * @throws Refusal when it is none of these
   */
  static StateChange of(String event, Map<String, Object> data) {
    Object value = data.get("value");
    return switch (event) {
      case "filter_update" -> new FilterUpdate(key(data), value);
      case "date_range_update" -> new DateRangeUpdate(range(value));
      case "sources_update" -> new SourcesUpdate(sources(value));
      case "widget_state_update" -> new WidgetStateUpdate(key(data), value);
      default -> throw invalid("\"event\" must be one of " + EVENTS + ".");
    };
  }

  private static String key(Map<String, Object> data) {
    if (data.get("key") instanceof String key && !key.isBlank() && key.length() <= 100) {
      return key;
    }
    throw invalid("\"data.key\" must be a name of at most 100 characters.");
  }

  private static @Nullable DateRange range(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    DateRange range = DateRange.of(value);
    if (range == null) {
      throw invalid(
          "\"data.value\" must be null or {\"start_date\",\"end_date\"} with days like 2026-01-31,"
              + " the end not before the start.");
    }
    return range;
  }

  private static List<String> sources(@Nullable Object value) {
    List<?> sources = value instanceof List<?> list ? list : value == null ? List.of() : null;
    if (sources == null
        || sources.size() > 100
        || !sources.stream()
            .allMatch(id -> id instanceof String text && !text.isBlank() && text.length() <= 100)) {
      throw invalid("\"data.value\" must be a list of at most 100 source ids.");
    }
    return sources.stream().map(Objects::toString).distinct().toList();
  }

  private static Refusal invalid(String sentence) {
    return new Refusal(ErrorCode.INVALID_REQUEST, sentence);
  }
}
