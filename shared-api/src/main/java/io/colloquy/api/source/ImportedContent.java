package io.colloquy.api.source;

import java.util.List;

/**
 * What was imported from a file.
 *
 * @param rows how many rows, over all tables
 * @param columns how many columns, over all tables
 * @param tables the tables; empty for documents
 * @param passages how many passages, for documents
 * @param pages how many pages, for documents that have them
 * @param notes what people should know about how the file was read
 */
public record ImportedContent(
    long rows, int columns, List<SourceTable> tables, int passages, int pages, List<String> notes) {

  /** Copies the lists. */
  public ImportedContent {
    tables = List.copyOf(tables);
    notes = List.copyOf(notes);
  }
}
