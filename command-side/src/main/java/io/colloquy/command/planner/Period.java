package io.colloquy.command.planner;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/**
 * A span of days.
 *
 * @param from the first day
 * @param to the last day
 * @param label how a person would name it
 * @param unit the dimension whose one value it is, such as {@code quarter}; {@code date} for any
 *     other span
 * @param assumed whether the year was not said and had to be chosen
 */
record Period(LocalDate from, LocalDate to, String label, String unit, boolean assumed) {

  static Period year(int year) {
    return new Period(
        LocalDate.of(year, 1, 1),
        LocalDate.of(year, 12, 31),
        Integer.toString(year),
        "year",
        false);
  }

  static Period quarter(int year, int quarter, boolean assumed) {
    LocalDate from = LocalDate.of(year, 3 * quarter - 2, 1);
    return new Period(
        from,
        from.plusMonths(3).minusDays(1),
        "Q%d %d".formatted(quarter, year),
        "quarter",
        assumed);
  }

  static Period month(LocalDate day, boolean assumed) {
    LocalDate from = day.withDayOfMonth(1);
    String name = from.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    return new Period(
        from, from.plusMonths(1).minusDays(1), name + " " + from.getYear(), "month", assumed);
  }

  static Period days(LocalDate from, LocalDate to, String label) {
    return new Period(from, to, label, "date", false);
  }

  /** The period of some days: a year, quarter or month where they are exactly one. */
  static Period between(LocalDate from, LocalDate to) {
    Period year = year(from.getYear());
    Period quarter = quarter(from.getYear(), (from.getMonthValue() + 2) / 3, false);
    Period month = month(from, false);
    for (Period whole : List.of(year, quarter, month)) {
      if (whole.from().equals(from) && whole.to().equals(to)) {
        return whole;
      }
    }
    return days(from, to, from.equals(to) ? from.toString() : from + " to " + to);
  }

  /** The value the period's dimension has for it, as the catalogue writes it. */
  String dimensionValue() {
    return switch (unit) {
      case "year" -> Integer.toString(from.getYear());
      case "quarter" -> "%d Q%d".formatted(from.getYear(), (from.getMonthValue() + 2) / 3);
      case "month" -> "%d-%02d".formatted(from.getYear(), from.getMonthValue());
      default -> from.toString();
    };
  }
}
