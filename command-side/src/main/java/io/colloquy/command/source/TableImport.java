package io.colloquy.command.source;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.source.ImportedContent;
import io.colloquy.api.source.SourceColumn;
import io.colloquy.api.source.SourceTable;
import io.colloquy.command.work.ResumableWork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Imports a file of rows: the first reading finds out what its columns hold, the second copies them
 * into typed tables. A source can be asked about only once all of it is in.
 */
final class TableImport {

  private static final int ROWS_AT_ONCE = 2_000;
  private static final int MOST_SHEETS = 50;

  private final SourceStore store;
  private final ImportProgress progress;
  private final String sourceId;
  private final String name;
  private final TabularFile file;
  private final List<String> notes = new ArrayList<>();

  TableImport(
      SourceStore store, ImportProgress progress, String sourceId, String name, TabularFile file) {
    this.store = store;
    this.progress = progress;
    this.sourceId = sourceId;
    this.name = name;
    this.file = file;
  }

  ImportedContent run() throws IOException {
    List<@Nullable String> sheets = file.sheets();
    if (sheets.size() > MOST_SHEETS) {
      throw new Refusal(
          ErrorCode.FILE_REJECTED,
          "The workbook has %d sheets; %d can be imported at most."
              .formatted(sheets.size(), MOST_SHEETS));
    }
    List<SourceTable> tables = new ArrayList<>();
    long rows = 0;
    int columns = 0;
    for (int sheet = 0; sheet < sheets.size(); sheet++) {
      SheetScan scan = new SheetScan(file);
      file.read(
          sheet,
          (number, cells) -> {
            ResumableWork.checkNotStopped();
            progress.checking(sourceId, number);
            return scan.row(number, cells);
          });
      if (scan.finish()) {
        SourceTable table = load(sheet, tables.size(), sheets.get(sheet), sheets.size() > 1, scan);
        tables.add(table);
        rows += table.rows();
        columns += table.columns().size();
      } else if (sheets.get(sheet) != null && sheets.size() > 1) {
        notes.add("The sheet \"%s\" holds no table and was left out.".formatted(sheets.get(sheet)));
      }
    }
    if (tables.isEmpty()) {
      throw new Refusal(ErrorCode.FILE_REJECTED, "The file holds no rows.");
    }
    notes.addAll(file.notes());
    return new ImportedContent(rows, columns, tables, 0, 0, notes.stream().distinct().toList());
  }

  private SourceTable load(
      int sheet, int position, @Nullable String sheetName, boolean several, SheetScan scan)
      throws IOException {
    List<SourceColumn> columns = columns(scan);
    store.create(sourceId, position, columns);
    List<List<@Nullable Object>> batch = new ArrayList<>();
    file.read(
        sheet,
        (number, cells) -> {
          if (number < scan.firstRow() || number > scan.lastRow() || isEmpty(cells)) {
            return number < scan.lastRow();
          }
          batch.add(row(number, cells, columns, scan.columns()));
          if (batch.size() == ROWS_AT_ONCE) {
            ResumableWork.checkNotStopped();
            store.copy(sourceId, position, batch);
            batch.clear();
            progress.loading(sourceId, number, scan.lastRow());
          }
          return true;
        });
    if (!batch.isEmpty()) {
      store.copy(sourceId, position, batch);
    }
    store.finish(sourceId, position);
    note(scan);
    String title = several ? name + " " + sheetName : name;
    return new SourceTable(
        dataset(title, position),
        title,
        sheetName,
        scan.cells(),
        scan.rows(),
        ColumnGuess.synonyms(title),
        columns);
  }

  private static boolean isEmpty(List<@Nullable Object> cells) {
    return cells.stream().allMatch(cell -> cell == null);
  }

  private static List<@Nullable Object> row(
      long number,
      List<@Nullable Object> cells,
      List<SourceColumn> columns,
      List<ColumnProfile> profiles) {
    List<@Nullable Object> row = new ArrayList<>(columns.size() + 1);
    row.add(number);
    for (int i = 0; i < columns.size(); i++) {
      Object cell = i < cells.size() ? cells.get(i) : null;
      Object value = profiles.get(i).read(cell, columns.get(i).type());
      // PostgreSQL's text takes every character but this one.
      row.add(value instanceof String text ? text.replace("\0", "\uFFFD") : value);
    }
    return row;
  }

  private static List<SourceColumn> columns(SheetScan scan) {
    List<ColumnProfile> profiles = scan.columns();
    int time = time(scan);
    ColumnGuess guess = new ColumnGuess(time >= 0);
    List<SourceColumn> columns = new ArrayList<>();
    for (int i = 0; i < profiles.size(); i++) {
      ColumnProfile profile = profiles.get(i);
      columns.add(
          guess.column(
              SheetScan.letter(i),
              scan.header().get(i),
              profile.type(),
              profile.isUnique(),
              profile.isOpen(),
              profile.isPercentage(),
              profile.currency(),
              i == time));
    }
    return columns;
  }

  /** The column of dates that sounds most like a time, or -1. */
  private static int time(SheetScan scan) {
    int first = -1;
    for (int i = 0; i < scan.columns().size(); i++) {
      if (scan.columns().get(i).type() == SourceColumn.Type.DATE) {
        if (ColumnGuess.soundsLikeTime(scan.header().get(i))) {
          return i;
        }
        first = first < 0 ? i : first;
      }
    }
    return first;
  }

  private void note(SheetScan scan) {
    if (!scan.headed()) {
      notes.add("There is no header; the columns are called by their letters.");
    }
    if (scan.totalLeftOut()) {
      notes.add("The last row is a total and was left out.");
    }
    scan.columns().stream()
        .map(ColumnProfile::note)
        .filter(note -> note != null)
        .forEach(notes::add);
  }

  private String dataset(String title, int position) {
    String slug =
        title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
    String start = slug.isEmpty() ? "source" : slug.substring(0, Math.min(slug.length(), 40));
    return "%s_%s_%d".formatted(start, sourceId.substring(0, 8), position + 1);
  }
}
