package io.colloquy.command.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was recognised in a question, word by word, longest phrase first.
 *
 * @param words the question
 * @param matches the phrases the catalogue knows
 * @param periods the times
 * @param unknown the content words nothing was found for, by their place
 * @param slips misspelt words that were read as what they were meant to be
 */
record Reading(
    Words words,
    List<Found> matches,
    List<Period> periods,
    Map<Integer, String> unknown,
    List<String> slips) {

  private static final Set<String> CHARTS =
      Set.of("area chart", "area graph", "heat map", "area plot", "column chart", "an area");

  /**
   * A recognised phrase.
   *
   * @param index its first word
   * @param length how many words it has
   * @param meanings what it may stand for, each with how well it fits
   */
  record Found(int index, int length, Map<Term, Integer> meanings) {

    List<Term> terms() {
      return List.copyOf(meanings.keySet());
    }

    /** What it may stand for in a dataset, of one kind. */
    <T extends Term> List<T> terms(Class<T> kind, String dataset) {
      return meanings.keySet().stream()
          .filter(kind::isInstance)
          .map(kind::cast)
          .filter(term -> dataset.equals(term.dataset()))
          .toList();
    }

    /** Whether it also names a dataset, as "sales" does. */
    boolean namesADataset() {
      return meanings.keySet().stream().anyMatch(Term.OfDataset.class::isInstance);
    }

    int end() {
      return index + length;
    }
  }

  static Reading of(Words asked, Lexicon lexicon, TimeGrammar.Reach reach) {
    Spelling.Corrected corrected = lexicon.spelling().correct(asked);
    Words words = corrected.words();
    TimeGrammar times = new TimeGrammar(words, reach);
    List<Found> matches = new ArrayList<>();
    List<Period> periods = new ArrayList<>();
    Map<Integer, String> unknown = new TreeMap<>();
    int index = 0;
    while (index < words.size()) {
      if (CHARTS.contains(words.phrase(index, 2))) {
        index += 2; // The "area" of an area chart is no region.
        continue;
      }
      Found found = longestAt(index, words, lexicon);
      TimeGrammar.Match time = times.at(index);
      if (time != null && (found == null || time.length() >= found.length())) {
        periods.add(time.period());
        index += time.length();
      } else if (found != null) {
        matches.add(found);
        index += found.length();
      } else {
        String stem = words.stem(index);
        if (!GrammarWords.FUNCTION.contains(stem)
            && !stem.matches("[\\d.,$€£%]+[kKmM]?|million|thousand|billion")) {
          unknown.put(index, words.written().get(index));
        }
        index++;
      }
    }
    return new Reading(words, matches, periods, unknown, corrected.slips());
  }

  private static @Nullable Found longestAt(int index, Words words, Lexicon lexicon) {
    for (int length = Lexicon.LONGEST_PHRASE; length > 0; length--) {
      Map<Term, Integer> meanings = lexicon.meaningsOf(words.phrase(index, length));
      if (!meanings.isEmpty()) {
        return new Found(index, length, meanings);
      }
    }
    return null;
  }

  /** The same reading with some words known after all. */
  Reading knowing(Set<Integer> places) {
    Map<Integer, String> left = new TreeMap<>(unknown);
    left.keySet().removeAll(places);
    return new Reading(words, matches, periods, left, slips);
  }

  Stream<Term> terms() {
    return matches.stream().flatMap(match -> match.terms().stream());
  }

  <T extends Term> Stream<T> terms(Class<T> kind) {
    return terms().filter(kind::isInstance).map(kind::cast);
  }

  /** Whether one of some words stands just before a place. */
  boolean follows(int index, Set<String> phrases) {
    for (int length = 1; length <= 3 && length <= index; length++) {
      if (phrases.contains(words.phrase(index - length, length))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the word at a place says what kind of a figure or dataset is meant: "gross revenue".
   */
  boolean qualifies(int place) {
    return matches.stream()
        .filter(found -> found.index() == place + 1)
        .flatMap(found -> found.terms().stream())
        .anyMatch(term -> term instanceof Term.OfMeasure || term instanceof Term.OfDataset);
  }

  /** Share of the question's content that was recognised, two decimals. */
  double confidence() {
    int known = matches.size() + periods.size();
    int all = known + unknown.size();
    return all == 0 ? 0 : Math.round(100.0 * known / all) / 100.0;
  }
}
