package io.colloquy.command.catalogue;

import io.colloquy.api.data.DataQuery;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.Dimension;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The values the data really holds: what a filter may name, and how far back the time reaches. Read
 * once, at the first question.
 */
@Component
public class Vocabulary {

  private final Catalogue catalogue;
  private final DataReader reader;
  private volatile @Nullable Map<String, Map<String, List<String>>> values;

  /** A vocabulary of the catalogue's data. */
  public Vocabulary(Catalogue catalogue, DataReader reader) {
    this.catalogue = catalogue;
    this.reader = reader;
  }

  /** All values of a dimension that can be listed, in order; empty for open ones. */
  public List<String> valuesOf(String dataset, String dimension) {
    return values().getOrDefault(dataset, Map.of()).getOrDefault(dimension, List.of());
  }

  /** The last day the dataset has data for, or null when it has no time. */
  public @Nullable LocalDate lastDay(String dataset) {
    List<String> days = valuesOf(dataset, "date");
    return days.isEmpty() ? null : LocalDate.parse(days.getLast());
  }

  /** The first day the dataset has data for, or null when it has no time. */
  public @Nullable LocalDate firstDay(String dataset) {
    List<String> days = valuesOf(dataset, "date");
    return days.isEmpty() ? null : LocalDate.parse(days.getFirst());
  }

  private Map<String, Map<String, List<String>>> values() {
    Map<String, Map<String, List<String>>> known = values;
    if (known == null) {
      synchronized (this) {
        known = Objects.requireNonNullElseGet(values, this::read);
        values = known;
      }
    }
    return known;
  }

  private Map<String, Map<String, List<String>>> read() {
    Map<String, Map<String, List<String>>> all = new LinkedHashMap<>();
    catalogue.datasets().forEach((name, dataset) -> all.put(name, valuesIn(name, dataset)));
    return all;
  }

  private Map<String, List<String>> valuesIn(String name, Dataset dataset) {
    Map<String, List<String>> byDimension = new LinkedHashMap<>();
    for (Map.Entry<String, Dimension> dimension : dataset.dimensions().entrySet()) {
      if (!dimension.getValue().open()) {
        DataQuery distinct =
            new DataQuery(
                name,
                List.of(dataset.defaultMeasure()),
                List.of(dimension.getKey()),
                List.of(),
                List.of(),
                null);
        byDimension.put(
            dimension.getKey(),
            reader.read(distinct).rows().stream()
                .map(row -> QueryResult.text(row, dimension.getKey()))
                .toList());
      }
    }
    return byDimension;
  }
}
