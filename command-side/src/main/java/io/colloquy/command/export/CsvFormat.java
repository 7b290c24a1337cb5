package io.colloquy.command.export;

import io.colloquy.command.catalogue.DataReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes a query's rows as CSV (RFC 4180, UTF-8), row by row. */
final class CsvFormat {

  private CsvFormat() {}

  static void write(ExportContent content, DataReader reader, OutputStream out) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    CSVPrinter csv = new CSVPrinter(writer, CSVFormat.RFC4180);
    csv.printRecord(content.headings());
    reader.stream(content.query(), row -> print(csv, row));
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
   * (OWASP, CSV injection).
   */
  static Object harmless(Object cell) {
    return cell instanceof String text
            && !text.isEmpty()
            && "=+-@\t\r\n＝＋－＠".indexOf(text.charAt(0)) >= 0
        ? "'" + text
        : cell;
  }
}
