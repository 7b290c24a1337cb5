package io.colloquy.command.planner;

import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.api.data.DataQuery.Sort;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.FieldFilter;
import io.colloquy.command.catalogue.Catalogue.FormDefinition;
import io.colloquy.command.catalogue.Catalogue.Route;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a question to one dataset: figures, breakdowns, filters, order and limit. */
final class QueryReading {

  private static final Set<String> MOST =
      Set.of("top", "best", "highest", "largest", "biggest", "most", "strongest");
  private static final Set<String> LEAST =
      Set.of("bottom", "worst", "lowest", "smallest", "least", "weakest");
  private static final Set<String> MORE_THAN =
      Set.of("over", "above", "more than", "at least", "greater than", "exceeding");
  private static final Set<String> LESS_THAN =
      Set.of("under", "below", "less than", "at most", "fewer than");
  private static final int DEFAULT_TOP = 5;
  private static final int MOST_TABLE_DIMENSIONS = 6;

  private final Reading reading;
  private final Words words;
  private final String name;
  private final Dataset dataset;
  private final List<Period> periods;

  QueryReading(Reading reading, String name, Dataset dataset) {
    this.reading = reading;
    this.words = reading.words();
    this.name = name;
    this.dataset = dataset;
    this.periods = dataset.time() == null ? List.of() : reading.periods();
  }

  DataQuery query() {
    List<String> measures = measures();
    List<String> dimensions = dimensions();
    return new DataQuery(
        name, measures, dimensions, filters(), sort(measures, dimensions), limit(dimensions));
  }

  /** Rows themselves, as a search shows them. */
  DataQuery searchQuery() {
    String measure = Objects.requireNonNull(dataset.searchMeasure());
    return new DataQuery(
        name,
        List.of(measure),
        Objects.requireNonNull(dataset.searchDimensions()),
        filters(),
        List.of(new Sort(measure, true)),
        limitSaid());
  }

  /** A search lists rows; a question with a breakdown or a figure of its own is no search. */
  boolean isSearch() {
    return dataset.searchDimensions() != null && dimensionsSaid().isEmpty();
  }

  boolean comparesPeriods() {
    return periods.size() > 1 && periods.stream().map(Period::unit).distinct().count() == 1;
  }

  List<String> assumptions() {
    List<String> assumptions = new ArrayList<>();
    for (Period period : periods) {
      if (period.assumed()) {
        assumptions.add("no year was given, so " + period.label() + " is meant");
      }
    }
    if (!reading.unknown().isEmpty()) {
      assumptions.add(
          "\""
              + String.join("\", \"", reading.unknown())
              + "\" is not in the sources and was left out");
    }
    allDimensions().stream()
        .skip(shownAtMost())
        .forEach(
            dimension ->
                assumptions.add(
                    "a chart shows two breakdowns, so \"" + dimension + "\" was left out"));
    if (dataset.time() == null && !reading.periods().isEmpty()) {
      assumptions.add(dataset.title() + " have no time, so it was left out");
    }
    return assumptions;
  }

  // ---- figures ----

  private List<String> measures() {
    Set<String> explicit = new LinkedHashSet<>();
    Set<String> implied = new LinkedHashSet<>();
    for (Reading.Found found : reading.matches()) {
      boolean alsoNamesTheDataset =
          found.terms().stream().anyMatch(Term.OfDataset.class::isInstance);
      found.terms().stream()
          .filter(Term.OfMeasure.class::isInstance)
          .map(Term.OfMeasure.class::cast)
          .filter(term -> term.dataset().equals(name))
          .forEach(term -> (alsoNamesTheDataset ? implied : explicit).add(term.measure()));
    }
    if (!explicit.isEmpty()) {
      return List.copyOf(explicit);
    }
    if (words.containsAny(Set.of("how many")) && dataset.measures().containsKey("orders")) {
      return List.of("orders");
    }
    String rankedBy = dataset.searchMeasure();
    if (rankedBy != null && rankDirection() != 0 && dimensionsSaid().isEmpty()) {
      return List.of(rankedBy);
    }
    return implied.isEmpty() ? List.of(dataset.defaultMeasure()) : List.copyOf(implied);
  }

  // ---- breakdowns ----

  /** The breakdowns named in words; in "the West region" the word only says what West is. */
  private List<String> dimensionsSaid() {
    Set<String> dimensions = new LinkedHashSet<>();
    for (Reading.Found found : reading.matches()) {
      for (Term term : found.terms()) {
        if (term instanceof Term.OfDimension said
            && said.dataset().equals(name)
            && !qualifiesValueBefore(found, said.dimension())) {
          dimensions.add(said.dimension());
        }
      }
    }
    return List.copyOf(dimensions);
  }

  private boolean qualifiesValueBefore(Reading.Found word, String dimension) {
    return reading.matches().stream()
        .filter(found -> found.index() + found.length() == word.index())
        .flatMap(found -> found.terms().stream())
        .anyMatch(
            term ->
                term instanceof Term.OfValue value
                    && value.dataset().equals(name)
                    && value.dimension().equals(dimension));
  }

  private List<String> dimensions() {
    // A chart shows two at most: an axis, and what makes the series.
    return allDimensions().stream().limit(shownAtMost()).toList();
  }

  private int shownAtMost() {
    return words.containsAny(Shape.TABLE) ? MOST_TABLE_DIMENSIONS : 2;
  }

  private List<String> allDimensions() {
    Set<String> dimensions = new LinkedHashSet<>(dimensionsSaid());
    if (comparesPeriods()) {
      dimensions.add(periods.getFirst().unit());
    }
    valuesByDimension()
        .forEach(
            (dimension, values) -> {
              if (values.size() > 1) {
                dimensions.add(dimension);
              }
            });
    boolean hasTime =
        dimensions.stream().anyMatch(dimension -> dataset.dimension(dimension).isTime());
    if (words.containsAny(Shape.TREND) && !hasTime && dataset.time() != null) {
      dimensions.add(timeStep());
    }
    if (dimensions.isEmpty() && rankDirection() != 0 && dataset.searchDimensions() != null) {
      dimensions.add(dataset.searchDimensions().getFirst());
    }
    // The axis first: time, unless periods are compared; then what makes the series.
    return dimensions.stream()
        .sorted(
            Comparator.comparing(
                dimension -> !dataset.dimension(dimension).isTime() || comparesPeriods()))
        .toList();
  }

  private String timeStep() {
    if (periods.size() != 1) {
      return "quarter";
    }
    long days = ChronoUnit.DAYS.between(periods.getFirst().from(), periods.getFirst().to());
    return days <= 31 ? "date" : days <= 750 ? "month" : "quarter";
  }

  // ---- filters ----

  private List<Filter> filters() {
    List<Filter> filters = new ArrayList<>();
    if (comparesPeriods()) {
      filters.add(
          new Filter(
              periods.getFirst().unit(),
              Operator.IN,
              periods.stream().map(Period::dimensionValue).distinct().toList()));
    } else if (!periods.isEmpty()) {
      LocalDate from =
          periods.stream().map(Period::from).max(Comparator.naturalOrder()).orElseThrow();
      LocalDate to = periods.stream().map(Period::to).min(Comparator.naturalOrder()).orElseThrow();
      filters.add(new Filter("date", Operator.BETWEEN, List.of(from.toString(), to.toString())));
    }
    valuesByDimension()
        .forEach((dimension, values) -> filters.add(new Filter(dimension, Operator.IN, values)));
    filters.addAll(thresholds());
    return filters;
  }

  /**
   * A phrase that names values of two dimensions, such as a city and its state, restricts the
   * first.
   */
  private Map<String, List<String>> valuesByDimension() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (Reading.Found found : reading.matches()) {
      found.terms().stream()
          .filter(Term.OfValue.class::isInstance)
          .map(Term.OfValue.class::cast)
          .filter(term -> term.dataset().equals(name))
          .findFirst()
          .ifPresent(
              term -> {
                List<String> sofar =
                    values.computeIfAbsent(term.dimension(), key -> new ArrayList<>());
                if (!sofar.contains(term.value())) {
                  sofar.add(term.value());
                }
              });
    }
    return values;
  }

  private List<Filter> thresholds() {
    List<Filter> filters = new ArrayList<>();
    String measure = Objects.requireNonNullElse(dataset.searchMeasure(), measures().getFirst());
    for (int i = 0; i < words.size(); i++) {
      for (int length = 1; length <= 2; length++) {
        Operator operator =
            MORE_THAN.contains(words.phrase(i, length))
                ? Operator.AT_LEAST
                : LESS_THAN.contains(words.phrase(i, length)) ? Operator.AT_MOST : null;
        String number = operator == null ? null : number(words.stem(i + length));
        if (operator != null && number != null) {
          filters.add(new Filter(measure, operator, List.of(number)));
        }
      }
    }
    return filters;
  }

  private static @Nullable String number(String word) {
    if (!word.matches("\\d[\\d,]*(\\.\\d+)?[kKmM]?")) {
      return null;
    }
    String digits = word.replaceAll("[,kKmM]", "");
    String zeros = word.endsWith("k") ? "000" : word.endsWith("m") ? "000000" : "";
    return digits.contains(".") && !zeros.isEmpty()
        ? new BigDecimal(digits).multiply(new BigDecimal("1" + zeros)).toPlainString()
        : digits + zeros;
  }

  // ---- order ----

  private int rankDirection() {
    return words.containsAny(MOST) ? 1 : words.containsAny(LEAST) ? -1 : 0;
  }

  private List<Sort> sort(List<String> measures, List<String> dimensions) {
    int direction = rankDirection();
    return direction == 0 || dimensions.isEmpty()
        ? List.of()
        : List.of(new Sort(measures.getFirst(), direction > 0));
  }

  private @Nullable Integer limit(List<String> dimensions) {
    if (dimensions.isEmpty() || rankDirection() == 0) {
      return null;
    }
    Integer said = limitSaid();
    boolean anyNumber = words.stems().contains("top") || words.stems().contains("bottom");
    return said != null ? said : anyNumber ? DEFAULT_TOP : null;
  }

  private @Nullable Integer limitSaid() {
    for (int i = 0; i + 1 < words.size(); i++) {
      String next = words.stem(i + 1);
      if ((MOST.contains(words.stem(i)) || LEAST.contains(words.stem(i)))
          && next.matches("[1-9]\\d{0,2}")) {
        return Integer.valueOf(next);
      }
      // "5 best products" says the same.
      if (words.stem(i).matches("[1-9]\\d{0,2}") && (MOST.contains(next) || LEAST.contains(next))) {
        return Integer.valueOf(words.stem(i));
      }
    }
    return null;
  }

  // ---- words for people ----

  /** What the answer shows, such as {@code Q2 2026 Sales by Region}. */
  String title() {
    StringBuilder title = new StringBuilder();
    if (periods.size() == 1) {
      title.append(capitalised(periods.getFirst().label())).append(' ');
    }
    Integer limit = limit(dimensions());
    if (limit != null) {
      title.append(rankDirection() > 0 ? "Top " : "Bottom ").append(limit).append(' ');
    }
    title.append(measures().stream().map(this::measureWord).collect(Collectors.joining(" and ")));
    List<String> dimensions = dimensions();
    if (!dimensions.isEmpty()) {
      title
          .append(" by ")
          .append(
              dimensions.stream()
                  .map(dimension -> dataset.dimension(dimension).label())
                  .collect(Collectors.joining(" and ")));
    }
    String values =
        valuesByDimension().values().stream()
            .map(list -> String.join(", ", list))
            .collect(Collectors.joining(", "));
    if (!values.isEmpty()) {
      title.append(": ").append(values);
    }
    return title.toString();
  }

  private String measureWord(String measure) {
    boolean calledByTheDataset =
        reading.matches().stream()
            .filter(found -> found.terms().contains(new Term.OfDataset(name)))
            .anyMatch(found -> found.terms().contains(new Term.OfMeasure(name, measure)));
    return calledByTheDataset ? dataset.title() : dataset.measure(measure).label();
  }

  private static String capitalised(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** The values the question already gave, by form field; several are joined by commas. */
  Map<String, String> formDefaults(FormDefinition form) {
    Map<String, String> defaults = new LinkedHashMap<>();
    form.fields()
        .forEach(
            (field, definition) -> {
              FieldFilter filter = definition.filter();
              String value = filter == null ? null : given(filter);
              if (value != null) {
                defaults.put(field, value);
              }
            });
    return defaults;
  }

  private @Nullable String given(FieldFilter restricted) {
    List<String> values =
        reading
            .terms(Term.OfValue.class)
            .filter(term -> term.dataset().equals(name))
            .filter(term -> term.dimension().equals(restricted.dimension()))
            .map(Term.OfValue::value)
            .distinct()
            .toList();
    if (!values.isEmpty()) {
      return String.join(",", values);
    }
    boolean day = "date".equals(restricted.dimension());
    if (day && periods.size() == 1) {
      Period period = periods.getFirst();
      LocalDate end = restricted.operator() == Operator.AT_MOST ? period.to() : period.from();
      return end.toString();
    }
    return thresholds().stream()
        .filter(filter -> filter.dimension().equals(restricted.measure()))
        .filter(filter -> filter.operator() == restricted.operator())
        .map(filter -> filter.values().getFirst())
        .findFirst()
        .orElse(null);
  }

  /** What a deep link to a route can carry of the question. */
  static Map<String, String> routeParams(Reading reading, Route route) {
    Map<String, String> params = new LinkedHashMap<>();
    for (String param : route.params()) {
      if (param.equals("period") && reading.periods().size() == 1) {
        Period period = reading.periods().getFirst();
        params.put(param, period.from() + "/" + period.to());
      }
      reading
          .terms(Term.OfValue.class)
          .filter(term -> route.about().contains(term.dataset()))
          .filter(term -> term.dimension().equals(param))
          .findFirst()
          .ifPresent(term -> params.put(param, term.value()));
    }
    return params;
  }
}
