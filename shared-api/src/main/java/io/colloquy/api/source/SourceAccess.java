package io.colloquy.api.source;

import java.util.List;
import java.util.Objects;

/**
 * Who may read a source beside its owner, who always may.
 *
 * @param permissions any one of these suffices; empty means everyone who may hold conversations
 * @param rows which rows they see
 */
public record SourceAccess(List<String> permissions, List<RowAccess> rows) {

  /** Copies the lists. */
  public SourceAccess {
    permissions = List.copyOf(Objects.requireNonNullElse(permissions, List.of()));
    rows = List.copyOf(Objects.requireNonNullElse(rows, List.of()));
  }

  /**
   * A rule that shows some rows only.
   *
   * @param dataset the table it is about
   * @param dimension what is looked at
   * @param values what it must be; {@code $user} stands for the reader's own user id
   * @param unless whoever holds one of these permissions sees all rows
   */
  public record RowAccess(
      String dataset, String dimension, List<String> values, List<String> unless) {

    /** Copies the lists. */
    public RowAccess {
      values = List.copyOf(Objects.requireNonNullElse(values, List.of()));
      unless = List.copyOf(Objects.requireNonNullElse(unless, List.of()));
    }
  }
}
