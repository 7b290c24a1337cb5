package io.colloquy.command.export;

import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.Phrase;
import org.openpdf.text.pdf.ColumnText;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfPageEventHelper;
import org.openpdf.text.pdf.PdfTemplate;
import org.openpdf.text.pdf.PdfWriter;

/** Writes {@code Page 2 of 7} and the title below every page. */
public final class PdfPageNumbers extends PdfPageEventHelper {

  private static final float FROM_BELOW = 30;
  private static final float TOTAL_WIDTH = 30;

  private final Font font;
  private final String title;
  private PdfTemplate total = new PdfTemplate() {};

  /** Numbers in a font, with the document's title beside them. */
  public PdfPageNumbers(Font font, String title) {
    this.font = font;
    this.title = title;
  }

  @Override
  public void onOpenDocument(PdfWriter writer, Document document) {
    total = writer.getDirectContent().createTemplate(TOTAL_WIDTH, font.getSize() * 2);
  }

  @Override
  public void onEndPage(PdfWriter writer, Document document) {
    PdfContentByte page = writer.getDirectContent();
    ColumnText.showTextAligned(
        page, Element.ALIGN_LEFT, new Phrase(title, font), document.left(), FROM_BELOW, 0);
    ColumnText.showTextAligned(
        page,
        Element.ALIGN_RIGHT,
        new Phrase("Page " + writer.getPageNumber() + " of", font),
        document.right() - TOTAL_WIDTH,
        FROM_BELOW,
        0);
    page.addTemplate(total, document.right() - TOTAL_WIDTH + 3, FROM_BELOW);
  }

  /** How many pages there are is known at the end only; the same template stands on every page. */
  @Override
  public void onCloseDocument(PdfWriter writer, Document document) {
    int pages = writer.getPageNumber() - 1;
    ColumnText.showTextAligned(
        total, Element.ALIGN_LEFT, new Phrase(Integer.toString(pages), font), 0, 0, 0);
  }
}
