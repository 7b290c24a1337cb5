package io.colloquy.command.source;

import io.colloquy.api.source.SourceColumn.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A way to write numbers, dates or truths in text. A column has the first one that fits all its
 * cells.
 *
 * @param ambiguous what to say when the format after it would have fitted as well
 */
record CellFormat(
    Type type, String name, Function<String, @Nullable Object> parser, @Nullable String ambiguous) {

  private static final Pattern CURRENCY = Pattern.compile("[$€£¥₹]|\\b(USD|EUR|GBP|CHF|JPY)\\b");
  private static final String GAP = "[ '’\\u00a0\\u202f]";
  private static final Pattern POINT =
      Pattern.compile(
          "\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d{1,3}(?:"
              + GAP
              + "\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?|\\.\\d+");
  private static final Pattern COMMA =
      Pattern.compile(
          "\\d{1,3}(?:\\.\\d{3})+(?:,\\d+)?|\\d{1,3}(?:"
              + GAP
              + "\\d{3})+(?:,\\d+)?|\\d+(?:,\\d+)?|,\\d+");
  private static final Pattern SCIENTIFIC = Pattern.compile("-?\\d+(\\.\\d+)?[eE][+-]?\\d{1,3}");
  private static final Pattern LEADING_ZERO = Pattern.compile("0\\d+");
  private static final Set<String> YES = Set.of("true", "yes", "y", "ja", "oui");
  private static final Set<String> NO = Set.of("false", "no", "n", "nein", "non");
  private static final Set<String> NOTHING =
      Set.of("-", "–", "n/a", "na", "#n/a", "null", "none", "nan");

  /** All formats, in the order of preference. */
  static final List<CellFormat> ALL =
      Stream.concat(
              Stream.of(
                  new CellFormat(Type.BOOLEAN, "yes or no", CellFormat::truth, null),
                  new CellFormat(Type.NUMBER, "1,234.56", text -> number(text, POINT, ','), null),
                  new CellFormat(Type.NUMBER, "1.234,56", text -> number(text, COMMA, '.'), null)),
              dates())
          .toList();

  private static Stream<CellFormat> dates() {
    String either =
        "Dates such as 03/04/2025 could be read two ways; %s was taken. Upload ISO dates (2025-04-03) to be sure.";
    return Stream.of(
        date("yyyy-MM-dd", null),
        date("yyyy/M/d", null),
        date("yyyy.M.d", null),
        date("d.M.yyyy", null),
        date("M/d/yyyy", either.formatted("month/day")),
        date("d/M/yyyy", null),
        date("d-M-yyyy", null),
        date("d-MMM-yyyy", null),
        date("d MMM yyyy", null),
        date("MMM d, yyyy", null),
        date("MMMM d, yyyy", null));
  }

  private static CellFormat date(String pattern, @Nullable String ambiguous) {
    DateTimeFormatter format =
        new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern(pattern.replace("yyyy", "uuuu"))
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);
    Pattern time =
        Pattern.compile(
            "[T ]\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d+)?)?\\s*(Z|[AaPp][Mm]|[+-]\\d{2}:?\\d{2})?$");
    return new CellFormat(
        Type.DATE,
        pattern,
        text -> {
          try {
            return text.length() > 40
                ? null
                : LocalDate.parse(time.matcher(text).replaceFirst("").strip(), format);
          } catch (DateTimeException other) {
            return null;
          }
        },
        ambiguous);
  }

  private static @Nullable Object truth(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    return YES.contains(word) ? Boolean.TRUE : NO.contains(word) ? Boolean.FALSE : null;
  }

  private static @Nullable Object number(String text, Pattern style, char thousands) {
    if (text.length() > 60) {
      return null;
    }
    if (SCIENTIFIC.matcher(text).matches()) {
      return new BigDecimal(text);
    }
    String bare = CURRENCY.matcher(text).replaceFirst("").replaceFirst("%$", "").strip();
    boolean negative = bare.startsWith("-") || bare.startsWith("−") || bare.matches("\\(.*\\)");
    bare = bare.replaceFirst("^[-−+(]\\s*", "").replaceFirst("\\)$", "").strip();
    if (!style.matcher(bare).matches() || LEADING_ZERO.matcher(bare).matches()) {
      return null; // 00123 is a name, not a number.
    }
    String digits =
        bare.replace(String.valueOf(thousands), "").replaceAll(GAP, "").replace(',', '.');
    BigDecimal value = new BigDecimal(digits);
    return negative ? value.negate() : value;
  }

  /** Whether text says that there is no value. */
  static boolean isNothing(String text) {
    return NOTHING.contains(text.toLowerCase(Locale.ROOT));
  }

  /** The currency written with a figure, or null. */
  static @Nullable String currencyIn(String text) {
    Matcher found = CURRENCY.matcher(text);
    return found.find() ? symbol(found.group()) : null;
  }

  private static String symbol(String written) {
    return switch (written) {
      case "USD" -> "$";
      case "EUR" -> "€";
      case "GBP" -> "£";
      case "JPY" -> "¥";
      case "CHF" -> "CHF ";
      default -> written;
    };
  }
}
