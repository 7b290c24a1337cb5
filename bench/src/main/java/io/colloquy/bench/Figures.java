package io.colloquy.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The table that is printed: what was measured, beside what, and whether the target is met. */
final class Figures {

  private static final String ROW = "%-58s %14s %14s %8s  %-10s %s%n";

  private final List<String> rows = new ArrayList<>();

  /**
   * Adds a measurement beside another of the same run.
   *
   * @param target such as {@code >= 0.5}; null for none
   */
  void ratio(String what, double ours, double beside, String unit, @Nullable String target) {
    add(what, ours, unit, shown(beside, unit), ours / beside, target);
  }

  /** Adds a measurement that stands for itself. */
  void value(String what, double ours, String unit, @Nullable String target) {
    add(what, ours, unit, "", Double.NaN, target);
  }

  private void add(
      String what, double ours, String unit, String beside, double ratio, @Nullable String target) {
    double judged = Double.isNaN(ratio) ? ours : ratio;
    String row =
        String.format(
            Locale.ROOT,
            ROW,
            what,
            shown(ours, unit),
            beside,
            Double.isNaN(ratio) ? "" : String.format(Locale.ROOT, "%.2f", ratio),
            target == null ? "" : target,
            target == null ? "" : meets(judged, target) ? "met" : "missed");
    rows.add(row);
    System.out.print(row);
  }

  private static boolean meets(double value, String target) {
    double bound = Double.parseDouble(target.replaceAll("[^0-9.]", ""));
    return target.startsWith(">=") ? value >= bound : value <= bound;
  }

  private static String shown(double value, String unit) {
    String number =
        value >= 100
            ? String.format(Locale.ROOT, "%,.0f", value)
            : String.format(Locale.ROOT, "%.2f", value);
    return number + " " + unit;
  }

  void print() {
    System.out.printf(Locale.ROOT, "%n" + ROW, "what", "Colloquy", "beside", "ratio", "target", "");
    rows.forEach(System.out::print);
  }
}
