package io.colloquy.command.turn;

import io.colloquy.api.turn.Citation;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.QueryResult;
import java.util.List;
import java.util.stream.Collectors;

/** Names the sources an answer was made from, with a glimpse of what was read. */
final class Citations {

  private static final int ROWS_SHOWN = 3;

  private Citations() {}

  static List<Citation> of(QueryResult result, Dataset dataset, double confidence) {
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
            dataset.source().location()));
  }
}
