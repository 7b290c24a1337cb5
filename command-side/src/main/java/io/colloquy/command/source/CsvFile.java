package io.colloquy.command.source;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.io.input.BOMInputStream;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/** A CSV file, in whatever encoding and with whatever delimiter it was written. */
final class CsvFile implements TabularFile {

  private static final char[] DELIMITERS = {',', ';', '\t', '|'};
  private static final int SAMPLED = 50;

  private final Path file;
  private final Charset charset;
  private final CSVFormat format;
  private final List<String> notes = new ArrayList<>();

  CsvFile(Path file) throws IOException {
    this.file = file;
    this.charset = charset(file);
    this.format = format(delimiter());
  }

  private Charset charset(Path file) throws IOException {
    String detected = UniversalDetector.detectCharset(file);
    if (detected == null || !Charset.isSupported(detected)) {
      notes.add("The encoding was not recognised; Windows-1252 was taken.");
      return Charset.forName("windows-1252");
    }
    Charset found = Charset.forName(detected);
    if (found.equals(StandardCharsets.UTF_8) || found.equals(StandardCharsets.US_ASCII)) {
      return StandardCharsets.UTF_8;
    }
    notes.add("Read as " + found.displayName() + ".");
    return found;
  }

  private static CSVFormat format(char delimiter) {
    return CSVFormat.RFC4180
        .builder()
        .setDelimiter(delimiter)
        .setIgnoreEmptyLines(false)
        .setIgnoreSurroundingSpaces(true)
        .get();
  }

  /** The delimiter that gives most of the first rows the same number of cells, and the most. */
  private char delimiter() throws IOException {
    char best = ',';
    long bestScore = -1;
    for (char delimiter : DELIMITERS) {
      Map<Integer, Integer> widths = new HashMap<>();
      try (CSVParser parser = CSVParser.parse(reader(), format(delimiter))) {
        Iterator<CSVRecord> records = parser.iterator();
        for (int i = 0; i < SAMPLED && records.hasNext(); i++) {
          widths.merge(records.next().size(), 1, Integer::sum);
        }
      } catch (UncheckedIOException | IllegalStateException unreadable) {
        continue;
      }
      long score =
          widths.entrySet().stream()
              .filter(width -> width.getKey() > 1)
              .mapToLong(width -> 1_000L * width.getValue() + Math.min(width.getKey(), 999))
              .max()
              .orElse(0);
      if (score > bestScore) {
        best = delimiter;
        bestScore = score;
      }
    }
    return best;
  }

  private Reader reader() throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            BOMInputStream.builder().setInputStream(Files.newInputStream(file)).get(), charset));
  }

  @Override
  public List<@Nullable String> sheets() {
    List<@Nullable String> one = new ArrayList<>();
    one.add(null);
    return one;
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public boolean isRagged(int cells, int columns) {
    return cells != columns;
  }

  @Override
  public void read(int sheet, RowReader rows) throws IOException {
    try (CSVParser parser = CSVParser.parse(reader(), format)) {
      Iterator<CSVRecord> records = parser.iterator();
      boolean more = true;
      while (more && records.hasNext()) {
        // Empty lines count, as they do where people look a row up.
        CSVRecord row = records.next();
        more = rows.row(row.getRecordNumber(), cells(row));
      }
    } catch (UncheckedIOException | IllegalStateException broken) {
      throw new Refusal(
          ErrorCode.FILE_REJECTED,
          "This is no readable CSV: a quotation mark is opened and never closed, or stands inside a cell.");
    }
  }

  private static List<@Nullable Object> cells(CSVRecord row) {
    List<@Nullable Object> cells = new ArrayList<>(row.size());
    for (String cell : row) {
      cells.add(cell.isBlank() ? null : cell.strip());
    }
    return cells;
  }
}
