package io.colloquy.command.catalogue;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.api.data.DataQuery.Sort;
import io.colloquy.api.widget.FormRules;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.DatePart;
import io.colloquy.command.catalogue.Catalogue.Dimension;
import io.colloquy.command.catalogue.Catalogue.Measure;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectLimitStep;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Turns a checked {@link DataQuery} into a parameterised statement. Only the catalogue names tables
 * and columns.
 */
final class QueryCompiler {

  /** Stands for a cell without a value. */
  static final String EMPTY = "(empty)";

  private final Catalogue catalogue;

  QueryCompiler(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The statement for some of a query's rows. */
  Select<? extends Record> page(DSLContext sql, DataQuery query, int offset, int limit) {
    int most = query.limit() == null ? limit : Math.clamp(query.limit() - (long) offset, 0, limit);
    return grouped(sql, query).limit(offset, most);
  }

  /** A statement with a column per dimension and measure, named like them, in the query's order. */
  Select<? extends Record> compile(DSLContext sql, DataQuery query) {
    SelectLimitStep<? extends Record> grouped = grouped(sql, query);
    return query.limit() == null ? grouped : grouped.limit(query.limit());
  }

  /**
   * A statement for the rows behind a query's figures: of its groups, those only that the query
   * shows.
   */
  SelectLimitStep<? extends Record> rowsBehind(DSLContext sql, DataQuery query) {
    Dataset dataset = catalogue.dataset(query.dataset());
    List<Field<?>> columns = new ArrayList<>();
    List<SortField<?>> order = new ArrayList<>();
    if (dataset.rowNumber() != null) {
      columns.add(field(name(dataset.rowNumber()), SQLDataType.NUMERIC).as(name("row")));
      order.add(field(name("row")).asc());
    }
    dataset
        .dimensions()
        .forEach(
            (name, dimension) -> {
              if (!dimension.isTime() || dimension.part() == DatePart.DAY) {
                columns.add(dimensionField(dataset, dimension).as(name(name)));
                order.add(field(name(name)).asc());
              }
            });
    dataset
        .measures()
        .forEach(
            (name, measure) -> {
              if (measure.column() != null && columns.stream().noneMatch(named(name))) {
                columns.add(field(name(measure.column())).cast(SQLDataType.NUMERIC).as(name(name)));
                order.add(field(name(name)).asc());
              }
            });
    return sql.select(columns)
        .from(from(dataset))
        .where(behind(sql, dataset, query))
        .orderBy(order);
  }

  private static Predicate<Field<?>> named(String name) {
    return field -> field.getName().equals(name);
  }

  /** The first, the last and the number of the rows behind a query, by their place in the file. */
  Select<? extends Record> span(DSLContext sql, DataQuery query) {
    Dataset dataset = catalogue.dataset(query.dataset());
    Field<BigDecimal> row =
        field(name(Objects.requireNonNull(dataset.rowNumber())), SQLDataType.NUMERIC);
    return sql.select(
            DSL.min(row).as(name("first")),
            DSL.max(row).as(name("last")),
            DSL.count().cast(SQLDataType.NUMERIC).as(name("number")))
        .from(from(dataset))
        .where(behind(sql, dataset, query));
  }

  /** The first and the last day of a dataset that has a time. */
  Select<? extends Record> days(DSLContext sql, Dataset dataset) {
    return sql.select(
            DSL.min(date(dataset)).as(name("first")), DSL.max(date(dataset)).as(name("last")))
        .from(from(dataset));
  }

  private List<Condition> behind(DSLContext sql, Dataset dataset, DataQuery query) {
    List<Condition> conditions = new ArrayList<>(conditions(dataset, query, false));
    boolean someGroups =
        query.limit() != null
            || query.filters().stream()
                .anyMatch(filter -> dataset.measures().containsKey(filter.dimension()));
    if (someGroups && !query.dimensions().isEmpty()) {
      Table<?> shown = compile(sql, query).asTable("shown");
      List<Field<?>> here = new ArrayList<>();
      List<Field<?>> there = new ArrayList<>();
      for (String dimension : query.dimensions()) {
        here.add(dimensionField(dataset, dataset.dimension(dimension)));
        there.add(shown.field(name(dimension)));
      }
      conditions.add(
          DSL.condition("({0}) in ({1})", DSL.list(here), DSL.select(there).from(shown)));
    }
    return conditions;
  }

  private static Table<Record> from(Dataset dataset) {
    return table(name(dataset.table().split("\\.")));
  }

  private SelectLimitStep<? extends Record> grouped(DSLContext sql, DataQuery query) {
    Dataset dataset = catalogue.dataset(query.dataset());
    if (query.measures().isEmpty()) {
      throw new Refusal(ErrorCode.QUERY_REFUSED, "A query needs at least one measure.");
    }
    List<Field<?>> dimensions = new ArrayList<>();
    for (String dimension : query.dimensions()) {
      dimensions.add(dimensionField(dataset, dataset.dimension(dimension)));
    }
    List<Field<?>> columns = new ArrayList<>();
    for (int i = 0; i < dimensions.size(); i++) {
      columns.add(dimensions.get(i).as(name(query.dimensions().get(i))));
    }
    for (String measure : query.measures()) {
      columns.add(measureField(dataset.measure(measure)).as(name(measure)));
    }
    return sql.select(columns)
        .from(from(dataset))
        .where(conditions(dataset, query, false))
        .groupBy(dimensions)
        .having(conditions(dataset, query, true))
        .orderBy(order(query));
  }

  private static List<Condition> conditions(Dataset dataset, DataQuery query, boolean ofMeasures) {
    return query.filters().stream()
        .filter(filter -> dataset.measures().containsKey(filter.dimension()) == ofMeasures)
        .map(filter -> condition(dataset, filter))
        .toList();
  }

  private static Condition condition(Dataset dataset, Filter filter) {
    Measure measure = dataset.measures().get(filter.dimension());
    if (measure != null && filter.operator() == Operator.CONTAINS) {
      throw new Refusal(
          ErrorCode.QUERY_REFUSED, "\"" + filter.dimension() + "\" is a figure, not a text.");
    }
    if (measure != null) {
      return comparison(measureField(measure), filter, numbers(filter));
    }
    Dimension dimension = dataset.dimension(filter.dimension());
    if (dimension.part() == DatePart.DAY && filter.operator() != Operator.CONTAINS) {
      return comparison(date(dataset), filter, dates(filter));
    }
    return comparison(dimensionField(dataset, dimension), filter, filter.values());
  }

  private static <T> Condition comparison(Field<T> field, Filter filter, List<T> values) {
    int needed = filter.operator() == Operator.BETWEEN ? 2 : 1;
    if (values.size() < needed) {
      throw new Refusal(
          ErrorCode.QUERY_REFUSED, "The filter on \"" + filter.dimension() + "\" lacks a value.");
    }
    return switch (filter.operator()) {
      case IN -> field.in(values);
      case NOT_IN -> field.notIn(values);
      case BETWEEN -> field.between(values.getFirst(), values.getLast());
      case AT_LEAST -> field.ge(values.getFirst());
      case AT_MOST -> field.le(values.getFirst());
      case CONTAINS -> field.containsIgnoreCase(values.getFirst());
    };
  }

  private static List<BigDecimal> numbers(Filter filter) {
    return filter.values().stream()
        .map(value -> value(filter, FormRules.number(value), "a number"))
        .toList();
  }

  private static List<LocalDate> dates(Filter filter) {
    return filter.values().stream()
        .map(value -> value(filter, FormRules.date(value), "a date like 2026-04-01"))
        .toList();
  }

  private static <T> T value(Filter filter, @Nullable T value, String needed) {
    if (value == null) {
      throw new Refusal(
          ErrorCode.QUERY_REFUSED,
          "The filter on \"%s\" needs %s.".formatted(filter.dimension(), needed));
    }
    return value;
  }

  private static Field<LocalDate> date(Dataset dataset) {
    Field<LocalDate> time =
        field(name(Objects.requireNonNull(dataset.time())), SQLDataType.LOCALDATE);
    // A column that was brought may hold instants, and their day is what is asked about.
    return dataset.external() ? time.cast(SQLDataType.LOCALDATE) : time;
  }

  private static Field<String> dimensionField(Dataset dataset, Dimension dimension) {
    DatePart part = dimension.part();
    Field<String> text =
        part != null
            ? field("to_char({0}, {1})", SQLDataType.VARCHAR, date(dataset), inline(part.pattern()))
            : field(name(Objects.requireNonNull(dimension.column())), SQLDataType.VARCHAR);
    return dimension.loose()
        ? DSL.coalesce(field("cast({0} as text)", SQLDataType.VARCHAR, text), inline(EMPTY))
        : text;
  }

  private static Field<BigDecimal> measureField(Measure measure) {
    if (measure.column() == null) {
      return DSL.count().cast(SQLDataType.NUMERIC);
    }
    Field<BigDecimal> column = field(name(measure.column()), SQLDataType.NUMERIC);
    return switch (measure.aggregate()) {
      case SUM -> DSL.coalesce(DSL.sum(column), inline(BigDecimal.ZERO));
      case AVG -> DSL.round(DSL.coalesce(DSL.avg(column), inline(BigDecimal.ZERO)), 2);
      case COUNT -> DSL.count(column).cast(SQLDataType.NUMERIC);
    };
  }

  private static List<SortField<?>> order(DataQuery query) {
    List<SortField<?>> order = new ArrayList<>();
    for (Sort sort : query.sort()) {
      if (!query.measures().contains(sort.field()) && !query.dimensions().contains(sort.field())) {
        throw new Refusal(
            ErrorCode.QUERY_REFUSED, "The query cannot be sorted by \"" + sort.field() + "\".");
      }
      Field<?> column = field(name(sort.field()));
      order.add(sort.descending() ? column.desc() : column.asc());
    }
    // The dimensions decide between equals, so that the same query always gives the same rows.
    query.dimensions().forEach(dimension -> order.add(field(name(dimension)).asc()));
    return order;
  }
}
