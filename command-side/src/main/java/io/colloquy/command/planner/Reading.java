package io.colloquy.command.planner;

import io.colloquy.command.catalogue.Vocabulary;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was recognised in a question, word by word, longest phrase first.
 *
 * @param words the question
 * @param matches the phrases the catalogue knows
 * @param periods the times
 * @param unknown the content words nothing was found for
 */
record Reading(Words words, List<Found> matches, List<Period> periods, List<String> unknown) {

  /** Words that carry no content of their own. */
  private static final Set<String> FUNCTION_WORDS =
      Set.copyOf(
          List.of(
              ("a an the of in on at to for from by per with and or as is are was were be do does did i me my we our us "
                      + "you your it its this that these those what which who how much many show give tell see list display get "
                      + "please can could would want need like let have has had there all each every any into up out about than "
                      + "make draw plot chart graph table view breakdown broken down split across compare comparison compared "
                      + "versus vs against between difference trend over time total overall sum number amount top best highest "
                      + "largest biggest most bottom worst lowest smallest least share percentage proportion pie bar line area heat map heatmap "
                      + "drill drill-down drilldown detail help find search look lookup where whose go open navigate take page "
                      + "only just more less above below under least help value named called data figure result performance "
                      + "develop developed evolve history historical change changed grow growth say hi hello world filter visualize visualise refine")
                  .split(" ")));

  private static final Set<String> CHARTS = Set.of("area chart", "area graph", "heat map");

  /**
   * A recognised phrase.
   *
   * @param index its first word
   * @param length how many words it has
   * @param terms what it may stand for
   */
  record Found(int index, int length, List<Term> terms) {}

  static Reading of(Words words, Lexicon lexicon, Vocabulary vocabulary, LocalDate today) {
    TimeGrammar times =
        new TimeGrammar(
            words, today, Objects.requireNonNullElse(vocabulary.lastDay("sales"), today));
    List<Found> matches = new ArrayList<>();
    List<Period> periods = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    int index = 0;
    while (index < words.size()) {
      if (CHARTS.contains(words.phrase(index, 2))) {
        index += 2; // The "area" of an area chart is no region.
        continue;
      }
      Found found = longestAt(index, words, lexicon);
      TimeGrammar.Match time = found != null && found.length() > 1 ? null : times.at(index);
      if (time != null) {
        periods.add(time.period());
        index += time.length();
      } else if (found != null) {
        matches.add(found);
        index += found.length();
      } else {
        String stem = words.stem(index);
        if (!FUNCTION_WORDS.contains(stem) && !stem.matches("[\\d.,]+k?")) {
          unknown.add(words.written().get(index));
        }
        index++;
      }
    }
    return new Reading(words, matches, periods, unknown);
  }

  private static @Nullable Found longestAt(int index, Words words, Lexicon lexicon) {
    for (int length = Lexicon.LONGEST_PHRASE; length > 0; length--) {
      List<Term> terms = lexicon.meaningsOf(words.phrase(index, length));
      if (!terms.isEmpty()) {
        return new Found(index, length, terms);
      }
    }
    return null;
  }

  Stream<Term> terms() {
    return matches.stream().flatMap(match -> match.terms().stream());
  }

  <T extends Term> Stream<T> terms(Class<T> kind) {
    return terms().filter(kind::isInstance).map(kind::cast);
  }

  /** Share of the question's content that was recognised, two decimals. */
  double confidence() {
    int known = matches.size() + periods.size();
    int all = known + unknown.size();
    return all == 0 ? 0 : Math.round(100.0 * known / all) / 100.0;
  }
}
