package io.colloquy.command.widget;

import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares one figure with the period of the same length just before. */
public final class PreviousPeriod {

  private PreviousPeriod() {}

  /** The query for the period before, empty when the query is not one figure of one period. */
  public static Optional<DataQuery> of(DataQuery query) {
    Filter period =
        query.filters().stream()
            .filter(
                filter ->
                    filter.dimension().equals("date") && filter.operator() == Operator.BETWEEN)
            .findFirst()
            .orElse(null);
    if (!query.dimensions().isEmpty() || query.measures().size() != 1 || period == null) {
      return Optional.empty();
    }
    List<Filter> filters = new ArrayList<>(query.filters());
    filters.set(filters.indexOf(period), before(period));
    return Optional.of(
        new DataQuery(
            query.dataset(), query.measures(), List.of(), filters, List.of(), query.limit()));
  }

  /** Whole months go back by months, so that a quarter is compared with a quarter. */
  private static Filter before(Filter period) {
    LocalDate from = LocalDate.parse(period.values().getFirst());
    LocalDate next = LocalDate.parse(period.values().getLast()).plusDays(1);
    boolean wholeMonths = from.getDayOfMonth() == 1 && next.getDayOfMonth() == 1;
    LocalDate earlier =
        wholeMonths
            ? from.minusMonths(ChronoUnit.MONTHS.between(from, next))
            : from.minusDays(ChronoUnit.DAYS.between(from, next));
    return new Filter(
        period.dimension(),
        Operator.BETWEEN,
        List.of(earlier.toString(), from.minusDays(1).toString()));
  }

  /** The change in words, such as {@code +4.2 % against 2026-01-01 to 2026-03-31}. */
  public static Optional<String> delta(BigDecimal now, BigDecimal before, DataQuery earlier) {
    if (before.signum() == 0) {
      return Optional.empty();
    }
    BigDecimal change =
        now.subtract(before)
            .multiply(BigDecimal.valueOf(100))
            .divide(before.abs(), 1, RoundingMode.HALF_UP);
    Filter period =
        earlier.filters().stream()
            .filter(filter -> filter.operator() == Operator.BETWEEN)
            .findFirst()
            .orElseThrow();
    return Optional.of(
        "%s%s %% against %s to %s"
            .formatted(
                change.signum() > 0 ? "+" : "",
                change.toPlainString(),
                period.values().getFirst(),
                period.values().getLast()));
  }
}
