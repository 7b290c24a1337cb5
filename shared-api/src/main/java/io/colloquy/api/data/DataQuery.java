package io.colloquy.api.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question to one dataset of the catalogue. It names measures and dimensions, never columns or
 * SQL.
 *
 * @param dataset the dataset's name in the catalogue
 * @param measures what is computed, at least one
 * @param dimensions what it is broken down by, in order
 * @param filters conditions that all hold
 * @param sort order of the rows; empty means by the dimensions
 * @param limit at most this many rows, absent for all
 */
public record DataQuery(
    String dataset,
    List<String> measures,
    List<String> dimensions,
    List<Filter> filters,
    List<Sort> sort,
    @Nullable Integer limit) {

  /** Copies the lists. */
  public DataQuery {
    measures = List.copyOf(measures);
    dimensions = List.copyOf(dimensions);
    filters = List.copyOf(filters);
    sort = List.copyOf(sort);
  }

  /** The same query under other conditions. */
  public DataQuery where(List<Filter> otherFilters) {
    return new DataQuery(dataset, measures, dimensions, otherFilters, sort, limit);
  }

  /**
   * A condition on one dimension.
   *
   * @param dimension the dimension's name
   * @param operator how its value is compared
   * @param values what it is compared with; numbers and dates as text in ISO form
   */
  public record Filter(String dimension, Operator operator, List<String> values) {

    /** Copies the list. */
    public Filter {
      values = List.copyOf(values);
    }
  }

  /** How a dimension is compared. {@code BETWEEN} includes both ends. */
  public enum Operator {
    IN,
    NOT_IN,
    BETWEEN,
    AT_LEAST,
    AT_MOST,
    CONTAINS
  }

  /**
   * One part of the order.
   *
   * @param field a measure or dimension of the query
   * @param descending whether the largest comes first
   */
  public record Sort(String field, boolean descending) {}
}
