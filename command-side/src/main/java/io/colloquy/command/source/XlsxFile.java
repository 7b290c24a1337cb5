package io.colloquy.command.source;

import com.github.pjfanning.xlsx.StreamingReader;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.poi.openxml4j.exceptions.OpenXML4JRuntimeException;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.NumberToTextConverter;
import org.jspecify.annotations.Nullable;

/**
 * An Excel workbook, read as a stream. What a formula came to when the file was last saved is read,
 * never computed; a workbook that takes values from other files is refused.
 */
final class XlsxFile implements TabularFile {

  /** What is inflated may be this many times larger than the file; POI stops at 100 per part. */
  private static final long LARGEST_SHARED_STRINGS = 512L * 1024 * 1024;

  private static final int ROWS_AT_ONCE = 200;
  private static final int BUFFER = 64 * 1024;

  private final Path file;
  private boolean formulas;

  XlsxFile(Path file) throws IOException {
    this.file = file;
    checkParts();
  }

  private void checkParts() throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.getEntry("xl/workbook.xml") == null) {
        throw rejected("This is a ZIP file, but no Excel workbook.");
      }
      ZipEntry strings = zip.getEntry("xl/sharedStrings.xml");
      if (strings != null && strings.getSize() > LARGEST_SHARED_STRINGS) {
        throw bomb();
      }
      if (zip.stream().anyMatch(part -> part.getName().startsWith("xl/externalLinks/"))) {
        throw rejected(
            "This workbook takes values from other files. Break its external links (in Excel: Data, Edit Links), save it and upload it again.");
      }
    } catch (java.util.zip.ZipException broken) {
      throw rejected("The file is damaged: it cannot be unpacked.");
    }
  }

  @Override
  public List<@Nullable String> sheets() throws IOException {
    return reading(
        workbook -> {
          List<@Nullable String> names = new ArrayList<>();
          for (int i = 0; i < workbook.getNumberOfSheets(); i++) {
            names.add(workbook.getSheetName(i));
          }
          return names;
        });
  }

  @Override
  public List<String> notes() {
    return formulas
        ? List.of("Some cells hold formulas; what they came to when the file was saved was read.")
        : List.of();
  }

  @Override
  public boolean isRagged(int cells, int columns) {
    return cells > columns; // Trailing empty cells are not written.
  }

  @Override
  public void read(int sheet, RowReader rows) throws IOException {
    reading(
        workbook -> {
          Sheet found = workbook.getSheetAt(sheet);
          for (Row row : found) {
            List<@Nullable Object> cells = cells(row);
            if (!cells.isEmpty() && !rows.row(row.getRowNum() + 1L, cells)) {
              break;
            }
          }
          return true;
        });
  }

  private interface Reading<T> {
    T of(Workbook workbook) throws IOException;
  }

  private <T> T reading(Reading<T> reading) throws IOException {
    try (Workbook workbook =
        StreamingReader.builder()
            .rowCacheSize(ROWS_AT_ONCE)
            .bufferSize(BUFFER)
            .setReadComments(false)
            .open(file.toFile())) {
      return reading.of(workbook);
    } catch (Refusal refusal) {
      throw refusal;
    } catch (RuntimeException | IOException failure) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (String.valueOf(cause.getMessage()).contains("Zip bomb")) {
          throw bomb();
        }
        if (cause instanceof Refusal refusal) {
          throw refusal;
        }
      }
      if (failure instanceof IOException
          || failure instanceof OpenXML4JRuntimeException
          || failure.getClass().getName().startsWith("com.github.pjfanning")
          || failure.getClass().getName().startsWith("org.apache.poi")) {
        throw rejected("The workbook is damaged, encrypted or no Excel workbook at all.");
      }
      throw failure;
    }
  }

  private List<@Nullable Object> cells(Row row) {
    List<@Nullable Object> cells = new ArrayList<>();
    for (Cell cell : row) {
      Object value = value(cell);
      if (value != null) {
        while (cells.size() < cell.getColumnIndex()) {
          cells.add(null);
        }
        cells.add(value);
      }
    }
    return cells;
  }

  private @Nullable Object value(Cell cell) {
    CellType type = cell.getCellType();
    if (type == CellType.FORMULA) {
      formulas = true;
      type = cell.getCachedFormulaResultType();
    }
    return switch (type) {
      case NUMERIC ->
          DateUtil.isCellDateFormatted(cell)
              ? cell.getLocalDateTimeCellValue().toLocalDate()
              : new BigDecimal(NumberToTextConverter.toText(cell.getNumericCellValue()));
      case BOOLEAN -> cell.getBooleanCellValue();
      case STRING -> {
        String text = cell.getStringCellValue();
        yield text.isBlank() ? null : text.strip();
      }
      case ERROR ->
          throw rejected(
              "Cell %s holds an error instead of a value. Mend it, save the file and upload it again."
                  .formatted(cell.getAddress().formatAsString()));
      case BLANK, _NONE, FORMULA -> null;
    };
  }

  private static Refusal bomb() {
    return rejected("The file unpacks to far more than its size; it was not read.");
  }

  private static Refusal rejected(String sentence) {
    return new Refusal(ErrorCode.FILE_REJECTED, sentence);
  }
}
