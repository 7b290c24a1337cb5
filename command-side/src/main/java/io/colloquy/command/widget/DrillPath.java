package io.colloquy.command.widget;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes from a query to the rows behind one of its items, by one dimension or straight to any. */
public final class DrillPath {

  private DrillPath() {}

  /** The dimensions a drill-down may add, the next first; empty at the deepest level. */
  public static List<String> levels(DataQuery query, Dataset dataset) {
    return dataset.drill().stream()
        .filter(dimension -> !query.dimensions().contains(dimension))
        .filter(dimension -> query.filters().stream().noneMatch(filter -> fixes(filter, dimension)))
        .toList();
  }

  private static boolean fixes(Filter filter, String dimension) {
    return filter.dimension().equals(dimension)
        && filter.operator() == Operator.IN
        && filter.values().size() == 1;
  }

  /**
   * The query behind a selection.
   *
   * @param selection values of the query's dimensions; empty for all rows
   * @param level the dimension to go to, or null for the next one
   */
  public static DataQuery deeper(
      DataQuery query, Dataset dataset, Map<String, String> selection, @Nullable String level) {
    List<Filter> filters = new ArrayList<>(query.filters());
    List<String> dimensions = new ArrayList<>(query.dimensions());
    selection.forEach(
        (dimension, value) -> {
          if (!dimensions.remove(dimension)) {
            throw new Refusal(
                ErrorCode.INVALID_PARAMS,
                "This widget is not broken down by \"" + dimension + "\".");
          }
          filters.removeIf(
              filter -> filter.dimension().equals(dimension) && filter.operator() == Operator.IN);
          filters.add(new Filter(dimension, Operator.IN, List.of(value)));
        });
    DataQuery narrowed =
        new DataQuery(query.dataset(), query.measures(), dimensions, filters, List.of(), null);
    List<String> levels = levels(narrowed, dataset);
    if (level != null && !levels.contains(level)) {
      throw new Refusal(
          ErrorCode.INVALID_PARAMS,
          "\"params.level\" must be one of " + String.join(", ", levels) + ".");
    }
    if (level != null) {
      dimensions.add(level);
    } else if (!levels.isEmpty()) {
      dimensions.add(levels.getFirst());
    }
    List<String> measures = new ArrayList<>(query.measures());
    dataset.measures().keySet().stream()
        .filter(measure -> !measures.contains(measure))
        .forEach(measures::add);
    return new DataQuery(query.dataset(), measures, dimensions, filters, List.of(), null);
  }
}
