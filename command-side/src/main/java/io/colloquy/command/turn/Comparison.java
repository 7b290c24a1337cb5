package io.colloquy.command.turn;

import io.colloquy.api.access.Actor;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.command.catalogue.DataReaders;
import io.colloquy.command.catalogue.QueryResult;
import io.colloquy.command.catalogue.Vocabulary;
import io.colloquy.command.widget.PreviousPeriod;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Compares a single figure of a period with the period before, where the data covers both. */
@Component
class Comparison {

  private final DataReaders readers;
  private final Vocabulary vocabulary;

  Comparison(DataReaders readers, Vocabulary vocabulary) {
    this.readers = readers;
    this.vocabulary = vocabulary;
  }

  /** The figure of the period before, and the change against it in words. */
  record Earlier(QueryResult result, String delta) {}

  @Nullable Earlier with(QueryResult result, Actor actor) {
    DataQuery now = result.query();
    DataQuery before =
        PreviousPeriod.of(now).filter(query -> isCovered(query) && isCovered(now)).orElse(null);
    if (before == null || result.rows().isEmpty()) {
      return null;
    }
    QueryResult earlier = readers.of(actor).read(before);
    String measure = now.measures().getFirst();
    return PreviousPeriod.delta(result.total(measure), earlier.total(measure), before)
        .map(delta -> new Earlier(earlier, delta))
        .orElse(null);
  }

  /** A period the data covers only in part would look like a fall. */
  private boolean isCovered(DataQuery query) {
    LocalDate first = vocabulary.firstDay(query.dataset());
    LocalDate last = vocabulary.lastDay(query.dataset());
    List<Filter> days =
        query.filters().stream().filter(filter -> filter.dimension().equals("date")).toList();
    return first != null
        && last != null
        && days.size() == 1
        && !LocalDate.parse(days.getFirst().values().getFirst()).isBefore(first)
        && !LocalDate.parse(days.getFirst().values().getLast()).isAfter(last);
  }
}
