package io.colloquy.command.source;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.source.SourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.tika.Tika;

/** Says what a file holds, by its bytes; its name only tells apart what is all text. */
final class FileKinds {

  private static final Tika TIKA = new Tika();

  private FileKinds() {}

  /**
   * What a file holds.
   *
   * @throws Refusal when it is nothing that can be imported, or not what its name says
   */
  static SourceKind of(Path file, String filename) throws IOException {
    String name = filename.toLowerCase(Locale.ROOT);
    String bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = TIKA.detect(in);
    }
    if (Files.size(file) == 0) {
      throw rejected("The file is empty.");
    }
    if (name.matches(".*\\.xls[xm]")) {
      return requireKind(
          bytes.matches("application/(zip|x-tika-ooxml)"), SourceKind.XLSX, filename);
    }
    if (name.endsWith(".xls")) {
      throw rejected("Old Excel files (.xls) cannot be read; save the workbook as .xlsx.");
    }
    if (name.endsWith(".pdf")) {
      return requireKind(bytes.equals("application/pdf"), SourceKind.PDF, filename);
    }
    boolean text = bytes.startsWith("text/") || isUtf16(file);
    if (name.matches(".*\\.(csv|tsv)")) {
      return requireKind(text, SourceKind.CSV, filename);
    }
    if (name.matches(".*\\.(md|markdown)")) {
      return requireKind(text, SourceKind.MARKDOWN, filename);
    }
    if (name.endsWith(".txt")) {
      return requireKind(text, SourceKind.TEXT, filename);
    }
    throw rejected(
        "CSV, XLSX, PDF, Markdown and text files can be imported; this is none of them.");
  }

  private static boolean isUtf16(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] mark = in.readNBytes(2);
      return mark.length == 2
          && ((mark[0] == (byte) 0xFE && mark[1] == (byte) 0xFF)
              || (mark[0] == (byte) 0xFF && mark[1] == (byte) 0xFE));
    }
  }

  private static SourceKind requireKind(boolean fits, SourceKind kind, String filename) {
    if (!fits) {
      String ending = filename.substring(filename.lastIndexOf('.'));
      throw rejected("The file's content is not what its name (%s) says.".formatted(ending));
    }
    return kind;
  }

  private static Refusal rejected(String sentence) {
    return new Refusal(ErrorCode.FILE_REJECTED, sentence);
  }
}
