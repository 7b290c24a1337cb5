package io.colloquy.command.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;
import org.jspecify.annotations.Nullable;

/**
 * Reads misspelt words as the known word they are closest to: one slip in a word of four to seven
 * letters, two in a longer one. Between two that are equally close nothing is guessed.
 */
final class Spelling {

  private static final int SHORTEST = 3;
  private static final int LONG = 7;

  private final Set<String> known;

  Spelling(Set<String> known) {
    this.known = known;
  }

  /**
   * A question with its words as they were meant.
   *
   * @param slips what was read as what, to be said in the answer
   */
  record Corrected(Words words, List<String> slips) {}

  Corrected correct(Words words) {
    List<String> stems = new ArrayList<>(words.stems());
    List<String> slips = new ArrayList<>();
    for (int i = 0; i < stems.size(); i++) {
      String stem = stems.get(i);
      String meant = meant(stem);
      if (meant != null) {
        stems.set(i, meant);
        slips.add("\"" + words.written().get(i) + "\" was read as \"" + meant + "\"");
      }
    }
    return new Corrected(new Words(List.copyOf(stems), words.written()), slips);
  }

  /** Between two words without content it does not matter which was meant. */
  private static boolean isHarmless(@Nullable String word) {
    return word != null
        && GrammarWords.FUNCTION.contains(word)
        && !TimeGrammar.WORDS.contains(word)
        && !GrammarWords.MOST.contains(word)
        && !GrammarWords.LEAST.contains(word);
  }

  private @Nullable String meant(String stem) {
    boolean mayBeASlip =
        stem.length() >= SHORTEST
            && !known.contains(stem)
            && !GrammarWords.COMMON.contains(stem)
            && stem.chars().allMatch(Character::isLetter);
    if (!mayBeASlip) {
      return null;
    }
    int allowed = stem.length() < LONG ? 1 : 2;
    DamerauLevenshteinDistance distance = new DamerauLevenshteinDistance(allowed);
    String closest = null;
    int least = allowed + 1;
    boolean tie = false;
    for (String word : known) {
      if (word.length() <= SHORTEST || Math.abs(word.length() - stem.length()) > allowed) {
        continue;
      }
      // People rarely get the first letter wrong.
      if (word.charAt(0) != stem.charAt(0)) {
        continue;
      }
      int slips = distance.apply(stem, word);
      if (slips >= 0 && slips < least) {
        closest = word;
        least = slips;
        tie = false;
      } else if (slips == least) {
        tie = true;
      }
    }
    boolean harmless = stem.length() > SHORTEST && isHarmless(closest);
    return tie && !harmless ? null : closest;
  }
}
