package io.colloquy.command.source;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.source.ImportedContent;
import io.colloquy.api.source.SourceKind;
import io.colloquy.command.source.SourceStore.NewPassage;
import io.colloquy.command.work.ResumableWork;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/** Imports a document: its words, cut into passages that are searched and cited. */
final class DocumentImport {

  private static final int MOST_PAGES = 5_000;
  private static final int PASSAGE_LENGTH = 900;
  private static final int LONGEST_PASSAGE = 4_000;
  private static final int PASSAGES_AT_ONCE = 200;

  private final SourceStore store;
  private final ImportProgress progress;
  private final String sourceId;
  private final List<NewPassage> batch = new ArrayList<>();
  private @Nullable String heading;
  private int passages;

  DocumentImport(SourceStore store, ImportProgress progress, String sourceId) {
    this.store = store;
    this.progress = progress;
    this.sourceId = sourceId;
  }

  ImportedContent run(Path file, SourceKind kind) throws IOException {
    int pages = kind == SourceKind.PDF ? pdf(file) : text(file);
    flush();
    if (passages == 0) {
      throw new Refusal(
          ErrorCode.FILE_REJECTED,
          kind == SourceKind.PDF
              ? "The PDF holds no text; scanned pages need text recognition first."
              : "The document is empty.");
    }
    return new ImportedContent(0, 0, List.of(), passages, pages, List.of());
  }

  private int pdf(Path file) throws IOException {
    try (PDDocument document =
        Loader.loadPDF(file.toFile(), IOUtils.createTempFileOnlyStreamCache())) {
      int pages = document.getNumberOfPages();
      if (pages > MOST_PAGES) {
        throw new Refusal(
            ErrorCode.FILE_REJECTED,
            "The PDF has %,d pages; %,d can be read at most.".formatted(pages, MOST_PAGES));
      }
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setParagraphStart("\n");
      for (int page = 1; page <= pages; page++) {
        ResumableWork.checkNotStopped();
        stripper.setStartPage(page);
        stripper.setEndPage(page);
        passagesOf(stripper.getText(document), page);
        progress.loading(sourceId, page, pages);
      }
      return pages;
    } catch (InvalidPasswordException locked) {
      throw new Refusal(
          ErrorCode.FILE_REJECTED, "The PDF is locked with a password. Upload it without one.");
    } catch (IOException damaged) {
      throw new Refusal(ErrorCode.FILE_REJECTED, "The PDF is damaged and cannot be read.");
    }
  }

  private int text(Path file) throws IOException {
    String detected = UniversalDetector.detectCharset(file);
    Charset charset =
        detected != null && Charset.isSupported(detected)
            ? Charset.forName(detected)
            : StandardCharsets.UTF_8;
    String text = new String(Files.readAllBytes(file), charset).replaceFirst("^\uFEFF", "");
    passagesOf(text, null);
    return 0;
  }

  /** Paragraphs joined until a passage has some length; a heading begins a new one. */
  private void passagesOf(String text, @Nullable Integer page) {
    StringBuilder passage = new StringBuilder();
    for (String paragraph : text.replace("\0", "\uFFFD").split("\\R\\s*\\R")) {
      String words = paragraph.strip();
      boolean isHeading = words.matches("(?s)#{1,6} .*");
      if (isHeading || passage.length() + words.length() > PASSAGE_LENGTH) {
        add(passage, page);
      }
      if (isHeading) {
        heading = words.lines().findFirst().orElse("").replaceFirst("^#+ ", "");
        words = words.lines().skip(1).collect(Collectors.joining("\n")).strip();
      }
      for (int from = 0; from < words.length(); from += LONGEST_PASSAGE) {
        passage.append(passage.isEmpty() ? "" : "\n\n");
        passage.append(words, from, Math.min(words.length(), from + LONGEST_PASSAGE));
        if (passage.length() > PASSAGE_LENGTH) {
          add(passage, page);
        }
      }
    }
    add(passage, page);
  }

  private void add(StringBuilder passage, @Nullable Integer page) {
    if (!passage.isEmpty()) {
      batch.add(new NewPassage(++passages, page, heading, passage.toString()));
      passage.setLength(0);
      if (batch.size() == PASSAGES_AT_ONCE) {
        flush();
      }
    }
  }

  private void flush() {
    if (!batch.isEmpty()) {
      store.addPassages(sourceId, batch);
      batch.clear();
    }
  }
}
