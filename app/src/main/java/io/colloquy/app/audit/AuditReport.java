package io.colloquy.app.audit;

import io.colloquy.api.audit.AuditQuery.Entry;
import io.colloquy.api.audit.AuditQuery.Filter;
import io.colloquy.api.json.Json;
import io.colloquy.command.export.PdfPageNumbers;
import io.colloquy.proof.Checkpoint;
import io.colloquy.query.audit.AuditRows;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.Collectors;
import org.librepdf.openpdf.fonts.Liberation;
import org.openpdf.text.Document;
import org.openpdf.text.Font;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Phrase;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;

/**
 * Entries as a document to read, with the checkpoint that covers them. The other forms hold all.
 */
final class AuditReport {

  private static final int MOST_ENTRIES = 2_000;
  private static final int ENTRIES_AT_ONCE = 100;
  private static final int LONGEST_CONTENT = 400;
  private static final int MARGIN = 36;
  private static final int FOOT = 56;
  private static final float[] WIDTHS = {5, 13, 13, 9, 6, 40, 14};

  private final AuditRows rows;
  private final Font title;
  private final Font heading;
  private final Font text;

  AuditReport(AuditRows rows) throws IOException {
    this.rows = rows;
    this.title = Liberation.SANS_BOLD.create(16);
    this.heading = Liberation.SANS_BOLD.create(8);
    this.text = Liberation.SANS.create(7);
  }

  void write(Filter filter, Checkpoint covering, OutputStream out) throws IOException {
    Document document = new Document(PageSize.A4.rotate(), MARGIN, MARGIN, MARGIN, FOOT);
    PdfWriter writer = PdfWriter.getInstance(document, out);
    writer.setCloseStream(false);
    writer.setPageEvent(new PdfPageNumbers(text, "Audit log"));
    document.addTitle("Audit log");
    document.addCreator("Colloquy");
    document.open();
    document.add(new Paragraph("Audit log", title));
    document.add(new Paragraph(asked(filter), text));
    long entries = table(filter, covering, document);
    if (entries > MOST_ENTRIES) {
      document.add(
          new Paragraph(
              "The first %,d of %,d entries. The CSV and JSON Lines exports hold them all."
                  .formatted(MOST_ENTRIES, entries),
              heading));
    }
    checkpoint(covering, document);
    document.close();
  }

  private static String asked(Filter filter) {
    String conditions =
        filter.conditions().entrySet().stream()
            .map(condition -> condition.getKey() + " " + condition.getValue())
            .collect(Collectors.joining(", "));
    return conditions.isEmpty() ? "All entries" : "Entries with " + conditions;
  }

  private long table(Filter filter, Checkpoint covering, Document document) throws IOException {
    PdfPTable table = new PdfPTable(WIDTHS);
    table.setWidthPercentage(100);
    table.setSpacingBefore(10);
    table.setHeaderRows(1);
    table.setComplete(false);
    for (String name :
        new String[] {"#", "Time (UTC)", "Event", "Actor", "Outcome", "Content", "Hash"}) {
      PdfPCell cell = cell(name, heading);
      cell.setBackgroundColor(new Color(0xE9, 0xED, 0xFC));
      table.addCell(cell);
    }
    long[] entries = {0};
    rows.read(
        filter,
        covering.size(),
        row -> {
          if (++entries[0] <= MOST_ENTRIES) {
            add(row.entry(), table);
            if (entries[0] % ENTRIES_AT_ONCE == 0) {
              document.add(table);
            }
          }
        });
    table.setComplete(true);
    document.add(table);
    return entries[0];
  }

  private void add(Entry entry, PdfPTable table) {
    String content = Json.MAPPER.writeValueAsString(entry.payload());
    table.addCell(cell(Long.toString(entry.seq()), text));
    table.addCell(cell(entry.at(), text));
    table.addCell(cell(entry.type(), text));
    table.addCell(cell(entry.actor(), text));
    table.addCell(cell(entry.outcome(), text));
    table.addCell(
        cell(
            content.length() > LONGEST_CONTENT
                ? content.substring(0, LONGEST_CONTENT) + " …"
                : content,
            text));
    table.addCell(cell(entry.entryHash().substring(0, 16) + " …", text));
  }

  private void checkpoint(Checkpoint covering, Document document) {
    Paragraph words = new Paragraph("Checkpoint that covers these entries", heading);
    words.setSpacingBefore(14);
    document.add(words);
    document.add(new Paragraph(covering.note(), text));
    document.add(
        new Paragraph(
            "Key %s, Ed25519 signature %s".formatted(covering.keyId(), covering.signature()),
            text));
  }

  private static PdfPCell cell(String words, Font font) {
    PdfPCell cell = new PdfPCell(new Phrase(words, font));
    cell.setBorder(Rectangle.BOTTOM);
    cell.setBorderColor(new Color(0xDF, 0xE3, 0xEC));
    cell.setPadding(3);
    return cell;
  }
}
