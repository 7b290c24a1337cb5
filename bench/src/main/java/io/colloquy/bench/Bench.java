package io.colloquy.bench;

import io.colloquy.query.audit.AuditPages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Measures Colloquy beside plain programs that do the same work without a log, all in one run on
 * one embedded PostgreSQL. Arguments name the parts to run, such as {@code commands,fan-out}; all
 * without any.
 */
public final class Bench {

  private Bench() {}

  private static void audit(Figures figures) {
    for (long entries : new long[] {1_000_000, 5_000_000}) {
      AuditPages.Measured measured = AuditPages.measure(entries);
      figures.value(
          "audit page of 50, slowest filter, p95, %,d entries".formatted(entries),
          measured.pageMillis(),
          "ms",
          "<= 50");
      figures.value(
          "verification of a part of %,d audit entries".formatted(entries),
          measured.verifiedPerSecond(),
          "entries/s",
          null);
    }
  }

  private interface Part {
    void run(Figures figures) throws Exception;
  }

  /** Prints the table. */
  public static void main(String[] arguments) throws Exception {
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("start", Startup::measure);
    parts.put("turns", TurnLatency::measure);
    parts.put("fan-out", FanOut::measure);
    parts.put("inside", Inside::measure);
    parts.put("functions", Functions::measure);
    parts.put("audit", Bench::audit);
    List<String> asked =
        arguments.length == 0 || arguments[0].equals("all")
            ? List.copyOf(parts.keySet())
            : List.of(arguments[0].split(","));
    Figures figures = new Figures();
    for (String part : asked) {
      System.out.printf("%n-- %s%n", part);
      Objects.requireNonNull(parts.get(part), part).run(figures);
    }
    figures.print();
    System.exit(0);
  }
}
