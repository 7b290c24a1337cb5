package io.colloquy.api.conversation;

import io.colloquy.api.access.Refusal;
import io.colloquy.api.widget.DateRange;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the clients of a conversation share beside its turns, as the reference guide keeps it.
 *
 * @param activeFilters by what they filter; later turns obey them
 * @param selectedDateRange the days later turns are about, absent for all
 * @param activeDataSources the sources later turns may read; empty for all
 * @param widgetStates each widget's own state, by its id
 */
public record SharedState(
    Map<String, Object> activeFilters,
    @Nullable DateRange selectedDateRange,
    List<String> activeDataSources,
    Map<String, Object> widgetStates) {

  /** Nothing is filtered or selected. */
  public static final SharedState EMPTY = new SharedState(Map.of(), null, List.of(), Map.of());

  private static final String ALL_FILTERS = "all";

  /** Keeps the order in which filters were set. */
  public SharedState {
    activeFilters = Collections.unmodifiableMap(new LinkedHashMap<>(activeFilters));
    activeDataSources = List.copyOf(activeDataSources);
    widgetStates = Collections.unmodifiableMap(new LinkedHashMap<>(widgetStates));
  }

  /**
   * The state after a change that the log holds; one that can no longer be read changes nothing.
   */
  public SharedState after(String event, Map<String, Object> data) {
    try {
      return after(StateChange.of(event, data));
    } catch (Refusal fromAnEarlierVersion) {
      return this;
    }
  }

  private SharedState after(StateChange change) {
    return switch (change) {
      case StateChange.FilterUpdate filter ->
          new SharedState(
              filter.value() == null && filter.key().equals(ALL_FILTERS)
                  ? Map.of()
                  : with(activeFilters, filter.key(), filter.value()),
              selectedDateRange,
              activeDataSources,
              widgetStates);
      case StateChange.DateRangeUpdate dates ->
          new SharedState(activeFilters, dates.range(), activeDataSources, widgetStates);
      case StateChange.SourcesUpdate sources ->
          new SharedState(activeFilters, selectedDateRange, sources.sources(), widgetStates);
      case StateChange.WidgetStateUpdate widget ->
          new SharedState(
              activeFilters,
              selectedDateRange,
              activeDataSources,
              with(widgetStates, widget.widgetId(), widget.state()));
    };
  }

  private static Map<String, Object> with(
      Map<String, Object> before, String key, @Nullable Object value) {
    Map<String, Object> after = new LinkedHashMap<>(before);
    if (value == null) {
      after.remove(key);
    } else {
      after.put(key, value);
    }
    return after;
  }

  /** Whether turns may read a source: all are, or those its clients have chosen. */
  public boolean reads(String sourceId, String sourceName) {
    return activeDataSources.isEmpty()
        || activeDataSources.contains(sourceId)
        || activeDataSources.contains(sourceName);
  }

  /**
   * The state in the reference guide's names: {@code active_filters}, {@code selected_date_range},
   * {@code active_data_sources}, and {@code widget_<id>} for each widget.
   */
  public Map<String, @Nullable Object> named() {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    named.put("active_filters", activeFilters);
    named.put("selected_date_range", selectedDateRange);
    named.put("active_data_sources", activeDataSources);
    widgetStates.forEach((id, state) -> named.put("widget_" + id, state));
    return named;
  }
}
