package io.colloquy.command.action;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.api.data.DataQuery.Sort;
import io.colloquy.command.widget.Widgets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table are asked for: {@code {"page": 2, "sort": {"field","descending"},
 * "filters": {column: text}}}, all of them optional.
 *
 * @param number the page, from 1
 * @param query the table's query, sorted and filtered as asked
 */
record PageRequest(int number, DataQuery query) {

  private static final int LAST_PAGE = 1_000_000;
  private static final int LONGEST_FILTER = 200;

  static PageRequest of(Map<String, Object> params, DataQuery table) {
    if (table.limit() != null && (params.get("sort") != null || params.get("filters") != null)) {
      throw invalid("This table is a ranking, which cannot be sorted or filtered otherwise.");
    }
    List<Filter> filters = new ArrayList<>(table.filters());
    filters.addAll(filters(params.get("filters"), table));
    return new PageRequest(
        number(params.get("page")),
        new DataQuery(
            table.dataset(),
            table.measures(),
            table.dimensions(),
            filters,
            sort(params.get("sort"), table),
            table.limit()));
  }

  int offset() {
    return (number - 1) * Widgets.MOST_TABLE_ROWS;
  }

  private static int number(@Nullable Object page) {
    if (page == null) {
      return 1;
    }
    if (page instanceof Integer number && number >= 1 && number <= LAST_PAGE) {
      return number;
    }
    throw invalid("\"params.page\" must be a whole number from 1 on.");
  }

  private static List<Sort> sort(@Nullable Object sort, DataQuery table) {
    if (sort == null) {
      return table.sort();
    }
    if (sort instanceof Map<?, ?> order
        && order.get("field") instanceof String field
        && (table.dimensions().contains(field) || table.measures().contains(field))) {
      return List.of(new Sort(field, Boolean.TRUE.equals(order.get("descending"))));
    }
    throw invalid("\"params.sort\" must be {\"field\",\"descending\"} with one of the columns.");
  }

  private static List<Filter> filters(@Nullable Object filters, DataQuery table) {
    List<Filter> found = new ArrayList<>();
    if (filters == null) {
      return found;
    }
    if (!(filters instanceof Map<?, ?> byColumn)) {
      throw invalid("\"params.filters\" must be an object with a text by column.");
    }
    byColumn.forEach(
        (column, text) -> {
          if (!(column instanceof String name && table.dimensions().contains(name))
              || !(text instanceof String words && words.length() <= LONGEST_FILTER)) {
            throw invalid("\"params.filters\" must be an object with a text by column.");
          }
          if (!words.isBlank()) {
            found.add(new Filter(name, Operator.CONTAINS, List.of(words)));
          }
        });
    return found;
  }

  private static Refusal invalid(String sentence) {
    return new Refusal(ErrorCode.INVALID_PARAMS, sentence);
  }
}
