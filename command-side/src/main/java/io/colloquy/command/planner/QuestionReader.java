package io.colloquy.command.planner;

import io.colloquy.api.access.Actor;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Vocabulary;
import io.colloquy.command.planner.TurnPlanner.Question;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads questions with the words their person may know. */
final class QuestionReader {

  private static final int MOST_LEXICONS = 50;

  private final Catalogue catalogue;
  private final Vocabulary vocabulary;
  private final Map<Object, Lexicon> lexicons = new LinkedHashMap<>();

  QuestionReader(Catalogue catalogue, Vocabulary vocabulary) {
    this.catalogue = catalogue;
    this.vocabulary = vocabulary;
  }

  /** A first reading, before it is known what the question is about. */
  Reading read(Question question) {
    return read(question, reachOf(question, null));
  }

  /** A reading of a question to a dataset. */
  Reading read(Question question, String dataset) {
    return read(question, reachOf(question, dataset));
  }

  /** A reading of a question that goes on from another. */
  Reading read(Question question, DataQuery before) {
    return read(question, reachAfter(question, before));
  }

  private Reading read(Question question, TimeGrammar.Reach reach) {
    Lexicon lexicon = lexicon(catalogue.datasetsFor(question.actor()), question.actor());
    return Reading.of(Words.of(question.content()), lexicon, reach);
  }

  /** An unsaid year is the latest that the dataset has data for. */
  private TimeGrammar.Reach reachOf(Question question, @Nullable String dataset) {
    String name =
        dataset != null
            ? dataset
            : catalogue.datasetsFor(question.actor()).entrySet().stream()
                .filter(entry -> entry.getValue().time() != null)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    return name == null
        ? TimeGrammar.Reach.of(question.today(), null, null)
        : TimeGrammar.Reach.of(
            question.today(), vocabulary.firstDay(name), vocabulary.lastDay(name));
  }

  Lexicon lexicon(Map<String, Dataset> readable, Actor actor) {
    boolean bound =
        readable.values().stream()
            .anyMatch(
                dataset ->
                    dataset.access() != null
                        && dataset.access().rows() != null
                        && !dataset.access().rows().isEmpty());
    Object key = bound ? List.of(readable, actor) : readable;
    synchronized (lexicons) {
      Lexicon known = lexicons.get(key);
      if (known != null) {
        return known;
      }
    }
    Lexicon learned = new Lexicon(catalogue, readable, vocabulary, actor);
    synchronized (lexicons) {
      if (lexicons.size() >= MOST_LEXICONS) {
        lexicons.clear();
      }
      lexicons.put(key, learned);
    }
    return learned;
  }

  /** "In Q1" after a question about 2025 is the first quarter of 2025. */
  private TimeGrammar.Reach reachAfter(Question question, DataQuery base) {
    TimeGrammar.Reach reach = reachOf(question, base.dataset());
    return base.filters().stream()
        .filter(
            filter -> filter.operator() == Operator.BETWEEN && filter.dimension().equals("date"))
        .map(filter -> filter.values().stream().map(day -> day.substring(0, 4)).distinct().toList())
        .filter(years -> years.size() == 1)
        .findFirst()
        .map(years -> reach.in(Integer.parseInt(years.getFirst())))
        .orElse(reach);
  }
}
