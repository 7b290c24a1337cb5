package io.colloquy.command.model;

import io.colloquy.command.catalogue.Catalogue.Aggregate;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.QueryResult;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The figures an answer may hold: those that were read, in any rounding, and what the server itself
 * worked out from them (totals, shares, how many there are). What a person wrote in the question,
 * and what stands in labels, may be said as it was written.
 */
final class Grounding {

  private static final Pattern NUMBER =
      Pattern.compile("\\p{Nd}+(?:[.,' \\u00a0\\u202f’]\\p{Nd}+)*");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int MOST_COUNTED = 10_000;

  private final TreeSet<BigDecimal> figures = new TreeSet<>();
  private final Set<String> written = new HashSet<>();

  private Grounding() {}

  /** The figures of rows. */
  static Grounding of(QueryResult result, Dataset dataset) {
    Grounding grounding = new Grounding();
    grounding.take(result, dataset);
    return grounding;
  }

  /** The figures of texts, as they are written there. */
  static Grounding of(Collection<String> texts) {
    Grounding grounding = new Grounding();
    texts.forEach(grounding::quote);
    return grounding;
  }

  private void take(QueryResult result, Dataset dataset) {
    List<Map<String, Object>> rows = result.rows();
    figures.add(BigDecimal.valueOf(result.totalRows()));
    for (String measure : result.query().measures()) {
      boolean adds = dataset.measure(measure).aggregate() != Aggregate.AVG;
      BigDecimal total = adds ? result.total(measure) : BigDecimal.ZERO;
      figures.add(total);
      for (Map<String, Object> row : rows) {
        BigDecimal figure = QueryResult.figure(row, measure);
        figures.add(figure);
        if (total.signum() != 0 && figures.size() < MOST_COUNTED) {
          figures.add(
              figure.multiply(HUNDRED).divide(total, 6, RoundingMode.HALF_UP).stripTrailingZeros());
        }
      }
    }
    for (Map<String, Object> row : rows) {
      result.query().dimensions().forEach(name -> quote(QueryResult.text(row, name)));
    }
    result.query().filters().forEach(filter -> filter.values().forEach(this::quote));
    if (result.query().limit() != null) {
      figures.add(BigDecimal.valueOf(result.query().limit()));
    }
  }

  /** Text whose figures may be repeated as they stand. */
  void quote(String text) {
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      written.add(digits(matcher.group()));
      // A date's parts are said one by one.
      for (String part : matcher.group().split("[^\\p{Nd}]", -1)) {
        written.add(digits(part).replaceFirst("^0+(?=.)", ""));
      }
    }
    for (String part : text.split("[^\\p{L}\\p{Nd}]+", -1)) {
      if (part.matches(".*\\p{Nd}.*")) {
        written.add(digits(part).toLowerCase(Locale.ROOT));
      }
    }
  }

  /**
   * Whether a figure is among them, in its rounding.
   *
   * @param number digits with separators
   * @param scale 1, or a thousand, a million, …
   */
  boolean allows(String number, BigDecimal scale) {
    String plain = digits(number);
    if (scale.compareTo(BigDecimal.ONE) == 0 && written.contains(plain.toLowerCase(Locale.ROOT))) {
      return true;
    }
    return readings(plain).stream().anyMatch(reading -> isNear(reading, scale));
  }

  private boolean isNear(BigDecimal reading, BigDecimal scale) {
    // Half a unit of the last digit that is written: 1.2 million may be 1,150,000 to 1,250,000.
    BigDecimal unit = BigDecimal.ONE.movePointLeft(Math.max(reading.scale(), 0)).multiply(scale);
    BigDecimal slack = unit.divide(BigDecimal.TWO);
    BigDecimal value = reading.multiply(scale);
    return holdsBetween(value.subtract(slack), value.add(slack))
        || holdsBetween(value.negate().subtract(slack), value.negate().add(slack));
  }

  private boolean holdsBetween(BigDecimal from, BigDecimal to) {
    BigDecimal next = figures.ceiling(from);
    return next != null && next.compareTo(to) <= 0;
  }

  /** The numbers that digits with separators may mean. */
  private static List<BigDecimal> readings(String plain) {
    List<BigDecimal> readings = new ArrayList<>();
    String bare = plain.replaceAll("[ '\\u00a0\\u202f’]", "");
    if (bare.matches("\\d+")) {
      readings.add(new BigDecimal(bare));
    }
    if (bare.matches("\\d{1,3}(,\\d{3})+(\\.\\d+)?|\\d+\\.\\d+")) {
      readings.add(new BigDecimal(bare.replace(",", "")));
    }
    if (bare.matches("\\d{1,3}(\\.\\d{3})+(,\\d+)?|\\d+,\\d+")) {
      readings.add(new BigDecimal(bare.replace(".", "").replace(',', '.')));
    }
    return readings;
  }

  /** Digits of any script as ASCII. */
  static String digits(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point ->
                ascii.appendCodePoint(
                    Character.getType(point) == Character.DECIMAL_DIGIT_NUMBER
                        ? '0' + Character.digit(point, 10)
                        : point));
    return ascii.toString();
  }
}
