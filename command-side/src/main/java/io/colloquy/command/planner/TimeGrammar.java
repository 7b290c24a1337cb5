package io.colloquy.command.planner;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.HashSet;
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
  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("one", 1),
          Map.entry("two", 2),
          Map.entry("couple", 2),
          Map.entry("three", 3),
          Map.entry("four", 4),
          Map.entry("five", 5),
          Map.entry("six", 6),
          Map.entry("seven", 7),
          Map.entry("eight", 8),
          Map.entry("nine", 9),
          Map.entry("ten", 10),
          Map.entry("twelve", 12),
          Map.entry("eighteen", 18),
          Map.entry("thirty", 30),
          Map.entry("ninety", 90));
  private static final Set<String> PREVIOUS =
      Set.of("last", "previous", "past", "prior", "preceding", "trailing", "recent", "latest");
  private static final Set<String> CURRENT = Set.of("this", "current", "ongoing");
  private static final Set<String> AMOUNT_FOLLOWS =
      Set.of("over", "above", "under", "below", "than", "least", "exceeding", "top", "bottom");

  private static final Set<String> BEFORE_MONTH =
      Set.of(
          "in", "of", "for", "since", "from", "to", "until", "till", "during", "by", "last", "this",
          "between", "and", "vs", "versus", "through", "before", "after", "with", "only", "about");

  /** Words that are about times, whatever the catalogue holds. */
  static final Set<String> WORDS = words();

  private final Words words;
  private final Reach reach;
  private final LocalDate today;
  private final @Nullable Integer statedYear;

  /** What was read, and how many words it took. */
  record Match(Period period, int length) {}

  /**
   * The days a question can be about.
   *
   * @param today the day of the question
   * @param firstDay the first day there is data for
   * @param lastDay the last day there is data for: an unsaid year is the latest that has data
   * @param spokenYear the year that was spoken of before, which an unsaid one then is
   */
  record Reach(
      LocalDate today, LocalDate firstDay, LocalDate lastDay, @Nullable Integer spokenYear) {

    /** The same days, in a talk about one year. */
    Reach in(int year) {
      return new Reach(today, firstDay, lastDay, year);
    }

    static Reach of(LocalDate today, @Nullable LocalDate first, @Nullable LocalDate last) {
      return new Reach(
          today,
          first == null ? today.withDayOfYear(1) : first,
          last == null || last.isAfter(today) ? today : last,
          null);
    }
  }

  TimeGrammar(Words words, Reach reach) {
    this.words = words;
    this.reach = reach;
    this.today = reach.today();
    Integer stated = onlyYearIn(words);
    this.statedYear = stated == null ? reach.spokenYear() : stated;
  }

  /** The period that begins at a word, or null when none does. */
  @Nullable Match at(int index) {
    Match span = span(index);
    return span != null ? span : simple(index);
  }

  private @Nullable Match span(int index) {
    String stem = words.stem(index);
    Match begins =
        switch (stem) {
          case "since", "after", "from" -> simple(article(index + 1));
          case "between" -> simple(index + 1);
          case "before", "until", "till" -> simple(article(index + 1));
          default -> null;
        };
    if (begins != null) {
      int end = article(index + 1) + begins.length();
      Match joined =
          stem.equals("from") || stem.equals("between") ? joined(begins, end, index) : null;
      if (joined != null) {
        return joined;
      }
      Period period = begins.period();
      return switch (stem) {
        case "since" ->
            new Match(Period.days(period.from(), today, "since " + period.label()), end - index);
        case "from" ->
            Set.of("on", "onward").contains(words.stem(end))
                ? new Match(
                    Period.days(period.from(), today, "since " + period.label()), end - index + 1)
                : null;
        case "after" ->
            new Match(
                Period.days(period.to().plusDays(1), today, "after " + period.label()),
                end - index);
        case "before" ->
            new Match(
                Period.days(
                    earlier(period.from().minusDays(1)),
                    period.from().minusDays(1),
                    "before " + period.label()),
                end - index);
        case "until", "till" ->
            new Match(
                Period.days(earlier(period.to()), period.to(), "until " + period.label()),
                end - index);
        default -> null;
      };
    }
    Match toDate = toDate(index);
    if (toDate != null) {
      return toDate;
    }
    Match start = simple(index);
    // "January to March 2025", "Q1 - Q3": a span without "from".
    return start == null
            || !Set.of("to", "until", "till", "through")
                .contains(words.stem(index + start.length()))
        ? null
        : joined(start, index + start.length(), index);
  }

  private LocalDate earlier(LocalDate end) {
    return reach.firstDay().isAfter(end) ? end : reach.firstDay();
  }

  private int article(int index) {
    return words.stem(index).equals("the") ? index + 1 : index;
  }

  private @Nullable Match joined(Match start, int joint, int index) {
    if (!Set.of("to", "until", "till", "through", "and").contains(words.stem(joint))) {
      return null;
    }
    Match end = simple(article(joint + 1));
    if (end == null || end.period().to().isBefore(start.period().from())) {
      return null;
    }
    return new Match(
        Period.days(
            start.period().from(),
            end.period().to(),
            start.period().label() + " to " + end.period().label()),
        article(joint + 1) + end.length() - index);
  }

  private @Nullable Match toDate(int index) {
    int length = words.phrase(index + 1, 2).equals("to date") ? 3 : 1;
    String unit = length == 3 ? words.stem(index) : "";
    return switch (length == 3 ? unit : words.stem(index)) {
      case "ytd" -> new Match(toDate(today.withDayOfYear(1), today.getYear() + " to date"), 1);
      case "year" ->
          length == 3
              ? new Match(toDate(today.withDayOfYear(1), today.getYear() + " to date"), 3)
              : null;
      case "qtd" -> new Match(toDate(quarterStart(today), "quarter to date"), 1);
      case "quarter" ->
          length == 3 ? new Match(toDate(quarterStart(today), "quarter to date"), 3) : null;
      case "mtd" -> new Match(toDate(today.withDayOfMonth(1), "month to date"), 1);
      case "month" ->
          length == 3 ? new Match(toDate(today.withDayOfMonth(1), "month to date"), 3) : null;
      default -> null;
    };
  }

  private Period toDate(LocalDate from, String label) {
    return Period.days(from, today, label);
  }

  private static LocalDate quarterStart(LocalDate day) {
    return day.with(day.getMonth().firstMonthOfQuarter()).withDayOfMonth(1);
  }

  private @Nullable Match simple(int index) {
    Match quarter = quarter(index);
    if (quarter != null) {
      return quarter;
    }
    Match half = half(index);
    if (half != null) {
      return half;
    }
    Match relative = relative(index);
    if (relative != null) {
      return relative;
    }
    Match day = day(index);
    if (day != null) {
      return day;
    }
    Integer month = MONTHS.get(words.stem(index));
    if (month != null && isMonth(index)) {
      int gap = words.stem(index + 1).equals("of") ? 1 : 0;
      Integer year = year(index + 1 + gap);
      return year == null
          ? new Match(Period.month(unsaidYear(month, 1), statedYear == null), 1)
          : new Match(Period.month(LocalDate.of(year, month, 1), false), 2 + gap);
    }
    Integer year = year(index);
    if (year != null && !isAmount(index)) {
      Match quarterOfYear = quarter(index + 1);
      return quarterOfYear != null && quarterOfYear.length() == 1
          ? new Match(Period.quarter(year, quarterNumber(index + 1), false), 2)
          : new Match(Period.year(year), 1);
    }
    return isoDate(index);
  }

  /** "May" and "march" are words too; then a month stands after a preposition or before a year. */
  private boolean isMonth(int index) {
    boolean doubtful = words.stem(index).equals("may") || words.stem(index).equals("march");
    boolean introduced = index > 0 && BEFORE_MONTH.contains(words.stem(index - 1));
    return !doubtful
        || year(index + 1) != null
        || introduced
        || MONTHS.containsKey(words.stem(index + 2))
        || words.size() == 1;
  }

  /** In "over 2000" the number is an amount, unless there is data for that year. */
  private boolean isAmount(int index) {
    if (index == 0 || !AMOUNT_FOLLOWS.contains(words.stem(index - 1))) {
      return false;
    }
    int year = Integer.parseInt(words.stem(index));
    return !words.stem(index - 1).equals("over")
        || year < reach.firstDay().getYear()
        || year > today.getYear();
  }

  private @Nullable Match quarter(int index) {
    String stem = words.stem(index);
    if (stem.matches("(19|20)\\d{2}-?q[1-4]")) {
      return new Match(
          Period.quarter(Integer.parseInt(stem.substring(0, 4)), last(stem), false), 1);
    }
    if (stem.matches("q[1-4]-?(19|20)\\d{2}")) {
      return new Match(
          Period.quarter(
              Integer.parseInt(stem.substring(stem.length() - 4)), stem.charAt(1) - '0', false),
          1);
    }
    int length = 1;
    int quarter = quarterNumber(index);
    if (quarter == 0 && words.stem(index + 1).equals("quarter")) {
      quarter = ORDINALS.getOrDefault(stem, 0);
      length = 2;
    }
    if (quarter == 0 && stem.equals("quarter") && words.stem(index + 1).matches("[1-4]")) {
      quarter = Integer.parseInt(words.stem(index + 1));
      length = 2;
    }
    if (quarter == 0) {
      return null;
    }
    int next = index + length;
    Match ofYear = relative(afterOf(next));
    if (ofYear != null && ofYear.period().unit().equals("year")) {
      return new Match(
          Period.quarter(ofYear.period().from().getYear(), quarter, false),
          afterOf(next) + ofYear.length() - index);
    }
    Integer year = year(afterOf(next));
    return year == null
        ? new Match(
            Period.quarter(unsaidYear(3 * quarter - 2, 1).getYear(), quarter, statedYear == null),
            length)
        : new Match(Period.quarter(year, quarter, false), afterOf(next) + 1 - index);
  }

  private static int last(String stem) {
    return stem.charAt(stem.length() - 1) - '0';
  }

  private int afterOf(int index) {
    return Set.of("of", "in").contains(words.stem(index)) ? article(index + 1) : index;
  }

  private int quarterNumber(int index) {
    String stem = words.stem(index);
    return stem.matches("q[1-4]") ? stem.charAt(1) - '0' : 0;
  }

  private @Nullable Match half(int index) {
    String stem = words.stem(index);
    int half = stem.matches("h[12]") ? stem.charAt(1) - '0' : 0;
    int length = 1;
    if (half == 0 && words.stem(index + 1).equals("half")) {
      half = ORDINALS.getOrDefault(stem, 0);
      length = 2;
    }
    if (half < 1 || half > 2) {
      return null;
    }
    int next = afterOf(index + length);
    Integer year = year(next);
    Match relative = year == null ? relative(next) : null;
    int which = year != null ? year : unsaidYear(6 * half - 5, 1).getYear();
    int end = year != null ? next + 1 : index + length;
    if (relative != null && relative.period().unit().equals("year")) {
      which = relative.period().from().getYear();
      end = next + relative.length();
    }
    LocalDate from = LocalDate.of(which, 6 * half - 5, 1);
    return new Match(
        Period.days(from, from.plusMonths(6).minusDays(1), "H" + half + " " + which), end - index);
  }

  private @Nullable Match relative(int index) {
    String stem = words.stem(index);
    if (stem.equals("today") || stem.equals("yesterday")) {
      LocalDate day = stem.equals("today") ? today : today.minusDays(1);
      return new Match(Period.days(day, day, stem), 1);
    }
    Integer ago = number(index);
    if (ago != null && words.stem(index + 2).equals("ago")) {
      return unit(words.stem(index + 1), ago, 3);
    }
    boolean previous = PREVIOUS.contains(stem);
    if (!previous && !CURRENT.contains(stem)) {
      return null;
    }
    int next = index + 1;
    boolean few = words.stem(next).equals("few");
    Integer count = few ? Integer.valueOf(3) : number(next);
    if (previous && count != null) {
      int unit = words.stem(next + 1).equals("of") ? next + 2 : next + 1;
      return lastFew(count, words.stem(unit), unit + 1 - index);
    }
    Integer month = MONTHS.get(words.stem(next));
    if (month != null) {
      LocalDate day = today.withDayOfMonth(1).withMonth(month);
      boolean back = previous && !day.isBefore(today.withDayOfMonth(1));
      return new Match(Period.month(back ? day.minusYears(1) : day, false), 2);
    }
    return unit(words.stem(next), previous ? 1 : 0, 2);
  }

  private @Nullable Match unit(String unit, int back, int length) {
    return switch (unit) {
      case "year" -> new Match(Period.year(today.getYear() - back), length);
      case "month" -> new Match(Period.month(today.minusMonths(back), false), length);
      case "quarter" -> {
        LocalDate day = today.minusMonths(3L * back);
        yield new Match(
            Period.quarter(day.getYear(), (day.getMonthValue() + 2) / 3, false), length);
      }
      case "week" -> {
        LocalDate monday =
            today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).minusWeeks(back);
        yield new Match(
            Period.days(monday, monday.plusDays(6), back == 0 ? "this week" : "week of " + monday),
            length);
      }
      default -> null;
    };
  }

  private @Nullable Integer number(int index) {
    String stem = words.stem(index);
    return stem.matches("\\d{1,3}") ? Integer.valueOf(stem) : NUMBERS.get(stem);
  }

  private @Nullable Match lastFew(int count, String unit, int length) {
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
        : new Match(Period.days(from, today, "last " + count + " " + unit + "s"), length);
  }

  /** {@code March 15, 2026}, {@code 15 March 2026} and {@code the 15th of March}. */
  private @Nullable Match day(int index) {
    Integer day = dayOfMonth(index);
    int gap = words.stem(index + 1).equals("of") ? 2 : 1;
    Integer month =
        day == null ? MONTHS.get(words.stem(index)) : MONTHS.get(words.stem(index + gap));
    int next = day == null ? index + 2 : index + gap + 1;
    day = day == null ? dayOfMonth(index + 1) : day;
    if (day == null || month == null) {
      return null;
    }
    Integer year = year(next);
    try {
      LocalDate date =
          LocalDate.of(year == null ? unsaidYear(month, 1).getYear() : year, month, day);
      return new Match(
          Period.days(date, date, date.toString()), (year == null ? next : next + 1) - index);
    } catch (DateTimeException noSuchDay) {
      return null;
    }
  }

  private @Nullable Integer dayOfMonth(int index) {
    String stem = words.stem(index);
    return stem.matches("([1-9]|[12]\\d|3[01])(st|nd|rd|th)?")
        ? Integer.valueOf(stem.replaceAll("\\D", ""))
        : null;
  }

  private @Nullable Match isoDate(int index) {
    String stem = words.stem(index);
    try {
      if (stem.matches("(19|20)\\d{2}-\\d{2}")) {
        return new Match(Period.month(LocalDate.parse(stem + "-01"), false), 1);
      }
      if (stem.matches("\\d{4}-\\d{2}-\\d{2}")) {
        LocalDate day = LocalDate.parse(stem);
        return new Match(Period.days(day, day, day.toString()), 1);
      }
    } catch (DateTimeException noSuchDay) {
      return null;
    }
    return null;
  }

  private @Nullable Integer year(int index) {
    return words.stem(index).matches("(19|20)\\d{2}") ? Integer.valueOf(words.stem(index)) : null;
  }

  /** The stated year, or the latest in which that day is not after the data's end. */
  private LocalDate unsaidYear(int month, int day) {
    if (statedYear != null) {
      return LocalDate.of(statedYear, month, day);
    }
    LocalDate inLastYear = LocalDate.of(reach.lastDay().getYear(), month, day);
    return inLastYear.isAfter(reach.lastDay()) ? inLastYear.minusYears(1) : inLastYear;
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
    names.put("sept", 9);
    return Map.copyOf(names);
  }

  private static Set<String> words() {
    Set<String> all = new HashSet<>(MONTHS.keySet());
    all.addAll(ORDINALS.keySet());
    all.addAll(NUMBERS.keySet());
    all.addAll(PREVIOUS);
    all.addAll(CURRENT);
    all.addAll(
        GrammarWords.set(
            "year quarter month week day daily weekly monthly quarterly yearly annual since until before after between"));
    return Set.copyOf(all);
  }
}
