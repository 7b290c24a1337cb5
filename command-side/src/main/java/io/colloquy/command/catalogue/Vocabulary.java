package io.colloquy.command.catalogue;

import static io.colloquy.command.catalogue.QueryResult.text;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.data.DataQuery;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.DatePart;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The values the data really holds: what a filter may name, and how far the time reaches. A
 * dataset's are read once, when they are first needed.
 */
@Component
public class Vocabulary {

  private static final int MOST_DAYS = 300 * 366;

  private final Catalogue catalogue;
  private final DataReaders readers;
  private final ConcurrentHashMap<String, Values> known = new ConcurrentHashMap<>();

  /** A vocabulary of the catalogue's data. */
  public Vocabulary(Catalogue catalogue, DataReaders readers) {
    this.catalogue = catalogue;
    this.readers = readers;
  }

  /** What a dataset held when it was defined so. */
  private record Values(Dataset dataset, Map<String, List<String>> byDimension) {}

  /** All values of a dimension that can be listed, in order; empty for open ones. */
  public List<String> valuesOf(String name, String dimension) {
    Dataset dataset = catalogue.datasets().get(name);
    if (dataset == null) {
      return List.of();
    }
    return known
        .compute(
            name,
            (key, values) ->
                values != null && values.dataset().equals(dataset)
                    ? values
                    : new Values(dataset, read(readers.ofEverything(), name, dataset)))
        .byDimension()
        .getOrDefault(dimension, List.of());
  }

  /** The values an actor may see, which is what they may be offered to choose from. */
  public List<String> valuesFor(Actor actor, String name, String dimension) {
    Dataset dataset = catalogue.dataset(name);
    if (!dataset.mayBeReadBy(actor)) {
      return List.of();
    }
    return dataset.access() == null || dataset.access().rulesFor(actor).isEmpty()
        ? valuesOf(name, dimension)
        : values(readers.of(actor), name, dataset, dimension);
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

  private static Map<String, List<String>> read(DataReader reader, String name, Dataset dataset) {
    Map<String, List<String>> byDimension = new LinkedHashMap<>();
    List<LocalDate> days =
        reader
            .days(name)
            .map(span -> span.startDate().datesUntil(span.endDate().plusDays(1)))
            .orElse(Stream.of())
            .limit(MOST_DAYS)
            .toList();
    dataset
        .dimensions()
        .forEach(
            (dimension, definition) -> {
              if (definition.part() != null) {
                byDimension.put(dimension, parts(days, definition.part()));
              } else if (!definition.open()) {
                byDimension.put(dimension, listed(reader, name, dataset, dimension));
              }
            });
    return byDimension;
  }

  /** Times are worked out from the days there are: reading each of them would take long. */
  private static List<String> parts(List<LocalDate> days, DatePart part) {
    return days.stream().map(part::valueOf).distinct().toList();
  }

  /** A dimension that takes too long to list is as one that has too many values. */
  private static List<String> listed(
      DataReader reader, String name, Dataset dataset, String dimension) {
    try {
      return values(reader, name, dataset, dimension);
    } catch (Refusal tooLong) {
      return List.of();
    }
  }

  private static List<String> values(
      DataReader reader, String name, Dataset dataset, String dimension) {
    DataQuery distinct =
        new DataQuery(
            name,
            List.of(dataset.defaultMeasure()),
            List.of(dimension),
            List.of(),
            List.of(),
            null);
    return reader.read(distinct).rows().stream().map(row -> text(row, dimension)).toList();
  }
}
