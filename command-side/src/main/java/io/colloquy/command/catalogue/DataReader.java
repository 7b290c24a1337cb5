package io.colloquy.command.catalogue;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.data.DataQuery;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs questions as a role that can read the data and nothing else, each with a time limit. */
@Component
public final class DataReader {

  /** A question that would show more rows than this is refused; an export may have any number. */
  public static final int MOST_ROWS = 10_000;

  private static final int FETCH_SIZE = 1_000;
  private static final String STATEMENT_TIMEOUT = "10s";
  private static final String EXPORT_TIMEOUT = "30min";
  private static final String QUERY_CANCELED = "57014";

  private final QueryCompiler compiler;
  private final DSLContext sql;
  private final TransactionTemplate readOnly;

  /** A reader of the catalogue's tables in the given database. */
  public DataReader(Catalogue catalogue, DataSource dataSource) {
    this.compiler = new QueryCompiler(catalogue);
    this.sql = DSL.using(new TransactionAwareDataSourceProxy(dataSource), SQLDialect.POSTGRES);
    this.readOnly = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    this.readOnly.setReadOnly(true);
    this.readOnly.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** Reads all rows of a query that fits on a screen. */
  public QueryResult read(DataQuery query) {
    List<Map<String, Object>> rows = new ArrayList<>();
    String statement =
        run(
            STATEMENT_TIMEOUT,
            () -> compiler.compile(sql, query),
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
    List<Map<String, Object>> rows = new ArrayList<>();
    AtomicLong total = new AtomicLong();
    String statement =
        run(
            STATEMENT_TIMEOUT,
            () -> {
              total.set(sql.fetchCount(compiler.compile(sql, query)));
              return compiler.page(sql, query, offset, limit);
            },
            rows::add);
    return new QueryResult(query, statement, List.copyOf(rows), total.get());
  }

  /** Reads rows one by one, without ever holding them all. */
  public void stream(DataQuery query, Consumer<Map<String, Object>> reader) {
    run(EXPORT_TIMEOUT, () -> compiler.compile(sql, query), reader);
  }

  private String run(
      String timeout,
      Supplier<? extends Select<? extends Record>> statement,
      Consumer<Map<String, Object>> reader) {
    try {
      return readOnly.execute(
          status -> {
            sql.execute("set local role colloquy_reader");
            sql.execute("set local statement_timeout = {0}", DSL.inline(timeout));
            var select = statement.get();
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
          value instanceof BigDecimal number ? plain(number) : String.valueOf(value));
    }
    return cells;
  }

  /** 450000.00 becomes 450000, so that a figure is always written the same way. */
  private static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
