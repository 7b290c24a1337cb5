package io.colloquy.command.export;

import io.colloquy.api.widget.ChartType;
import io.colloquy.command.catalogue.Catalogue.Measure;
import io.colloquy.command.catalogue.ChartSeries;
import io.colloquy.command.catalogue.DataReader;
import io.colloquy.command.catalogue.Figures;
import io.colloquy.command.catalogue.QueryResult;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.librepdf.openpdf.fonts.Liberation;
import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.Image;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Phrase;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfTemplate;
import org.openpdf.text.pdf.PdfWriter;

/**
 * Writes a query's rows as a document to read: title, the widget's chart, the table, the source,
 * and numbered pages. A document is for people, so it shows the first 5,000 rows and says when
 * there are more; the other formats hold them all.
 */
final class PdfFormat {

  /** A longer table is for a spreadsheet. */
  static final int MOST_ROWS = 5_000;

  private static final int ROWS_AT_ONCE = 200;
  private static final int MARGIN = 48;
  private static final int FOOT = 56;
  private static final int WIDE_TABLE = 5;
  private static final float CHART_HEIGHT = 230;

  private final ExportContent content;
  private final Font title = Liberation.SANS_BOLD.create(18);
  private final Font heading = Liberation.SANS_BOLD.create(9);
  private final Font text = Liberation.SANS.create(9);

  private PdfFormat(ExportContent content) throws IOException {
    this.content = content;
  }

  static void write(ExportContent content, DataReader reader, OutputStream out) throws IOException {
    new PdfFormat(content).write(reader, out);
  }

  private void write(DataReader reader, OutputStream out) throws IOException {
    Rectangle page = content.headings().size() > WIDE_TABLE ? PageSize.A4.rotate() : PageSize.A4;
    Document document = new Document(page, MARGIN, MARGIN, MARGIN, FOOT);
    PdfWriter writer = PdfWriter.getInstance(document, out);
    // The stream is the store's to end.
    writer.setCloseStream(false);
    writer.setPageEvent(new PdfPageNumbers(text, content.title()));
    document.addTitle(content.title());
    document.addCreator("Colloquy");
    document.open();
    document.add(new Paragraph(content.title(), title));
    document.add(
        new Paragraph("As of " + content.at().truncatedTo(ChronoUnit.SECONDS) + " (UTC)", text));
    ChartType chart = content.chart();
    if (chart != null) {
      document.add(new Paragraph(" ", text));
      document.add(picture(chart, reader.read(content.query()), writer, page));
    }
    long rows = table(document, reader);
    if (rows > MOST_ROWS) {
      document.add(
          new Paragraph(
              "The first %,d of %,d rows. The CSV and Excel exports hold them all."
                  .formatted(MOST_ROWS, rows),
              heading));
    }
    Paragraph sources = new Paragraph("Source: " + content.source(), text);
    sources.setSpacingBefore(12);
    document.add(sources);
    document.close();
  }

  private Image picture(ChartType type, QueryResult result, PdfWriter writer, Rectangle page) {
    PdfTemplate canvas =
        writer.getDirectContent().createTemplate(page.getWidth() - 2 * MARGIN, CHART_HEIGHT);
    Measure measure = content.dataset().measure(content.query().measures().getFirst());
    new PdfChart(canvas, text.getBaseFont(), measure.axisLabel())
        .draw(type, ChartSeries.of(result, content.dataset()));
    return Image.getInstance(canvas);
  }

  private long table(Document document, DataReader reader) {
    List<String> headings = content.headings();
    PdfPTable table = new PdfPTable(headings.size());
    table.setWidthPercentage(100);
    table.setSpacingBefore(14);
    table.setHeaderRows(1);
    table.setComplete(false);
    for (int i = 0; i < headings.size(); i++) {
      PdfPCell cell = cell(headings.get(i), heading, i >= content.query().dimensions().size());
      cell.setBackgroundColor(new Color(0xE9, 0xED, 0xFC));
      table.addCell(cell);
    }
    long[] rows = {0};
    reader.stream(
        content.query(),
        row -> {
          rows[0]++;
          if (rows[0] <= MOST_ROWS) {
            row.forEach((name, value) -> table.addCell(cell(name, value)));
          }
          if (rows[0] <= MOST_ROWS && rows[0] % ROWS_AT_ONCE == 0) {
            document.add(table);
          }
        });
    table.setComplete(true);
    document.add(table);
    return rows[0];
  }

  private PdfPCell cell(String name, Object value) {
    return value instanceof BigDecimal number
        ? cell(Figures.written(number, content.dataset().measure(name)), text, true)
        : cell(String.valueOf(value), text, false);
  }

  private static PdfPCell cell(String words, Font font, boolean figure) {
    PdfPCell cell = new PdfPCell(new Phrase(words, font));
    cell.setHorizontalAlignment(figure ? Element.ALIGN_RIGHT : Element.ALIGN_LEFT);
    cell.setBorder(Rectangle.BOTTOM);
    cell.setBorderColor(new Color(0xDF, 0xE3, 0xEC));
    cell.setPadding(4);
    return cell;
  }
}
