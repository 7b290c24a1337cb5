package io.colloquy.api.widget;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span of days, both included; on the wire {@code {"start_date","end_date"}}.
 *
 * @param startDate the first day
 * @param endDate the last day, not before the first
 */
public record DateRange(LocalDate startDate, LocalDate endDate) {

  /** The range a JSON object stands for, or null when it is none. */
  public static @Nullable DateRange of(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> range)) {
      return null;
    }
    LocalDate start = FormRules.date(range.get("start_date"));
    LocalDate end = FormRules.date(range.get("end_date"));
    return start == null || end == null || end.isBefore(start) ? null : new DateRange(start, end);
  }
}
