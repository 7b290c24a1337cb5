package io.colloquy.api.source;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.colloquy.api.access.ErrorCode;
import java.util.List;

/** What happened to a source. The JSON of these records is kept for good. */
public sealed interface SourceEvent {

  /** The source it is about. */
  String sourceId();

  /**
   * A file was taken in.
   *
   * @param sha256 of the file, hexadecimal
   */
  record SourceRegistered(
      String sourceId,
      String name,
      String owner,
      String filename,
      SourceKind kind,
      long bytes,
      String sha256,
      SourceAccess access)
      implements SourceEvent {}

  /**
   * The file was imported.
   *
   * @param sha256 of the file that was read
   */
  record SourceImported(String sourceId, String sha256, @JsonUnwrapped ImportedContent content)
      implements SourceEvent {}

  /** The file could not be imported; nothing of it was kept. */
  record SourceImportFailed(String sourceId, ErrorCode code, String message)
      implements SourceEvent {}

  /** The catalogue entry is this from now on. */
  record SourceEdited(String sourceId, String name, SourceAccess access, List<SourceTable> tables)
      implements SourceEvent {

    /** Copies the list. */
    public SourceEdited {
      tables = List.copyOf(tables);
    }
  }

  /** The source is gone, with all that was imported from it. */
  record SourceRemoved(String sourceId) implements SourceEvent {}
}
