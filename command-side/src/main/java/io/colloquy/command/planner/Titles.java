package io.colloquy.command.planner;

import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an answer shows in a few words, such as {@code Q2 2026 Sales by Region}. */
public final class Titles {

  private Titles() {}

  /**
   * The title of a query.
   *
   * @param calledByDataset a figure the person called by the dataset's own name, empty for none
   */
  public static String of(DataQuery query, Dataset dataset, String calledByDataset) {
    List<String> parts = new ArrayList<>();
    query.filters().stream()
        .filter(
            filter -> filter.dimension().equals("date") && filter.operator() == Operator.BETWEEN)
        .findFirst()
        .ifPresent(filter -> parts.add(period(filter)));
    if (query.limit() != null && !query.sort().isEmpty()) {
      parts.add((query.sort().getFirst().descending() ? "Top " : "Bottom ") + query.limit());
    }
    parts.add(
        query.measures().stream()
            .map(
                measure ->
                    measure.equals(calledByDataset)
                        ? dataset.title()
                        : dataset.measure(measure).label())
            .collect(Collectors.joining(" and ")));
    if (!query.dimensions().isEmpty()) {
      parts.add(
          "by "
              + query.dimensions().stream()
                  .map(dimension -> dataset.dimension(dimension).label())
                  .collect(Collectors.joining(" and ")));
    }
    String title = String.join(" ", parts);
    String values =
        query.filters().stream()
            .filter(filter -> !dataset.measures().containsKey(filter.dimension()))
            .filter(filter -> filter.operator() != Operator.BETWEEN)
            .filter(filter -> !dataset.isTime(filter.dimension()))
            .map(
                filter ->
                    (filter.operator() == Operator.NOT_IN ? "without " : "")
                        + String.join(", ", filter.values()))
            .collect(Collectors.joining(", "));
    String text = values.isEmpty() ? title : title + ": " + values;
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String period(Filter filter) {
    return Period.between(
            LocalDate.parse(filter.values().getFirst()), LocalDate.parse(filter.values().getLast()))
        .label();
  }
}
