package io.colloquy.command.planner;

import io.colloquy.api.data.DataQuery.Sort;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.Dimension;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads in which order a question wants its rows, and how many of them. */
final class Ranking {

  private static final Set<String> SORTED =
      Set.of("sort by", "sorted by", "ordered by", "ranked by", "rank by");
  private static final Set<String> ASCENDING =
      Set.of("ascending", "asc", "lowest first", "smallest first", "low to high");
  private static final int DEFAULT_TOP = 5;
  private static final int DEFAULT_TOP_OF_MANY = 10;

  private final Reading reading;
  private final Words words;
  private final Dataset dataset;

  Ranking(Reading reading, Dataset dataset) {
    this.reading = reading;
    this.words = reading.words();
    this.dataset = dataset;
  }

  /** 1 for the largest first, -1 for the smallest, 0 for none said. */
  int direction() {
    if (words.containsAny(GrammarWords.LEAST) && !isLimitWord("least", "minimum")) {
      return -1;
    }
    return words.containsAny(GrammarWords.MOST) && !isLimitWord("most", "maximum") ? 1 : 0;
  }

  /** "At least" is a limit, not a ranking. */
  private boolean isLimitWord(String... rank) {
    for (int i = 0; i < words.size(); i++) {
      boolean ranking =
          (GrammarWords.MOST.contains(words.stem(i)) || GrammarWords.LEAST.contains(words.stem(i)))
              && !(i > 0
                  && words.stem(i - 1).equals("at")
                  && List.of(rank).contains(words.stem(i)));
      if (ranking) {
        return false;
      }
    }
    return true;
  }

  List<Sort> sort(List<String> measures, List<String> dimensions) {
    if (dimensions.isEmpty()) {
      return List.of();
    }
    int direction = direction();
    if (direction != 0) {
      return List.of(new Sort(measures.getFirst(), direction > 0));
    }
    if (isSorted() || words.containsAny(Set.of("descending", "highest first"))) {
      String field = sortedBy(measures, dimensions);
      boolean descending =
          measures.contains(field)
              ? !words.containsAny(ASCENDING)
              : words.containsAny(Set.of("descending", "desc"));
      return List.of(new Sort(field, descending));
    }
    return List.of();
  }

  /** "Orders by region" counts orders; "order by region" sorts. */
  private boolean isSorted() {
    return words.containsAny(SORTED) || ordersBy() >= 0;
  }

  /** The place of the word in "order by", or -1. */
  int ordersBy() {
    for (int i = 0; i + 1 < words.size(); i++) {
      if (words.written().get(i).equalsIgnoreCase("order") && words.stem(i + 1).equals("by")) {
        return i;
      }
    }
    return -1;
  }

  private String sortedBy(List<String> measures, List<String> dimensions) {
    for (Reading.Found found : reading.matches()) {
      if (reading.follows(found.index(), SORTED) || found.index() == ordersBy() + 2) {
        for (Term term : found.terms()) {
          if (term instanceof Term.OfMeasure measure && measures.contains(measure.measure())) {
            return measure.measure();
          }
          if (term instanceof Term.OfDimension said && dimensions.contains(said.dimension())) {
            return said.dimension();
          }
        }
      }
    }
    return measures.getFirst();
  }

  @Nullable Integer limit(List<String> dimensions) {
    if (dimensions.isEmpty()) {
      return null;
    }
    Integer said = limitSaid();
    if (said != null || direction() == 0) {
      return said;
    }
    boolean anyNumber = words.stems().contains("top") || words.stems().contains("bottom");
    Dimension first = dataset.dimension(dimensions.getFirst());
    return anyNumber ? Integer.valueOf(DEFAULT_TOP) : first.open() ? DEFAULT_TOP_OF_MANY : null;
  }

  @Nullable Integer limitSaid() {
    for (int i = 0; i + 1 < words.size(); i++) {
      String stem = words.stem(i);
      String next = words.stem(i + 1);
      boolean ranking = GrammarWords.MOST.contains(stem) || GrammarWords.LEAST.contains(stem);
      if (ranking && count(next) != null) {
        return count(next);
      }
      // "5 best products" says the same.
      boolean nextRanks = GrammarWords.MOST.contains(next) || GrammarWords.LEAST.contains(next);
      if (nextRanks && count(stem) != null) {
        return count(stem);
      }
    }
    return null;
  }

  private static @Nullable Integer count(String word) {
    if (word.matches("[1-9]\\d{0,2}")) {
      return Integer.valueOf(word);
    }
    int at =
        List.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
            .indexOf(word);
    return at < 0 ? null : Integer.valueOf(at + 1);
  }
}
