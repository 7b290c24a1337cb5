package io.colloquy.app.audit;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.http.MediaType;

/** The forms in which entries are taken out. */
enum AuditFormat {
  /** For spreadsheets. */
  CSV(new MediaType("text", "csv", StandardCharsets.UTF_8)),
  /** For the verifier: entries as they are stored, with their proofs. */
  JSONL(MediaType.parseMediaType("application/x-ndjson")),
  /** For reading. */
  PDF(MediaType.APPLICATION_PDF);

  private final MediaType mediaType;

  AuditFormat(MediaType mediaType) {
    this.mediaType = mediaType;
  }

  MediaType mediaType() {
    return mediaType;
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static AuditFormat of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
