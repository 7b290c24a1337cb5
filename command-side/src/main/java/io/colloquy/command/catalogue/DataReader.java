package io.colloquy.command.catalogue;

import static io.colloquy.command.catalogue.QueryResult.figure;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.widget.DateRange;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the questions of one actor: only what they may read, as a role that can read the data and
 * nothing else, each with a time limit. One without an actor reads everything, for the product's
 * own vocabulary.
 */
public final class DataReader {

  /** A question that would show more rows than this is refused; an export may have any number. */
  public static final int MOST_ROWS = 10_000;

  private static final int FETCH_SIZE = 1_000;
  private static final String STATEMENT_TIMEOUT = "10s";
  private static final String EXPORT_TIMEOUT = "30min";
  private static final String QUERY_CANCELED = "57014";

  private final Catalogue catalogue;
  private final QueryCompiler compiler;
  private final DataReaders databases;
  private final @Nullable Actor actor;

  DataReader(Catalogue catalogue, DataReaders databases, @Nullable Actor actor) {
    this.catalogue = catalogue;
    this.compiler = new QueryCompiler(catalogue);
    this.databases = databases;
    this.actor = actor;
  }

  /** Reads all rows of a query that fits on a screen. */
  public QueryResult read(DataQuery query) {
    List<Map<String, Object>> rows = new ArrayList<>();
    DataQuery visible = visible(query);
    String statement =
        run(
            query,
            STATEMENT_TIMEOUT,
            sql -> compiler.compile(sql, visible),
            row -> {
              if (rows.size() == MOST_ROWS) {
                throw new Refusal(
                    ErrorCode.TOO_MANY_ROWS,
                    "That would be more than %,d rows. Please narrow the question."
                        .formatted(MOST_ROWS));
              }
              rows.add(row);
            });
    return new QueryResult(query, statement, List.copyOf(rows), rows.size());
  }

  /**
   * Reads some of the rows of a query that may have any number, and counts them all.
   *
   * @param offset how many rows to leave out before the first
   * @param limit how many rows to read at most
   */
  public QueryResult page(DataQuery query, int offset, int limit) {
    DataQuery visible = visible(query);
    return page(
        query,
        offset,
        sql -> compiler.compile(sql, visible),
        sql -> compiler.page(sql, visible, offset, limit));
  }

  /**
   * Reads some of the very rows a query's figures were made from, every column the catalogue knows,
   * in the order of their source.
   */
  public QueryResult rowsBehind(DataQuery query, int offset, int limit) {
    DataQuery visible = visible(query);
    return page(
        query,
        offset,
        sql -> compiler.rowsBehind(sql, visible),
        sql -> compiler.rowsBehind(sql, visible).offset(offset).limit(limit));
  }

  /** The first and last row of a file that a query read, empty when its rows have no place. */
  public Optional<RowSpan> span(DataQuery query) {
    Dataset dataset = catalogue.dataset(query.dataset());
    if (dataset.rowNumber() == null) {
      return Optional.empty();
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    DataQuery visible = visible(query);
    run(query, STATEMENT_TIMEOUT, sql -> compiler.span(sql, visible), rows::add);
    return rows.stream()
        .filter(row -> row.get("first") instanceof BigDecimal)
        .map(
            row ->
                new RowSpan(
                    figure(row, "first").longValue(),
                    figure(row, "last").longValue(),
                    figure(row, "number").longValue()))
        .findFirst();
  }

  /** The first and last day a dataset has data for, empty when it has no time or no rows. */
  Optional<DateRange> days(String name) {
    Dataset dataset = catalogue.dataset(name);
    if (dataset.time() == null) {
      return Optional.empty();
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    run(dataset, STATEMENT_TIMEOUT, sql -> compiler.days(sql, dataset), rows::add);
    Map<String, Object> row = rows.getFirst();
    return "".equals(row.get("first"))
        ? Optional.empty()
        : Optional.of(
            new DateRange(
                LocalDate.parse(QueryResult.text(row, "first")),
                LocalDate.parse(QueryResult.text(row, "last"))));
  }

  /**
   * Rows of a file.
   *
   * @param first the first row's number
   * @param last the last row's number
   * @param number how many there are
   */
  public record RowSpan(long first, long last, long number) {}

  /** Reads rows one by one, without ever holding them all. */
  public void stream(DataQuery query, Consumer<Map<String, Object>> reader) {
    DataQuery visible = visible(query);
    run(query, EXPORT_TIMEOUT, sql -> compiler.compile(sql, visible), reader);
  }

  /** The query with the rules that bind the actor; what they may not read at all is refused. */
  private DataQuery visible(DataQuery query) {
    Dataset dataset = catalogue.dataset(query.dataset());
    if (actor == null || dataset.access() == null) {
      return query;
    }
    if (!dataset.mayBeReadBy(actor)) {
      throw new Refusal(ErrorCode.NOT_PERMITTED, "You are not permitted to read this source.");
    }
    List<Filter> filters = new ArrayList<>(query.filters());
    dataset.access().rulesFor(actor).forEach(rule -> filters.add(rule.filterFor(actor)));
    return query.where(filters);
  }

  private QueryResult page(
      DataQuery query,
      int offset,
      Function<DSLContext, Select<? extends Record>> all,
      Function<DSLContext, Select<? extends Record>> some) {
    List<Map<String, Object>> rows = new ArrayList<>();
    AtomicLong total = new AtomicLong();
    String statement =
        run(
            query,
            STATEMENT_TIMEOUT,
            sql -> {
              total.set(sql.fetchCount(all.apply(sql)));
              return some.apply(sql);
            },
            rows::add);
    return new QueryResult(query, statement, List.copyOf(rows), Math.max(total.get(), offset));
  }

  private String run(
      DataQuery query,
      String timeout,
      Function<DSLContext, Select<? extends Record>> statement,
      Consumer<Map<String, Object>> reader) {
    return run(catalogue.dataset(query.dataset()), timeout, statement, reader);
  }

  private String run(
      Dataset dataset,
      String timeout,
      Function<DSLContext, Select<? extends Record>> statement,
      Consumer<Map<String, Object>> reader) {
    try {
      return databases.readOnly(
          dataset.external(),
          timeout,
          sql -> {
            var select = statement.apply(sql);
            try (Stream<? extends Record> rows = select.fetchSize(FETCH_SIZE).stream()) {
              rows.forEach(row -> reader.accept(cells(row)));
            }
            return select.getSQL();
          });
    } catch (DataAccessException failure) {
      if (QUERY_CANCELED.equals(failure.sqlState())) {
        throw new Refusal(
            ErrorCode.TIMEOUT, "Reading the data took too long. Please narrow the question.");
      }
      throw failure;
    }
  }

  private static Map<String, Object> cells(Record row) {
    Map<String, Object> cells = new LinkedHashMap<>();
    for (var field : row.fields()) {
      Object value = row.get(field);
      cells.put(
          field.getName(),
          switch (value) {
            case BigDecimal number -> plain(number);
            case Number number -> new BigDecimal(number.toString());
            case null -> "";
            default -> value.toString();
          });
    }
    return cells;
  }

  /** 450000.00 becomes 450000, so that a figure is always written the same way. */
  private static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
