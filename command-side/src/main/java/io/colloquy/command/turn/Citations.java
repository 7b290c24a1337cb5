package io.colloquy.command.turn;

import io.colloquy.api.turn.Citation;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.DataReader.RowSpan;
import io.colloquy.command.catalogue.QueryResult;
import io.colloquy.command.source.Passages;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names the sources an answer was made from, with a glimpse of what was read. */
final class Citations {

  private static final int ROWS_SHOWN = 3;
  private static final Pattern CELLS = Pattern.compile("([A-Z]+)\\d+:([A-Z]+)\\d+$");

  private Citations() {}

  /**
   * The citation of rows.
   *
   * @param span where in its file they stand, null when they stand in none
   */
  static List<Citation> of(
      QueryResult result, Dataset dataset, double confidence, @Nullable RowSpan span) {
    if (result.rows().isEmpty()) {
      return List.of();
    }
    String glimpse =
        result.rows().stream()
            .limit(ROWS_SHOWN)
            .map(
                row ->
                    row.values().stream().map(Object::toString).collect(Collectors.joining(" · ")))
            .collect(Collectors.joining("; "));
    String more = result.rows().size() > ROWS_SHOWN ? "; …" : "";
    return List.of(
        new Citation(
            dataset.source().id(),
            dataset.source().name(),
            glimpse + more,
            confidence,
            null,
            location(dataset.source().location(), span)));
  }

  /** The cells that were read, such as {@code sales.xlsx, 2025!A17:F90 (31 rows)}. */
  static String location(String whole, @Nullable RowSpan span) {
    if (span == null) {
      return whole;
    }
    String cells =
        CELLS
            .matcher(whole)
            .replaceFirst(
                (MatchResult found) ->
                    "%s%d:%s%d"
                        .formatted(found.group(1), span.first(), found.group(2), span.last()));
    boolean gaps = span.number() < span.last() - span.first() + 1;
    return gaps ? "%s (%,d rows)".formatted(cells, span.number()) : cells;
  }

  /**
   * The citations of passages; how many of the question's words stand in each is the confidence.
   */
  static List<Citation> of(List<Passages.Found> passages) {
    return passages.stream()
        .map(
            passage ->
                new Citation(
                    passage.source().sourceId(),
                    passage.source().name(),
                    passage.snippet(),
                    passage.found(),
                    passage.page(),
                    location(passage)))
        .toList();
  }

  private static String location(Passages.Found passage) {
    String file = passage.source().filename();
    if (passage.page() != null) {
      return "%s, page %d".formatted(file, passage.page());
    }
    return passage.heading() == null ? file : "%s, \"%s\"".formatted(file, passage.heading());
  }
}
