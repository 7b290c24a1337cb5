package io.colloquy.command.source;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.source.SourceColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.poi.ss.util.CellReference;
import org.jspecify.annotations.Nullable;

/**
 * The first reading of a sheet: finds its header and what its columns hold, and refuses what is no
 * table.
 */
final class SheetScan implements TabularFile.RowReader {

  /** A table with more columns is refused; PostgreSQL itself ends at 1,600. */
  static final int MOST_COLUMNS = 500;

  private static final int LOOKED_AT = 30;
  private static final Set<String> TOTALS =
      Set.of("total", "totals", "grand total", "sum", "gesamt", "summe");

  private final TabularFile file;
  private final List<Row> first = new ArrayList<>();
  private List<String> header = List.of();
  private final List<ColumnProfile> columns = new ArrayList<>();
  private boolean headed;
  private boolean begun;
  private long firstRow;
  private long lastRow;
  private long rows;
  private @Nullable Row held;
  private boolean totalLeftOut;

  SheetScan(TabularFile file) {
    this.file = file;
  }

  private record Row(long number, List<@Nullable Object> cells) {

    long filled() {
      return cells.stream().filter(cell -> cell != null).count();
    }

    boolean isTotal() {
      return cells.stream()
          .filter(cell -> cell != null)
          .findFirst()
          .filter(cell -> TOTALS.contains(String.valueOf(cell).strip().toLowerCase(Locale.ROOT)))
          .isPresent();
    }
  }

  @Override
  public boolean row(long number, List<@Nullable Object> cells) throws IOException {
    if (cells.size() > MOST_COLUMNS) {
      throw rejected(
          "Row %,d has %,d columns; a table can have %d at most."
              .formatted(number, cells.size(), MOST_COLUMNS));
    }
    Row row = new Row(number, cells);
    if (row.filled() == 0) {
      return true;
    }
    if (begun) {
      add(row);
    } else {
      first.add(row);
      if (first.size() == LOOKED_AT) {
        begin();
      }
    }
    return true;
  }

  /** Call once all rows were seen; says whether there is a table at all. */
  boolean finish() {
    if (!begun) {
      begin();
    }
    if (held != null && held.isTotal()) {
      totalLeftOut = true;
    } else if (held != null) {
      take(held);
    }
    return rows > 0;
  }

  /** The header is the first row about as wide as most; what stands above it is a title. */
  private void begin() {
    begun = true;
    long usual =
        first.stream()
            .collect(Collectors.groupingBy(Row::filled, Collectors.counting()))
            .entrySet()
            .stream()
            .max(Map.Entry.<Long, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .orElse(0L);
    int at = 0;
    while (at < first.size() && first.get(at).filled() * 5 < usual * 4) {
      at++;
    }
    if (at == first.size()) {
      return;
    }
    Row candidate = first.get(at);
    headed = isHeader(candidate);
    int width = headed ? candidate.cells().size() : width(at);
    header = headed ? labels(candidate) : letters(width);
    for (int i = 0; i < width; i++) {
      columns.add(new ColumnProfile());
    }
    for (Row row : first.subList(headed ? at + 1 : at, first.size())) {
      add(row);
    }
    first.clear();
  }

  private int width(int from) {
    return first.subList(from, first.size()).stream()
        .mapToInt(row -> row.cells().size())
        .max()
        .orElse(0);
  }

  /** Words that are all different, none of them a number, a date or a truth. */
  private static boolean isHeader(Row row) {
    Set<String> seen = new HashSet<>();
    boolean aYear = false;
    for (Object cell : row.cells()) {
      if (cell == null) {
        continue;
      }
      boolean year = cell.toString().matches("(19|20)\\d{2}");
      aYear |= year;
      boolean word =
          cell instanceof String text
              && CellFormat.ALL.stream()
                  .filter(format -> format.type() != SourceColumn.Type.BOOLEAN)
                  .allMatch(format -> format.parser().apply(text) == null);
      if (!(word || year) || !seen.add(cell.toString().toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    return !aYear || seen.size() > 1;
  }

  private static List<String> labels(Row row) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < row.cells().size(); i++) {
      Object cell = row.cells().get(i);
      labels.add(cell == null ? "Column " + letter(i) : cell.toString().replace("\0", ""));
    }
    return labels;
  }

  private static List<String> letters(int width) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      labels.add("Column " + letter(i));
    }
    return labels;
  }

  /** The last row is held back: it may be a total, which would count everything twice. */
  private void add(Row row) {
    if (file.isRagged(row.cells().size(), header.size())) {
      throw rejected(
          "Row %,d has %,d cells, but the table has %,d columns. Nothing was imported."
              .formatted(row.number(), row.cells().size(), header.size()));
    }
    if (held != null) {
      take(held);
    }
    held = row;
  }

  private void take(Row row) {
    firstRow = rows == 0 ? row.number() : firstRow;
    lastRow = row.number();
    rows++;
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).add(i < row.cells().size() ? row.cells().get(i) : null);
    }
  }

  private static Refusal rejected(String sentence) {
    return new Refusal(ErrorCode.FILE_REJECTED, sentence);
  }

  static String letter(int column) {
    return CellReference.convertNumToColString(column);
  }

  List<String> header() {
    return header;
  }

  List<ColumnProfile> columns() {
    return columns;
  }

  boolean headed() {
    return headed;
  }

  long firstRow() {
    return firstRow;
  }

  long lastRow() {
    return lastRow;
  }

  long rows() {
    return rows;
  }

  boolean totalLeftOut() {
    return totalLeftOut;
  }

  /** Where the rows stand, such as {@code A2:F120}. */
  String cells() {
    return "A%d:%s%d".formatted(firstRow, letter(columns.size() - 1), lastRow);
  }
}
