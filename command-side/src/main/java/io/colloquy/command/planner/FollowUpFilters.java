package io.colloquy.command.planner;

import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The filters of a question that goes on: what is said anew replaces what was said of the same. */
final class FollowUpFilters {

  private final Reading reading;
  private final Words words;
  private final DataQuery base;
  private final Dataset dataset;

  FollowUpFilters(Reading reading, DataQuery base, Dataset dataset) {
    this.reading = reading;
    this.words = reading.words();
    this.base = base;
    this.dataset = dataset;
  }

  /** "For all regions" takes a restriction back; it is no breakdown. */
  static boolean forAll(Words words) {
    return words.stem(0).equals("all")
        || words.containsAny(Set.of("for all", "across all", "all of"));
  }

  /** The filters that hold from now on. */
  List<Filter> filters(DataQuery own) {
    boolean all = forAll(words);
    if (words.containsAny(Phrases.CLEAR)) {
      return own.filters();
    }
    List<Filter> filters = new ArrayList<>(base.filters());
    if (all) {
      reading
          .terms(Term.OfDimension.class)
          .forEach(
              term ->
                  filters.removeIf(filter -> sameSubject(filter.dimension(), term.dimension())));
    }
    for (Filter filter : own.filters()) {
      Filter compared = compared(filter);
      if (compared != null) {
        filters.removeIf(before -> isTimeFilter(before));
        filters.add(compared);
      } else {
        boolean addsValues =
            filter.operator() == Operator.IN
                && words.containsAny(Phrases.MORE)
                && !dataset.isTime(filter.dimension());
        Filter merged = addsValues ? merged(filters, filter) : filter;
        filters.removeIf(before -> replaces(filter, before));
        filters.add(merged);
      }
    }
    // Days of the time come first, as in a question asked at once.
    filters.sort(Comparator.comparing(filter -> !isTimeFilter(filter)));
    return filters;
  }

  private boolean sameSubject(String filtered, String named) {
    return filtered.equals(named) || (dataset.isTime(filtered) && dataset.isTime(named));
  }

  private static Filter merged(List<Filter> filters, Filter more) {
    Set<String> values = new LinkedHashSet<>();
    filters.stream()
        .filter(
            before ->
                before.dimension().equals(more.dimension()) && before.operator() == Operator.IN)
        .forEach(before -> values.addAll(before.values()));
    values.addAll(more.values());
    return new Filter(more.dimension(), Operator.IN, List.copyOf(values));
  }

  private boolean replaces(Filter now, Filter before) {
    return (isTimeFilter(now) && isTimeFilter(before))
        || now.dimension().equals(before.dimension());
  }

  private boolean isTimeFilter(Filter filter) {
    return dataset.isTime(filter.dimension());
  }

  /** "Compare that with 2024" after a question about 2025 asks for both years. */
  private @Nullable Filter compared(Filter now) {
    if (!words.containsAny(Shape.COMPARE)
        || now.operator() != Operator.BETWEEN
        || !isTimeFilter(now)) {
      return null;
    }
    Filter earlier =
        base.filters().stream()
            .filter(
                filter ->
                    filter.dimension().equals("date") && filter.operator() == Operator.BETWEEN)
            .findFirst()
            .orElse(null);
    if (earlier == null) {
      return null;
    }
    Period then = period(earlier);
    Period other = period(now);
    boolean runs = base.dimensions().stream().anyMatch(dataset::isTime);
    if (runs) {
      // What is shown over time goes on over both.
      LocalDate from = then.from().isBefore(other.from()) ? then.from() : other.from();
      LocalDate to = then.to().isAfter(other.to()) ? then.to() : other.to();
      return new Filter("date", Operator.BETWEEN, List.of(from.toString(), to.toString()));
    }
    return then.unit().equals(other.unit()) && !then.unit().equals("date")
        ? new Filter(
            then.unit(),
            Operator.IN,
            Stream.of(then, other)
                .sorted(Comparator.comparing(Period::from))
                .map(Period::dimensionValue)
                .distinct()
                .toList())
        : null;
  }

  static Period period(Filter filter) {
    return Period.between(
        LocalDate.parse(filter.values().getFirst()), LocalDate.parse(filter.values().getLast()));
  }
}
