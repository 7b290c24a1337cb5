package io.colloquy.command.source;

import io.colloquy.api.source.SourceColumn;
import io.colloquy.api.source.SourceColumn.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.apache.commons.csv.CSVFormat;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.stereotype.Component;

/**
 * The tables that hold what was imported, one per sheet. Rows are copied in short transactions of
 * their own: a long one would hold up every reader of the log.
 */
@Component
class SourceStore {

  /** The column that says where in its file a row stood. */
  static final String ROW = "row_number_";

  private static final String SCHEMA = "source";
  private static final int MOST_SHEETS = 50;

  private final DataSource dataSource;
  private final DSLContext sql;

  SourceStore(DataSource dataSource) {
    this.dataSource = dataSource;
    this.sql = DSL.using(dataSource, SQLDialect.POSTGRES);
  }

  /** The table of a source's sheet, with its schema. */
  static String tableOf(String sourceId, int sheet) {
    return SCHEMA + "." + name(sourceId, sheet);
  }

  private static String name(String sourceId, int sheet) {
    return "t_" + sourceId.replace("-", "") + "_" + sheet;
  }

  /** The column's name in its table. */
  static String columnOf(SourceColumn column) {
    return "c_" + column.letter().toLowerCase(Locale.ROOT);
  }

  void create(String sourceId, int sheet, List<SourceColumn> columns) {
    var table = DSL.name(SCHEMA, name(sourceId, sheet));
    sql.dropTableIfExists(table).execute();
    var create = sql.createTable(table).column(DSL.name(ROW), SQLDataType.BIGINT.notNull());
    for (SourceColumn column : columns) {
      create = create.column(DSL.name(columnOf(column)), sqlType(column.type()));
    }
    create.constraint(DSL.primaryKey(DSL.name(ROW))).execute();
    sql.execute("grant select on {0} to colloquy_reader", table);
  }

  /** After the rows are in: tells the database what they are like. */
  void finish(String sourceId, int sheet) {
    sql.execute("analyze {0}", DSL.name(SCHEMA, name(sourceId, sheet)));
  }

  /** Removes all tables and passages of a source. */
  void drop(String sourceId) {
    for (int sheet = 0; sheet < MOST_SHEETS; sheet++) {
      sql.dropTableIfExists(DSL.name(SCHEMA, name(sourceId, sheet))).execute();
    }
    sql.deleteFrom(DSL.table(DSL.name(SCHEMA, "passage")))
        .where(DSL.field(DSL.name("source_id")).eq(sourceId))
        .execute();
  }

  /** Copies rows in, all or none of them. */
  void copy(String sourceId, int sheet, List<List<@Nullable Object>> rows) {
    StringBuilder csv = new StringBuilder();
    try {
      for (List<@Nullable Object> row : rows) {
        CSVFormat.POSTGRESQL_CSV.printRecord(csv, row.toArray());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    copy("%s.%s".formatted(SCHEMA, name(sourceId, sheet)), csv.toString());
  }

  private void copy(String target, String csv) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      // What is lost when the machine fails is imported again; it need not wait for the disk.
      statement.execute("set synchronous_commit = off");
      try {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "copy %s from stdin with (format csv)".formatted(target),
                new java.io.ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
      } finally {
        statement.execute("reset synchronous_commit");
      }
    } catch (SQLException | IOException failure) {
      throw new IllegalStateException("Rows could not be copied", failure);
    }
  }

  /** A piece of a document. */
  record NewPassage(int number, @Nullable Integer page, @Nullable String heading, String content) {}

  void addPassages(String sourceId, List<NewPassage> passages) {
    var insert =
        sql.insertInto(
            DSL.table(DSL.name(SCHEMA, "passage")),
            DSL.field(DSL.name("source_id")),
            DSL.field(DSL.name("number")),
            DSL.field(DSL.name("page")),
            DSL.field(DSL.name("heading")),
            DSL.field(DSL.name("content")));
    for (NewPassage passage : passages) {
      insert =
          insert.values(
              sourceId, passage.number(), passage.page(), passage.heading(), passage.content());
    }
    insert.execute();
  }

  private static DataType<?> sqlType(Type type) {
    return switch (type) {
      case TEXT -> SQLDataType.CLOB;
      case NUMBER -> SQLDataType.NUMERIC;
      case DATE -> SQLDataType.LOCALDATE;
      case BOOLEAN -> SQLDataType.BOOLEAN;
    };
  }
}
