package io.colloquy.api.source;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table of an uploaded file, as questions see it.
 *
 * @param dataset its name in queries
 * @param title its name for people
 * @param sheet the sheet it came from, absent where a file has none
 * @param cells where in the sheet or file its rows stand, such as {@code A2:F120}
 * @param rows how many rows it has
 * @param synonyms other words for it
 * @param columns in the order of the file
 */
public record SourceTable(
    String dataset,
    String title,
    @Nullable String sheet,
    String cells,
    long rows,
    List<String> synonyms,
    List<SourceColumn> columns) {

  /** Copies the lists. */
  public SourceTable {
    synonyms = List.copyOf(Objects.requireNonNullElse(synonyms, List.of()));
    columns = List.copyOf(columns);
  }

  /** A place in the file, such as {@code Sheet1!A2:F120}. */
  public String place(String range) {
    return sheet == null ? range : sheet + "!" + range;
  }
}
