package io.colloquy.command.widget;

import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goes from a query to the rows behind one of its items, one dimension at a time. */
public final class DrillPath {

  private DrillPath() {}

  /** The dimension a drill-down adds, or nothing when the query already shows the deepest level. */
  public static Optional<String> next(DataQuery query, Dataset dataset) {
    return dataset.drill().stream()
        .filter(dimension -> !query.dimensions().contains(dimension))
        .filter(dimension -> query.filters().stream().noneMatch(filter -> fixes(filter, dimension)))
        .findFirst();
  }

  private static boolean fixes(Filter filter, String dimension) {
    return filter.dimension().equals(dimension)
        && filter.operator() == Operator.IN
        && filter.values().size() == 1;
  }

  /**
   * The query one level deeper.
   *
   * @param item a value of the query's first dimension, or null for all of them
   */
  public static DataQuery deeper(DataQuery query, Dataset dataset, @Nullable String item) {
    List<Filter> filters = new ArrayList<>(query.filters());
    List<String> dimensions = new ArrayList<>(query.dimensions());
    if (item != null && !dimensions.isEmpty()) {
      String chosen = dimensions.removeFirst();
      filters.removeIf(
          filter -> filter.dimension().equals(chosen) && filter.operator() == Operator.IN);
      filters.add(new Filter(chosen, Operator.IN, List.of(item)));
    }
    DataQuery narrowed =
        new DataQuery(query.dataset(), query.measures(), dimensions, filters, List.of(), null);
    next(narrowed, dataset).ifPresent(dimensions::add);
    List<String> measures = new ArrayList<>(query.measures());
    dataset.measures().keySet().stream()
        .filter(measure -> !measures.contains(measure))
        .forEach(measures::add);
    return new DataQuery(query.dataset(), measures, dimensions, filters, List.of(), null);
  }
}
