package io.colloquy.command.planner;

import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the conditions of a question: times, values, exclusions and limits of figures. */
final class Conditions {

  private static final Set<String> BREAKS_DOWN = Set.of("by", "per", "each", "every");
  private static final Set<String> QUALIFIED = Set.of("by", "per", "each", "every", "which");
  private static final Map<String, String> SCALES =
      Map.of(
          "k",
          "000",
          "thousand",
          "000",
          "m",
          "000000",
          "million",
          "000000",
          "billion",
          "000000000");

  private final Reading reading;
  private final Words words;
  private final String name;
  private final Dataset dataset;

  Conditions(Reading reading, String name, Dataset dataset) {
    this.reading = reading;
    this.words = reading.words();
    this.name = name;
    this.dataset = dataset;
  }

  List<Period> periods() {
    return dataset.time() == null ? List.of() : reading.periods();
  }

  /** Several periods of one kind are compared; otherwise they narrow one another. */
  boolean comparesPeriods() {
    return periods().size() > 1
        && !asksForFinerSteps()
        && periods().stream().map(Period::unit).distinct().count() == 1
        && periods().stream().map(Period::dimensionValue).distinct().count() > 1
        && !periods().getFirst().unit().equals("date");
  }

  /** "Monthly for 2025 and 2026" is one run of months, not a comparison of years. */
  private boolean asksForFinerSteps() {
    String unit = periods().getFirst().unit();
    List<String> steps = List.of("year", "quarter", "month", "date");
    return dimensionsSaid().stream().anyMatch(said -> steps.indexOf(said) > steps.indexOf(unit));
  }

  /** All filters; those of figures are about the given figure unless they name their own. */
  List<Filter> filters(String measure) {
    List<Filter> filters = new ArrayList<>();
    if (comparesPeriods()) {
      filters.add(
          new Filter(
              periods().getFirst().unit(),
              Operator.IN,
              periods().stream().map(Period::dimensionValue).distinct().toList()));
    } else if (!periods().isEmpty()) {
      filters.add(days());
    }
    values()
        .forEach((dimension, values) -> filters.add(new Filter(dimension, Operator.IN, values)));
    excluded()
        .forEach(
            (dimension, values) -> filters.add(new Filter(dimension, Operator.NOT_IN, values)));
    Named named = named();
    if (named != null) {
      filters.add(new Filter(named.dimension(), Operator.CONTAINS, List.of(named.text())));
    }
    filters.addAll(thresholds(measure));
    return filters;
  }

  /**
   * Periods narrow one another, as in "March, in 2025"; where they do not meet, they are a span.
   */
  private Filter days() {
    LocalDate from =
        periods().stream().map(Period::from).max(Comparator.naturalOrder()).orElseThrow();
    LocalDate to = periods().stream().map(Period::to).min(Comparator.naturalOrder()).orElseThrow();
    if (to.isBefore(from)) {
      from = periods().stream().map(Period::from).min(Comparator.naturalOrder()).orElseThrow();
      to = periods().stream().map(Period::to).max(Comparator.naturalOrder()).orElseThrow();
    }
    return new Filter("date", Operator.BETWEEN, List.of(from.toString(), to.toString()));
  }

  /**
   * The values a question is about. A phrase that names values of two dimensions, such as a city
   * and its state, restricts the first.
   */
  Map<String, List<String>> values() {
    return values(false);
  }

  private Map<String, List<String>> excluded() {
    return values(true);
  }

  private Map<String, List<String>> values(boolean excluded) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    boolean within = false;
    int end = -1;
    for (Reading.Found found : reading.matches()) {
      Term.OfValue value = valueIn(found);
      if (value == null) {
        continue;
      }
      // "without laptops and phones" excludes both.
      boolean goesOn = within && found.index() - end <= 1 && joins(end, found.index());
      within = goesOn || reading.follows(articleBefore(found.index()), GrammarWords.WITHOUT);
      end = found.end();
      if (within == excluded) {
        List<String> sofar = values.computeIfAbsent(value.dimension(), key -> new ArrayList<>());
        if (!sofar.contains(value.value())) {
          sofar.add(value.value());
        }
      }
    }
    return values;
  }

  private boolean joins(int from, int to) {
    return from == to || Set.of("and", "or", "nor").contains(words.stem(from));
  }

  private int articleBefore(int index) {
    return index > 0 && words.stem(index - 1).equals("the") ? index - 1 : index;
  }

  Term.@Nullable OfValue valueIn(Reading.Found found) {
    return found.terms(Term.OfValue.class, name).stream().findFirst().orElse(null);
  }

  /**
   * The breakdowns named in words; in "the West region" and "region West" the word only says what
   * West is.
   */
  List<String> dimensionsSaid() {
    List<String> dimensions = new ArrayList<>();
    for (Reading.Found found : reading.matches()) {
      for (Term term : found.terms()) {
        if (term instanceof Term.OfDimension said
            && said.dataset().equals(name)
            && !dimensions.contains(said.dimension())
            && !namesTheDataset(found)
            && !qualifiesValue(found, said.dimension())) {
          dimensions.add(said.dimension());
        }
      }
    }
    return dimensions;
  }

  /**
   * What also names the dataset is a breakdown only after "by": "customers" is not "by customer".
   */
  private boolean namesTheDataset(Reading.Found found) {
    boolean asked = found.index() > 0 && BREAKS_DOWN.contains(words.stem(found.index() - 1));
    return !asked && found.meanings().containsKey(new Term.OfDataset(name));
  }

  private boolean qualifiesValue(Reading.Found word, String dimension) {
    boolean asked = word.index() > 0 && QUALIFIED.contains(words.stem(word.index() - 1));
    return reading.matches().stream()
        .filter(found -> found.end() == word.index() || (!asked && word.end() == found.index()))
        .map(this::valueIn)
        .anyMatch(value -> value != null && value.dimension().equals(dimension));
  }

  // ---- names that cannot be listed ----

  /** A text looked for in a column with too many values to know them all. */
  record Named(String dimension, String text, Set<Integer> places) {}

  /** The unknown words that are a name: written with capitals, in quotes or after "called". */
  @Nullable Named named() {
    String open =
        dataset.dimensions().entrySet().stream()
            .filter(dimension -> dimension.getValue().open())
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(null);
    if (open == null || dataset.searchDimensions() == null) {
      return null;
    }
    List<Integer> places = new ArrayList<>();
    for (Map.Entry<Integer, String> unknown : reading.unknown().entrySet()) {
      int place = unknown.getKey();
      String written = unknown.getValue();
      boolean capital = Character.isUpperCase(written.codePointAt(0)) && place > 0;
      boolean called = reading.follows(place, Set.of("called", "named", "containing", "like"));
      boolean follows = !places.isEmpty() && places.getLast() == place - 1;
      if (capital || called || follows) {
        places.add(place);
      }
    }
    if (places.isEmpty() || places.getLast() - places.getFirst() != places.size() - 1) {
      return null;
    }
    return new Named(open, words.written(places.getFirst(), places.size()), Set.copyOf(places));
  }

  // ---- limits of figures ----

  List<Filter> thresholds(String otherwise) {
    return limits().stream()
        .map(
            limit ->
                new Filter(
                    measureNear(limit.index(), limit.end(), otherwise),
                    limit.operator(),
                    limit.values()))
        .toList();
  }

  /** A limit in words: where it begins, the place after it, and what it says. */
  private record Limit(int index, int end, Operator operator, List<String> values) {}

  private List<Limit> limits() {
    List<Limit> limits = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      Limit limit = words.stem(i).equals("between") ? between(i) : oneSided(i);
      if (limit != null) {
        limits.add(limit);
      }
    }
    return limits;
  }

  private @Nullable Limit between(int index) {
    Amount low = amount(index + 1);
    Amount high = low != null && words.stem(low.end()).equals("and") ? amount(low.end() + 1) : null;
    return low == null || high == null
        ? null
        : new Limit(index, high.end(), Operator.BETWEEN, List.of(low.digits(), high.digits()));
  }

  private @Nullable Limit oneSided(int index) {
    for (int length = 2; length >= 1; length--) {
      String phrase = words.phrase(index, length);
      Operator operator =
          GrammarWords.MORE_THAN.contains(phrase)
              ? Operator.AT_LEAST
              : GrammarWords.LESS_THAN.contains(phrase) ? Operator.AT_MOST : null;
      Amount amount = operator == null ? null : amount(index + length);
      if (operator != null && amount != null) {
        return new Limit(index, amount.end(), operator, List.of(amount.digits()));
      }
    }
    return null;
  }

  /** The figure a limit is about: named just after it ("over 100 units") or just before. */
  private String measureNear(int index, int end, String otherwise) {
    String before = null;
    for (Reading.Found found : reading.matches()) {
      String measure =
          found.terms(Term.OfMeasure.class, name).stream()
              .map(Term.OfMeasure::measure)
              .findFirst()
              .orElse(null);
      if (measure != null && found.index() == end) {
        return measure;
      }
      if (measure != null && found.index() < index && !found.namesADataset()) {
        before = measure;
      }
    }
    String searched = dataset.searchMeasure();
    return before != null ? before : searched != null ? searched : otherwise;
  }

  /** Whether a figure is only named to limit it, as in "regions with over 100 units". */
  boolean onlyLimits(Reading.Found found) {
    return limits().stream()
        .filter(limit -> limit.operator() != Operator.BETWEEN)
        .anyMatch(limit -> limit.end() == found.index());
  }

  /** A number as digits, and the place after it. */
  private record Amount(String digits, int end) {}

  private @Nullable Amount amount(int index) {
    String word = words.stem(index).replaceAll("^[$€£]", "");
    if (!word.matches("\\d[\\d,]*(\\.\\d+)?[kKmM]?")) {
      return null;
    }
    String suffix = word.replaceAll("[\\d,.]", "");
    String scale = suffix.isEmpty() ? words.stem(index + 1) : suffix;
    String zeros = SCALES.getOrDefault(scale, "");
    int end = index + (suffix.isEmpty() && !zeros.isEmpty() ? 2 : 1);
    String digits = word.replaceAll("[,kKmM]", "");
    return new Amount(
        digits.contains(".") && !zeros.isEmpty()
            ? new BigDecimal(digits)
                .multiply(new BigDecimal("1" + zeros))
                .stripTrailingZeros()
                .toPlainString()
            : digits + zeros,
        end);
  }
}
