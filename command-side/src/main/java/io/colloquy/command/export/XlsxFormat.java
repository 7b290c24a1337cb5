package io.colloquy.command.export;

import io.colloquy.command.catalogue.DataReader;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/**
 * Writes a query's rows as an Excel workbook: figures as numbers, text as text that is never a
 * formula. Rows beyond what one sheet takes go on on the next; the last sheet names the source.
 */
final class XlsxFormat {

  private static final int ROWS_IN_MEMORY = 100;
  private static final int COLUMN_WIDTH = 18 * 256;

  private final ExportContent content;
  private final SXSSFWorkbook workbook;
  private final CellStyle heading;
  private final CellStyle figure;
  private final CellStyle text;
  private SXSSFSheet sheet;

  private XlsxFormat(ExportContent content, SXSSFWorkbook workbook) {
    this.content = content;
    this.workbook = workbook;
    Font bold = workbook.createFont();
    bold.setBold(true);
    this.heading = workbook.createCellStyle();
    heading.setFont(bold);
    this.figure = style("#,##0.##");
    this.text = style("@");
    this.sheet = nextSheet();
  }

  private CellStyle style(String format) {
    CellStyle style = workbook.createCellStyle();
    style.setDataFormat(workbook.createDataFormat().getFormat(format));
    return style;
  }

  static void write(ExportContent content, DataReader reader, OutputStream out) throws IOException {
    try (SXSSFWorkbook workbook = new SXSSFWorkbook(ROWS_IN_MEMORY)) {
      workbook.setCompressTempFiles(true);
      XlsxFormat format = new XlsxFormat(content, workbook);
      reader.stream(content.query(), format::row);
      format.source();
      workbook.write(out);
    }
  }

  private SXSSFSheet nextSheet() {
    SXSSFSheet next = workbook.createSheet("Data " + (workbook.getNumberOfSheets() + 1));
    List<String> headings = content.headings();
    Row row = next.createRow(0);
    for (int i = 0; i < headings.size(); i++) {
      Cell cell = row.createCell(i);
      cell.setCellValue(headings.get(i));
      cell.setCellStyle(heading);
      next.setColumnWidth(i, COLUMN_WIDTH);
    }
    next.createFreezePane(0, 1);
    return next;
  }

  private void row(Map<String, Object> cells) {
    if (sheet.getLastRowNum() == SpreadsheetVersion.EXCEL2007.getLastRowIndex()) {
      sheet = nextSheet();
    }
    Row row = sheet.createRow(sheet.getLastRowNum() + 1);
    for (Object value : cells.values()) {
      Cell cell = row.createCell(Math.max(row.getLastCellNum(), 0));
      if (value instanceof BigDecimal number) {
        cell.setCellValue(number.doubleValue());
        cell.setCellStyle(figure);
      } else {
        cell.setCellValue(String.valueOf(value));
        cell.setCellStyle(text);
      }
    }
  }

  private void source() {
    SXSSFSheet about = workbook.createSheet("Source");
    List<List<String>> lines =
        List.of(
            List.of("Title", content.title()),
            List.of("Source", content.source()),
            List.of("Asked for", content.at().toString()));
    for (int i = 0; i < lines.size(); i++) {
      Row row = about.createRow(i);
      row.createCell(0).setCellValue(lines.get(i).getFirst());
      row.createCell(1).setCellValue(lines.get(i).getLast());
    }
    about.setColumnWidth(1, 3 * COLUMN_WIDTH);
  }
}
