package io.colloquy.command.export;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.command.catalogue.DataReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;

/** The kinds of file data can be taken out as. */
public enum ExportFormat {
  CSV("Export CSV", "text/csv"),
  XLSX("Export Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
  PDF("Export PDF", "application/pdf");

  private final String label;
  private final String contentType;

  ExportFormat(String label, String contentType) {
    this.label = label;
    this.contentType = contentType;
  }

  /** The words on the button. */
  public String label() {
    return label;
  }

  /** The media type of the file. */
  public String contentType() {
    return contentType;
  }

  /** The name on the wire, which is also the ending of file names. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of that name.
   *
   * @throws Refusal when there is none
   */
  public static ExportFormat of(String wireName) {
    return Arrays.stream(values())
        .filter(format -> format.wireName().equals(wireName))
        .findFirst()
        .orElseThrow(
            () -> new Refusal(ErrorCode.INVALID_PARAMS, "There is no such format of file."));
  }

  /** The format of a file by its name. */
  public static ExportFormat ofFilename(String filename) {
    return of(filename.substring(filename.lastIndexOf('.') + 1));
  }

  /** Writes a file row by row, holding only some of the rows at a time. */
  void write(ExportContent content, DataReader reader, OutputStream out) throws IOException {
    switch (this) {
      case CSV -> CsvFormat.write(content, reader, out);
      case XLSX -> XlsxFormat.write(content, reader, out);
      case PDF -> PdfFormat.write(content, reader, out);
    }
  }
}
