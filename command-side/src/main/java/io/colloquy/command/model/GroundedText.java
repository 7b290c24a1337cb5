package io.colloquy.command.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model's words on their way to people: figures that were not read are taken out, and so is
 * whatever would reach outside the conversation (links, pictures, markup). A word is held back
 * until what follows it has shown what it means.
 */
final class GroundedText {

  /** Stands where a figure was taken out. */
  static final String REMOVED = "[figure removed]";

  private static final String SCALE =
      "(?<scale>k|K|thousand|m|M|mn|Mio|million|bn|B|billion|trillion)?";
  private static final String GAP = "[ \\u00a0\\u202f]";

  /** A number, a number in words, or a word with digits in it: each is judged once. */
  private static final Pattern FIGURE =
      Pattern.compile(
          "(?<figure>(?<![\\p{L}\\p{Nd}])[-−]?[$€£¥]?(?<number>\\p{Nd}+(?:[.,'’]\\p{Nd}+|"
              + GAP
              + "\\p{Nd}{3}(?!\\p{Nd}))*)(?:"
              + GAP
              + "?"
              + SCALE
              + ")(?![\\p{L}\\p{Nd}]))"
              + "|(?<spelled>(?i:\\b(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
              + "|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty"
              + "|fifty|sixty|seventy|eighty|ninety|hundred|half|quarter|a|several)[ -](?:and )?)+"
              + "(?:thousand|million|billion|trillion|percent|per cent|dollars|euros|units)\\b))"
              + "|(?<mixed>[\\p{L}\\p{Nd}]*[\\p{Nd}\\p{No}\\p{Nl}][\\p{L}\\p{Nd}\\p{No}\\p{Nl}]*)");

  private static final Pattern OUTSIDE =
      Pattern.compile(
          "(?i)!?\\[([^\\]]*)\\]\\([^)]*\\)|\\b[a-z][a-z0-9+.-]*://\\S*|\\bwww\\.\\S+|\\b(?:javascript|data|vbscript):\\S*");

  /** What the log cannot hold: NUL, and half of a surrogate pair. */
  private static final Pattern UNSTORABLE =
      Pattern.compile(
          "\\x00|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]");

  private static final Pattern WORD_BOUNDARY = Pattern.compile("\\s");
  private static final int MOST_HELD = 400;
  private static final Map<String, BigDecimal> SCALES =
      Map.ofEntries(
          Map.entry("k", new BigDecimal(1_000)),
          Map.entry("thousand", new BigDecimal(1_000)),
          Map.entry("m", new BigDecimal(1_000_000)),
          Map.entry("mn", new BigDecimal(1_000_000)),
          Map.entry("mio", new BigDecimal(1_000_000)),
          Map.entry("million", new BigDecimal(1_000_000)),
          Map.entry("bn", new BigDecimal(1_000_000_000)),
          Map.entry("b", new BigDecimal(1_000_000_000)),
          Map.entry("billion", new BigDecimal(1_000_000_000)),
          Map.entry("trillion", new BigDecimal(1_000_000_000_000L)));

  private final Grounding grounding;
  private final Consumer<String> out;
  private final StringBuilder held = new StringBuilder();
  private final List<String> removed = new ArrayList<>();

  GroundedText(Grounding grounding, Consumer<String> out) {
    this.grounding = grounding;
    this.out = out;
  }

  void write(String piece) {
    held.append(piece);
    int end = settled();
    if (end > 0) {
      out.accept(checked(held.substring(0, end)));
      held.delete(0, end);
    }
  }

  void finish() {
    if (!held.isEmpty()) {
      out.accept(checked(held.toString()));
      held.setLength(0);
    }
  }

  /** The figures that were taken out. */
  List<String> removed() {
    return List.copyOf(removed);
  }

  /** Up to where nothing that follows can change what is meant: three words are held back. */
  private int settled() {
    int end = held.length();
    for (int words = 0; words < 3; words++) {
      end = lastBoundary(end - 1);
      if (end <= 0) {
        return held.length() > MOST_HELD ? held.length() : 0;
      }
    }
    // A number, or an opened link, may go on in what is held back.
    int cut = end;
    while (cut > 0 && touchesNumber(cut)) {
      cut = lastBoundary(cut - 1);
    }
    int bracket = held.lastIndexOf("[", cut);
    boolean open = bracket >= 0 && held.indexOf(")", bracket) < 0 && cut - bracket < MOST_HELD;
    return open ? bracket : Math.max(cut, 0);
  }

  private int lastBoundary(int from) {
    for (int i = Math.min(from, held.length() - 1); i > 0; i--) {
      if (WORD_BOUNDARY.matcher(held.substring(i, i + 1)).matches()) {
        return i;
      }
    }
    return 0;
  }

  private boolean touchesNumber(int cut) {
    int before = lastBoundary(cut - 1);
    return held.substring(before, cut).codePoints().anyMatch(Character::isDigit);
  }

  private String checked(String said) {
    String text = UNSTORABLE.matcher(said).replaceAll("");
    String harmless =
        OUTSIDE
            .matcher(text)
            .replaceAll(
                found -> found.group(1) == null ? "" : Matcher.quoteReplacement(found.group(1)));
    harmless = harmless.replace("<", "‹").replace("](", "] (");
    return FIGURE.matcher(harmless).replaceAll(this::judged);
  }

  private String judged(MatchResult found) {
    if (found.group("figure") != null) {
      return figure(found);
    }
    // "Q2" or "Phone15" may be a label; a number in words, "⅔" or "²" is a figure in disguise.
    boolean label = found.group("mixed") != null && grounding.allows(found.group(), BigDecimal.ONE);
    return label ? Matcher.quoteReplacement(found.group()) : remove(found);
  }

  private String figure(MatchResult found) {
    String number = found.group("number");
    String scale = found.group("scale");
    BigDecimal factor =
        scale == null
            ? BigDecimal.ONE
            : SCALES.getOrDefault(scale.toLowerCase(Locale.ROOT), BigDecimal.ONE);
    return grounding.allows(number, factor)
        ? Matcher.quoteReplacement(found.group())
        : remove(found);
  }

  private String remove(MatchResult found) {
    removed.add(found.group().strip());
    return Matcher.quoteReplacement(REMOVED);
  }
}
