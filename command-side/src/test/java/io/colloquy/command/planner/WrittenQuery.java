package io.colloquy.command.planner;

import io.colloquy.api.data.DataQuery;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A query in a line: {@code sales: revenue, units by region where date a..b sort -revenue limit 5}.
 */
public final class WrittenQuery {

  private WrittenQuery() {}

  /** The line. */
  public static String of(DataQuery query) {
    StringBuilder text =
        new StringBuilder(query.dataset() + ": " + String.join(", ", query.measures()));
    if (!query.dimensions().isEmpty()) {
      text.append(" by ").append(String.join(", ", query.dimensions()));
    }
    if (!query.filters().isEmpty()) {
      text.append(" where ")
          .append(
              query.filters().stream()
                  .map(filter -> filter.dimension() + " " + operator(filter))
                  .collect(Collectors.joining(" and ")));
    }
    query
        .sort()
        .forEach(
            sort ->
                text.append(" sort ").append(sort.descending() ? "-" : "").append(sort.field()));
    if (query.limit() != null) {
      text.append(" limit ").append(query.limit());
    }
    return text.toString();
  }

  private static String operator(DataQuery.Filter filter) {
    List<String> values = filter.values();
    return switch (filter.operator()) {
      case IN -> "in " + String.join("/", values);
      case NOT_IN -> "not in " + String.join("/", values);
      case BETWEEN -> values.getFirst() + ".." + values.getLast();
      case AT_LEAST -> ">= " + values.getFirst();
      case AT_MOST -> "<= " + values.getFirst();
      case CONTAINS -> "contains " + values.getFirst();
    };
  }
}
