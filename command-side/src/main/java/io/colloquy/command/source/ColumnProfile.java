package io.colloquy.command.source;

import io.colloquy.api.source.SourceColumn.Type;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a column once all its cells were seen: what they hold, and how it is written.
 */
final class ColumnProfile {

  /** More different values than this are not listed. */
  static final int MOST_LISTED = 500;

  private static final int LONGEST_LISTED = 100;

  private final List<CellFormat> possible = new ArrayList<>(CellFormat.ALL);
  private final Set<Object> values = new HashSet<>();
  private boolean text;
  private boolean number;
  private boolean date;
  private boolean truth;
  private long filled;
  private long percents;
  private boolean open;
  private @Nullable String currency;

  void add(@Nullable Object cell) {
    if (cell == null || (cell instanceof String word && CellFormat.isNothing(word))) {
      return;
    }
    filled++;
    switch (cell) {
      case BigDecimal ignored -> number = true;
      case LocalDate ignored -> date = true;
      case Boolean ignored -> truth = true;
      default -> {
        String written = cell.toString();
        text = true;
        possible.removeIf(format -> format.parser().apply(written) == null);
        percents += written.endsWith("%") ? 1 : 0;
        currency = currency == null ? CellFormat.currencyIn(written) : currency;
      }
    }
    String key = cell.toString();
    open |= key.length() > LONGEST_LISTED;
    if (!open) {
      values.add(key);
      open = values.size() > MOST_LISTED;
    } else {
      values.clear();
    }
  }

  Type type() {
    int kinds = (number ? 1 : 0) + (date ? 1 : 0) + (truth ? 1 : 0);
    if (filled == 0 || kinds > 1) {
      return Type.TEXT;
    }
    Type typed = number ? Type.NUMBER : date ? Type.DATE : truth ? Type.BOOLEAN : null;
    if (!text) {
      return typed == null ? Type.TEXT : typed;
    }
    Type written = possible.isEmpty() ? Type.TEXT : possible.getFirst().type();
    return typed == null || typed == written ? written : Type.TEXT;
  }

  /** A cell as its column's type, null for an empty one. */
  @Nullable Object read(@Nullable Object cell, Type type) {
    if (cell == null || (cell instanceof String word && CellFormat.isNothing(word))) {
      return null;
    }
    return switch (type) {
      case TEXT -> cell instanceof BigDecimal figure ? figure.toPlainString() : cell.toString();
      case NUMBER, DATE, BOOLEAN ->
          cell instanceof String written ? possible.getFirst().parser().apply(written) : cell;
    };
  }

  boolean isOpen() {
    return open;
  }

  /** Whether no two cells are the same, as in a column of identifiers. */
  boolean isUnique() {
    return open || (filled > 10 && values.size() == filled);
  }

  boolean isPercentage() {
    return percents > 0 && percents == filled;
  }

  @Nullable String currency() {
    return currency;
  }

  /** What to say about a format that was chosen among several that fit. */
  @Nullable String note() {
    if (possible.size() < 2 || type() != Type.DATE || !text) {
      return null;
    }
    return possible.getFirst().ambiguous();
  }
}
