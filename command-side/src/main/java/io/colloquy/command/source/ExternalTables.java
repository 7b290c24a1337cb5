package io.colloquy.command.source;

import io.colloquy.api.source.SourceColumn;
import io.colloquy.api.source.SourceColumn.Type;
import io.colloquy.api.source.SourceTable;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A catalogue of a schema nobody has described: its tables and views, with roles and synonyms
 * guessed as for an uploaded file.
 */
public final class ExternalTables {

  private static final int LOOKED_AT = 10_000;
  private static final String COLUMNS =
      """
      select c.table_name, c.column_name, c.data_type from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = ? and t.table_type in ('BASE TABLE', 'VIEW')
      order by c.table_name, c.ordinal_position
      """;

  private final JdbcClient jdbc;
  private final DSLContext sql;
  private final String schema;

  /** The tables of a schema. */
  public ExternalTables(DataSource database, String schema) {
    this.jdbc = JdbcClient.create(database);
    this.sql = DSL.using(database, SQLDialect.POSTGRES);
    this.schema = schema;
  }

  private record Column(String table, String name, String type) {}

  /** The catalogue, empty when the schema has no table that may be read. */
  public Catalogue catalogue() {
    Map<String, List<Column>> tables = new LinkedHashMap<>();
    jdbc.sql(COLUMNS)
        .param(schema)
        .query((row, number) -> new Column(row.getString(1), row.getString(2), row.getString(3)))
        .list()
        .forEach(
            column -> tables.computeIfAbsent(column.table(), key -> new ArrayList<>()).add(column));
    Map<String, Dataset> datasets = new LinkedHashMap<>();
    tables.forEach((table, columns) -> datasets.put(table, dataset(table, columns)));
    return new Catalogue(datasets, Map.of(), Map.of());
  }

  private Dataset dataset(String table, List<Column> columns) {
    String title = inWords(table);
    long rows = sql.fetchCount(DSL.table(DSL.name(schema, table)));
    SourceTable described =
        new SourceTable(
            table,
            title,
            null,
            "table " + schema + "." + table,
            rows,
            ColumnGuess.synonyms(title),
            columns(table, columns));
    return SourceDatasets.of(
        described,
        schema + "." + table,
        new Source(schema + "." + table, title, "table " + schema + "." + table),
        null,
        null,
        true);
  }

  private List<SourceColumn> columns(String table, List<Column> columns) {
    List<Column> readable = columns.stream().filter(column -> typeOf(column) != null).toList();
    int time = -1;
    for (int i = readable.size() - 1; i >= 0; i--) {
      boolean date = typeOf(readable.get(i)) == Type.DATE;
      if (date && (time < 0 || ColumnGuess.soundsLikeTime(readable.get(i).name()))) {
        time = i;
      }
    }
    ColumnGuess guess = new ColumnGuess(time >= 0);
    List<SourceColumn> described = new ArrayList<>();
    for (int i = 0; i < readable.size(); i++) {
      Column column = readable.get(i);
      Type type = Objects.requireNonNull(typeOf(column));
      boolean open = isOpen(table, column.name());
      described.add(
          guess.column(
              column.name(), inWords(column.name()), type, open, open, false, null, i == time));
    }
    return described;
  }

  private boolean isOpen(String table, String column) {
    Field<Object> field = DSL.field(DSL.name(column));
    var looked = DSL.select(field).from(DSL.table(DSL.name(schema, table))).limit(LOOKED_AT);
    Integer different =
        sql.select(
                DSL.countDistinct(DSL.field("{0}::text", String.class, DSL.name("looked", column))))
            .from(looked.asTable("looked"))
            .fetchOne(0, Integer.class);
    return different != null && different > ColumnProfile.MOST_LISTED;
  }

  /** What a column holds for us, or null when nothing can be asked of it. */
  private static @Nullable Type typeOf(Column column) {
    return switch (column.type()) {
      case "smallint", "integer", "bigint", "numeric", "real", "double precision", "money" ->
          Type.NUMBER;
      case "date", "timestamp without time zone", "timestamp with time zone" -> Type.DATE;
      case "boolean" -> Type.BOOLEAN;
      case "text", "character varying", "character", "uuid", "USER-DEFINED" -> Type.TEXT;
      default -> null;
    };
  }

  private static String inWords(String name) {
    String words = name.replace('_', ' ').strip();
    return words.isEmpty()
        ? name
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
