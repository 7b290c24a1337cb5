package io.colloquy.command.export;

import io.colloquy.api.data.DataQuery;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.DataReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes a query's rows as CSV (RFC 4180, UTF-8), row by row. */
final class CsvFormat {

  private CsvFormat() {}

  static void write(DataQuery query, Dataset dataset, DataReader reader, OutputStream out)
      throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    List<String> header = new ArrayList<>();
    query.dimensions().forEach(dimension -> header.add(dataset.dimension(dimension).label()));
    query.measures().forEach(measure -> header.add(dataset.measure(measure).axisLabel()));
    CSVPrinter csv = new CSVPrinter(writer, CSVFormat.RFC4180);
    csv.printRecord(header);
    reader.stream(query, row -> print(csv, row));
    csv.flush();
  }

  private static void print(CSVPrinter csv, Map<String, Object> row) {
    try {
      csv.printRecord(row.values().stream().map(CsvFormat::harmless).toList());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Spreadsheets run text that starts like a formula; a leading apostrophe makes it plain text
   * (OWASP).
   */
  static Object harmless(Object cell) {
    return cell instanceof String text && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
        ? "'" + text
        : cell;
  }
}
