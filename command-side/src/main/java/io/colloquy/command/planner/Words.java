package io.colloquy.command.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A question as words, lower case and without plural endings, each beside how it was written. */
record Words(List<String> stems, List<String> written) {

  private static final Pattern WORD =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}|[\\p{L}\\p{N}][\\p{L}\\p{N}.,'’&-]*");
  private static final int LONGEST_PHRASE = 4;
  private static final Set<String> KEPT_ENDINGS = Set.of("ss", "us", "is", "as");

  static Words of(String text) {
    List<String> stems = new ArrayList<>();
    List<String> written = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      String word = matcher.group().replaceAll("[.,'’-]+$", "");
      written.add(word);
      stems.add(stem(word));
    }
    return new Words(List.copyOf(stems), List.copyOf(written));
  }

  /**
   * {@code Regions} and {@code region's} are {@code region}; {@code categories} is {@code
   * category}.
   */
  static String stem(String word) {
    String lower = word.toLowerCase(Locale.ROOT).replaceAll("['’]s$", "");
    if (lower.length() > 4 && lower.endsWith("ies")) {
      return lower.substring(0, lower.length() - 3) + "y";
    }
    if (lower.length() > 3
        && lower.endsWith("s")
        && KEPT_ENDINGS.stream().noneMatch(lower::endsWith)) {
      return lower.substring(0, lower.length() - 1);
    }
    return lower;
  }

  static String phrase(String text) {
    return String.join(" ", of(text).stems());
  }

  int size() {
    return stems.size();
  }

  String stem(int index) {
    return index < stems.size() ? stems.get(index) : "";
  }

  /**
   * The words from one place to another, as stems, joined by spaces; empty when they reach past the
   * end.
   */
  String phrase(int from, int length) {
    return from + length > stems.size() ? "" : String.join(" ", stems.subList(from, from + length));
  }

  String written(int from, int length) {
    return String.join(" ", written.subList(from, from + length));
  }

  boolean beginsWithAny(Set<String> phrases) {
    for (int length = 1; length <= LONGEST_PHRASE; length++) {
      if (phrases.contains(phrase(0, length))) {
        return true;
      }
    }
    return false;
  }

  boolean containsAny(Set<String> phrases) {
    for (int i = 0; i < size(); i++) {
      for (int length = 1; length <= LONGEST_PHRASE; length++) {
        if (phrases.contains(phrase(i, length))) {
          return true;
        }
      }
    }
    return false;
  }
}
