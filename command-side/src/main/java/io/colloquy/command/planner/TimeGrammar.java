package io.colloquy.command.planner;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads times in a question: {@code Q2 2026}, {@code 2025}, {@code last month}, {@code since
 * March}, {@code from 2026-01-01 to 2026-03-31}, {@code last 6 months}, {@code year to date}.
 */
final class TimeGrammar {

  private static final Map<String, Integer> MONTHS = months();
  private static final Map<String, Integer> ORDINALS =
      Map.of(
          "first", 1, "second", 2, "third", 3, "fourth", 4, "1st", 1, "2nd", 2, "3rd", 3, "4th", 4);
  private static final Set<String> PREVIOUS = Set.of("last", "previous", "past", "prior");
  private static final Set<String> CURRENT = Set.of("this", "current");

  private final Words words;
  private final LocalDate today;
  private final LocalDate lastDay;
  private final @Nullable Integer statedYear;

  /** What was read, and how many words it took. */
  record Match(Period period, int length) {}

  /**
   * A grammar for one question.
   *
   * @param today the day of the question
   * @param lastDay the last day there is data for: an unsaid year is the latest that has data
   */
  TimeGrammar(Words words, LocalDate today, LocalDate lastDay) {
    this.words = words;
    this.today = today;
    this.lastDay = lastDay.isBefore(today) ? lastDay : today;
    this.statedYear = onlyYearIn(words);
  }

  /** The period that begins at a word, or null when none does. */
  @Nullable Match at(int index) {
    Match span = span(index);
    return span != null ? span : simple(index);
  }

  private @Nullable Match span(int index) {
    switch (words.stem(index)) {
      case "since" -> {
        Match start = simple(index + 1);
        if (start != null) {
          return new Match(
              Period.days(start.period().from(), today, "since " + start.period().label()),
              start.length() + 1);
        }
      }
      case "from", "between" -> {
        Match start = simple(index + 1);
        String joint = start == null ? "" : words.stem(index + 1 + start.length());
        if (start != null && Set.of("to", "until", "till", "through", "and").contains(joint)) {
          Match end = simple(index + 2 + start.length());
          if (end != null && !end.period().to().isBefore(start.period().from())) {
            return new Match(
                Period.days(
                    start.period().from(),
                    end.period().to(),
                    start.period().label() + " to " + end.period().label()),
                start.length() + end.length() + 2);
          }
        }
      }
      case "ytd" -> {
        return new Match(yearToDate(), 1);
      }
      default -> {
        if (words.phrase(index, 3).equals("year to date")) {
          return new Match(yearToDate(), 3);
        }
      }
    }
    return null;
  }

  private Period yearToDate() {
    return Period.days(today.withDayOfYear(1), today, today.getYear() + " to date");
  }

  private @Nullable Match simple(int index) {
    Match quarter = quarter(index);
    if (quarter != null) {
      return quarter;
    }
    Match relative = relative(index);
    if (relative != null) {
      return relative;
    }
    Integer month = MONTHS.get(words.stem(index));
    // "May" and "march" are words too; a month stands after a preposition or before a year.
    if (month != null && (year(index + 1) != null || index > 0 || words.size() == 1)) {
      Integer year = year(index + 1);
      return year == null
          ? new Match(Period.month(unsaidYear(month, 1), statedYear == null), 1)
          : new Match(Period.month(LocalDate.of(year, month, 1), false), 2);
    }
    Integer year = year(index);
    if (year != null) {
      Match quarterOfYear = quarter(index + 1);
      return quarterOfYear != null && quarterOfYear.length() == 1
          ? new Match(Period.quarter(year, quarterNumber(index + 1), false), 2)
          : new Match(Period.year(year), 1);
    }
    return isoDate(index);
  }

  private @Nullable Match quarter(int index) {
    int length = 1;
    int quarter = quarterNumber(index);
    if (quarter == 0 && words.stem(index + 1).equals("quarter")) {
      quarter = ORDINALS.getOrDefault(words.stem(index), 0);
      length = 2;
    }
    if (quarter == 0) {
      return null;
    }
    int next = index + length;
    int preposition = Set.of("of", "in").contains(words.stem(next)) ? 1 : 0;
    Integer year = year(next + preposition);
    return year == null
        ? new Match(
            Period.quarter(unsaidYear(3 * quarter - 2, 1).getYear(), quarter, statedYear == null),
            length)
        : new Match(Period.quarter(year, quarter, false), length + preposition + 1);
  }

  private int quarterNumber(int index) {
    String stem = words.stem(index);
    return stem.matches("q[1-4]") ? stem.charAt(1) - '0' : 0;
  }

  private @Nullable Match relative(int index) {
    boolean previous = PREVIOUS.contains(words.stem(index));
    if (!previous && !CURRENT.contains(words.stem(index))) {
      return null;
    }
    String next = words.stem(index + 1);
    if (previous && next.matches("\\d{1,3}")) {
      return lastFew(Integer.parseInt(next), words.stem(index + 2));
    }
    int back = previous ? 1 : 0;
    return switch (next) {
      case "year" -> new Match(Period.year(today.getYear() - back), 2);
      case "month" -> new Match(Period.month(today.minusMonths(back), false), 2);
      case "quarter" -> {
        LocalDate day = today.minusMonths(3L * back);
        yield new Match(Period.quarter(day.getYear(), (day.getMonthValue() + 2) / 3, false), 2);
      }
      default -> null;
    };
  }

  private @Nullable Match lastFew(int count, String unit) {
    LocalDate from =
        switch (unit) {
          case "day" -> today.minusDays(count - 1L);
          case "week" -> today.minusWeeks(count).plusDays(1);
          case "month" -> today.minusMonths(count).plusDays(1);
          case "quarter" -> today.minusMonths(3L * count).plusDays(1);
          case "year" -> today.minusYears(count).plusDays(1);
          default -> null;
        };
    return from == null
        ? null
        : new Match(Period.days(from, today, "last " + count + " " + unit + "s"), 3);
  }

  private @Nullable Match isoDate(int index) {
    if (!words.stem(index).matches("\\d{4}-\\d{2}-\\d{2}")) {
      return null;
    }
    try {
      LocalDate day = LocalDate.parse(words.stem(index));
      return new Match(Period.days(day, day, day.toString()), 1);
    } catch (DateTimeException noSuchDay) {
      return null;
    }
  }

  private @Nullable Integer year(int index) {
    return words.stem(index).matches("(19|20)\\d{2}") ? Integer.valueOf(words.stem(index)) : null;
  }

  /** The stated year, or the latest in which that day is not after the data's end. */
  private LocalDate unsaidYear(int month, int day) {
    if (statedYear != null) {
      return LocalDate.of(statedYear, month, day);
    }
    LocalDate inLastYear = LocalDate.of(lastDay.getYear(), month, day);
    return inLastYear.isAfter(lastDay) ? inLastYear.minusYears(1) : inLastYear;
  }

  private static @Nullable Integer onlyYearIn(Words words) {
    var years =
        words.stems().stream().filter(stem -> stem.matches("(19|20)\\d{2}")).distinct().toList();
    return years.size() == 1 ? Integer.valueOf(years.getFirst()) : null;
  }

  private static Map<String, Integer> months() {
    Map<String, Integer> names = new HashMap<>();
    for (Month month : Month.values()) {
      names.put(
          month.getDisplayName(TextStyle.FULL, Locale.ENGLISH).toLowerCase(Locale.ROOT),
          month.getValue());
      names.put(
          month.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).toLowerCase(Locale.ROOT),
          month.getValue());
    }
    return Map.copyOf(names);
  }
}
