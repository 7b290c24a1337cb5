package io.colloquy.command.source;

import io.colloquy.api.access.Permissions;
import io.colloquy.api.source.SourceAccess;
import io.colloquy.api.source.SourceColumn;
import io.colloquy.api.source.SourceColumn.Aggregation;
import io.colloquy.api.source.SourceTable;
import io.colloquy.api.source.SourceView;
import io.colloquy.command.catalogue.Catalogue.Access;
import io.colloquy.command.catalogue.Catalogue.Aggregate;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.DatePart;
import io.colloquy.command.catalogue.Catalogue.Dimension;
import io.colloquy.command.catalogue.Catalogue.Measure;
import io.colloquy.command.catalogue.Catalogue.Source;
import io.colloquy.command.catalogue.RowRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tables of imported sources, as the catalogue's datasets. */
public final class SourceDatasets {

  /** The count of rows, which every table has. */
  static final String ROW_COUNT = "row_count";

  /** Names that a table's time takes. */
  static final Set<String> TIME_PARTS = Set.of("year", "quarter", "month", "date");

  private static final int SEARCH_COLUMNS = 6;

  private SourceDatasets() {}

  /** The datasets of a source, by name. */
  static Map<String, Dataset> of(SourceView source) {
    Map<String, Dataset> datasets = new LinkedHashMap<>();
    List<SourceTable> tables = source.importedTables();
    for (int i = 0; i < tables.size(); i++) {
      SourceTable table = tables.get(i);
      datasets.put(
          table.dataset(),
          of(
              table,
              SourceStore.tableOf(source.sourceId(), i),
              new Source(
                  source.sourceId(),
                  source.name(),
                  source.filename() + ", " + table.place(table.cells())),
              access(source, table),
              SourceStore.ROW,
              false));
    }
    return datasets;
  }

  private static Access access(SourceView source, SourceTable table) {
    SourceAccess access = source.access();
    List<RowRule> rules =
        access.rows().stream()
            .filter(rule -> rule.dataset().equals(table.dataset()))
            .map(rule -> new RowRule(rule.dimension(), rule.values(), rule.unless()))
            .toList();
    List<String> permissions = new ArrayList<>(access.permissions());
    if (!permissions.isEmpty()) {
      permissions.add(Permissions.ADMIN);
    }
    return new Access(source.owner(), permissions, rules);
  }

  /** A table as a dataset; what its columns are good for is as it was guessed or edited. */
  static Dataset of(
      SourceTable table,
      String tableName,
      Source source,
      @Nullable Access access,
      @Nullable String rowNumber,
      boolean external) {
    Map<String, Measure> measures = new LinkedHashMap<>();
    Map<String, Dimension> dimensions = new LinkedHashMap<>();
    String time = null;
    for (SourceColumn column : table.columns()) {
      String sqlName = external ? column.letter() : SourceStore.columnOf(column);
      switch (column.role()) {
        case MEASURE ->
            measures.put(
                column.name(),
                new Measure(
                    column.aggregate() == Aggregation.AVG ? Aggregate.AVG : Aggregate.SUM,
                    sqlName,
                    column.label(),
                    column.unit(),
                    column.synonyms()));
        case TIME -> time = sqlName;
        case DIMENSION ->
            dimensions.put(
                column.name(),
                new Dimension(
                    sqlName, null, column.label(), column.open(), true, column.synonyms(), null));
        case NONE -> {
          // Not asked about.
        }
      }
    }
    List<String> drill = new ArrayList<>(dimensions.keySet());
    List<String> searched = drill.stream().limit(SEARCH_COLUMNS).toList();
    if (time != null) {
      for (DatePart part : DatePart.values()) {
        String label = part == DatePart.DAY ? "Date" : capitalised(part.name());
        dimensions.put(
            label.toLowerCase(Locale.ROOT),
            new Dimension(null, part, label, false, true, wordsOf(part), null));
      }
      drill.add("month");
      drill.add("date");
    }
    String noun = table.title().toLowerCase(Locale.ROOT) + " rows";
    measures.put(
        ROW_COUNT,
        new Measure(
            Aggregate.COUNT,
            null,
            "Number of rows",
            null,
            List.of("row", "record", "entry", "number of rows", "row count")));
    String first =
        measures.entrySet().stream()
            .filter(measure -> measure.getValue().aggregate() == Aggregate.SUM)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseGet(() -> measures.keySet().iterator().next());
    return new Dataset(
        table.title(),
        noun,
        "%,d rows from %s.".formatted(table.rows(), source.location()),
        tableName,
        source,
        table.synonyms(),
        time,
        first,
        searched.isEmpty() ? null : first,
        searched.isEmpty() ? null : searched,
        null,
        measures,
        dimensions,
        drill,
        null,
        access,
        rowNumber,
        external);
  }

  private static List<String> wordsOf(DatePart part) {
    return switch (part) {
      case YEAR -> List.of("yearly", "annual", "annually");
      case QUARTER -> List.of("quarterly");
      case MONTH -> List.of("monthly");
      case DAY -> List.of("day", "daily");
    };
  }

  private static String capitalised(String name) {
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }
}
