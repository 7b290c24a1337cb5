package io.colloquy.command.planner;

import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.api.data.DataQuery.Sort;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.Dimension;
import io.colloquy.command.catalogue.Catalogue.FieldFilter;
import io.colloquy.command.catalogue.Catalogue.FormDefinition;
import io.colloquy.command.catalogue.Catalogue.Route;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a question to one dataset: figures, breakdowns, filters, order and limit. */
final class QueryReading {

  private static final Set<String> SORTED =
      Set.of("sort by", "sorted by", "ordered by", "ranked by", "rank by");
  private static final Set<String> ASCENDING =
      Set.of("ascending", "asc", "lowest first", "smallest first", "low to high");
  private static final Set<String> YEAR_ON_YEAR =
      Set.of(
          "year over year",
          "year on year",
          "yoy",
          "year-over-year",
          "year-on-year",
          "year by year");
  private static final int DEFAULT_TOP = 5;
  private static final int DEFAULT_TOP_OF_MANY = 10;
  private static final int MOST_TABLE_DIMENSIONS = 6;

  private final Reading reading;
  private final Words words;
  private final String name;
  private final Dataset dataset;
  private final Conditions conditions;

  QueryReading(Reading reading, String name, Dataset dataset) {
    this.name = name;
    this.dataset = dataset;
    Conditions.Named named = new Conditions(reading, name, dataset).named();
    this.conditions = new Conditions(reading, name, dataset);
    this.reading = named == null ? reading : reading.knowing(named.places());
    this.words = reading.words();
  }

  Reading reading() {
    return reading;
  }

  DataQuery query() {
    List<String> measures = measures();
    List<String> dimensions = dimensions();
    return new DataQuery(
        name,
        measures,
        dimensions,
        filters(dimensions),
        sort(measures, dimensions),
        limit(dimensions));
  }

  /** Rows themselves, as a search shows them. */
  DataQuery searchQuery() {
    String measure = Objects.requireNonNull(dataset.searchMeasure());
    return new DataQuery(
        name,
        List.of(measure),
        Objects.requireNonNull(dataset.searchDimensions()),
        conditions.filters(measure),
        List.of(new Sort(measure, rankDirection() >= 0)),
        limitSaid());
  }

  /** A search lists rows; a question with a breakdown or a figure of its own is no search. */
  boolean isSearch() {
    return dataset.searchDimensions() != null && conditions.dimensionsSaid().isEmpty();
  }

  boolean comparesPeriods() {
    return conditions.comparesPeriods();
  }

  /** Whether it names anything of the dataset that is no condition. */
  boolean namesAFigure() {
    return !measuresSaid().isEmpty();
  }

  boolean namesABreakdown() {
    return !conditions.dimensionsSaid().isEmpty();
  }

  /** Whether a figure is asked for, rather than rows. */
  boolean namesAMeasureBreakdown() {
    return namesAFigure()
        && reading.words().containsAny(Set.of("total", "average", "sum of", "how much"));
  }

  /** The one figure that was called by the dataset's own name, empty when none was. */
  String calledByDataset() {
    return reading.matches().stream()
        .filter(this::namesTheDataset)
        .flatMap(found -> measuresOf(found).stream())
        .findFirst()
        .orElse("");
  }

  boolean ranks() {
    return rankDirection() != 0;
  }

  List<String> assumptions() {
    List<String> assumptions = new ArrayList<>(reading.slips());
    for (Period period : conditions.periods()) {
      if (period.assumed()) {
        assumptions.add("no year was given, so " + period.label() + " is meant");
      }
    }
    if (!reading.unknown().isEmpty()) {
      assumptions.add(
          "\""
              + String.join("\", \"", reading.unknown().values())
              + "\" is not in the sources and was left out");
    }
    for (Reading.Found found : reading.matches()) {
      if (found.terms().stream().noneMatch(this::isOurs)) {
        assumptions.add(
            "\""
                + words.written(found.index(), found.length())
                + "\" is not part of "
                + dataset.title()
                + " and was left out");
      }
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

  private boolean isOurs(Term term) {
    String of = term.dataset();
    return of == null || of.equals(name);
  }

  // ---- figures ----

  /** The figures named, in order; a word that also names the dataset counts beside another only. */
  private List<String> measuresSaid() {
    Set<String> said = new LinkedHashSet<>();
    for (Reading.Found found : reading.matches()) {
      if (!namesTheDataset(found) && !conditions.onlyLimits(found) && found.index() != ordersBy()) {
        measuresOf(found).forEach(said::add);
      }
    }
    return List.copyOf(said);
  }

  /** "Products with over 100 units" are shown by their units. */
  private List<String> measuresLimited() {
    return reading.matches().stream()
        .filter(conditions::onlyLimits)
        .flatMap(found -> measuresOf(found).stream())
        .distinct()
        .toList();
  }

  private boolean namesTheDataset(Reading.Found found) {
    return found.terms().stream().anyMatch(Term.OfDataset.class::isInstance);
  }

  private List<String> measuresOf(Reading.Found found) {
    List<Term.OfMeasure> ours =
        found.terms().stream()
            .filter(Term.OfMeasure.class::isInstance)
            .map(Term.OfMeasure.class::cast)
            .filter(term -> term.dataset().equals(name))
            .toList();
    // Of several figures with that word, the one it fits best.
    return ours.stream()
        .max(Comparator.comparing(term -> found.meanings().getOrDefault(term, 0)))
        .map(Term.OfMeasure::measure)
        .map(List::of)
        .orElse(List.of());
  }

  private List<String> measures() {
    List<String> said = measuresSaid();
    if (!said.isEmpty()) {
      return withNeighbours(said);
    }
    List<String> limited = measuresLimited();
    if (!limited.isEmpty() && !ranks()) {
      return limited;
    }
    String counted = counted();
    if (counted != null) {
      return List.of(counted);
    }
    String rankedBy = dataset.searchMeasure();
    if (rankedBy != null && ranks() && conditions.dimensionsSaid().isEmpty()) {
      return List.of(rankedBy);
    }
    Set<String> implied = new LinkedHashSet<>();
    reading.matches().stream()
        .filter(found -> !conditions.onlyLimits(found))
        .forEach(found -> implied.addAll(measuresOf(found)));
    return implied.isEmpty() ? List.of(dataset.defaultMeasure()) : List.copyOf(implied);
  }

  /** In "sales and units" the word sales is a figure like the other. */
  private List<String> withNeighbours(List<String> said) {
    Set<String> all = new LinkedHashSet<>();
    for (Reading.Found found : reading.matches()) {
      List<String> measures = measuresOf(found);
      boolean beside =
          namesTheDataset(found)
              && (joined(found.end(), found.end() + 1)
                  || joined(found.index() - 1, found.index() - 2));
      if (!conditions.onlyLimits(found) && (beside || said.containsAll(measures))) {
        all.addAll(measures);
      }
    }
    return List.copyOf(all);
  }

  private boolean joined(int joint, int measure) {
    return joint >= 0
        && Set.of("and", "vs", "versus", "plus", "against", "with").contains(words.stem(joint))
        && reading.matches().stream()
            .filter(found -> found.index() == measure || found.end() - 1 == measure)
            .anyMatch(found -> !measuresOf(found).isEmpty());
  }

  /** "How many laptops" counts pieces, "how many orders" has a figure of its own. */
  private @Nullable String counted() {
    if (!words.containsAny(Set.of("how many", "number of", "count of"))) {
      return null;
    }
    boolean things =
        reading.matches().stream()
            .anyMatch(
                found ->
                    conditions.valueIn(found) != null
                        && reading.follows(found.index(), Set.of("how many", "number of")));
    return things && dataset.pieces() != null ? dataset.pieces() : dataset.count();
  }

  // ---- breakdowns ----

  private List<String> dimensions() {
    // A chart shows two at most: an axis, and what makes the series.
    return allDimensions().stream().limit(shownAtMost()).toList();
  }

  private int shownAtMost() {
    return words.containsAny(Shape.TABLE) ? MOST_TABLE_DIMENSIONS : 2;
  }

  private List<String> allDimensions() {
    Set<String> dimensions = new LinkedHashSet<>(conditions.dimensionsSaid());
    if (comparesPeriods()) {
      dimensions.add(conditions.periods().getFirst().unit());
    }
    conditions
        .values()
        .forEach(
            (dimension, values) -> {
              if (values.size() > 1 || sharesOfValue(dimension)) {
                dimensions.add(dimension);
              }
            });
    boolean hasTime =
        dimensions.stream().anyMatch(dimension -> dataset.dimension(dimension).isTime());
    if (!hasTime && dataset.time() != null) {
      if (words.containsAny(YEAR_ON_YEAR)) {
        dimensions.add("year");
      } else if (words.containsAny(Shape.TREND)) {
        dimensions.add(timeStep());
      }
    }
    if (dimensions.isEmpty() && ranks() && dataset.searchDimensions() != null) {
      dimensions.add(dataset.searchDimensions().getFirst());
    }
    // The axis first: time, unless periods are compared; then what makes the series.
    return dimensions.stream()
        .sorted(
            Comparator.comparing(
                dimension -> !dataset.dimension(dimension).isTime() || comparesPeriods()))
        .toList();
  }

  /** "Which share comes from Online" asks for the whole that Online is a part of. */
  private boolean sharesOfValue(String dimension) {
    return words.containsAny(Shape.SHARES)
        && conditions.dimensionsSaid().isEmpty()
        && conditions.values().keySet().iterator().next().equals(dimension);
  }

  private List<Filter> filters(List<String> dimensions) {
    List<Filter> filters = conditions.filters(measures().getFirst());
    return filters.stream()
        .filter(
            filter ->
                !(filter.operator() == Operator.IN
                    && filter.values().size() == 1
                    && dimensions.equals(List.of(filter.dimension()))
                    && sharesOfValue(filter.dimension())))
        .toList();
  }

  private String timeStep() {
    List<Period> periods = conditions.periods();
    return periods.size() == 1
        ? timeStep(periods.getFirst().from(), periods.getFirst().to())
        : "quarter";
  }

  /** The step in which some days are best seen. */
  static String timeStep(LocalDate from, LocalDate to) {
    long days = ChronoUnit.DAYS.between(from, to);
    return days <= 31 ? "date" : days <= 750 ? "month" : "quarter";
  }

  // ---- order ----

  private int rankDirection() {
    if (words.containsAny(GrammarWords.LEAST) && !isLimitWord("least", "minimum")) {
      return -1;
    }
    return words.containsAny(GrammarWords.MOST) && !isLimitWord("most", "maximum") ? 1 : 0;
  }

  /** "At least" is a limit, not a ranking. */
  private boolean isLimitWord(String... rank) {
    for (int i = 0; i < words.size(); i++) {
      boolean ranking =
          (GrammarWords.MOST.contains(words.stem(i)) || GrammarWords.LEAST.contains(words.stem(i)))
              && !(i > 0
                  && words.stem(i - 1).equals("at")
                  && List.of(rank).contains(words.stem(i)));
      if (ranking) {
        return false;
      }
    }
    return true;
  }

  private List<Sort> sort(List<String> measures, List<String> dimensions) {
    if (dimensions.isEmpty()) {
      return List.of();
    }
    int direction = rankDirection();
    if (direction != 0) {
      return List.of(new Sort(measures.getFirst(), direction > 0));
    }
    if (isSorted() || words.containsAny(Set.of("descending", "highest first"))) {
      String field = sortedBy(measures, dimensions);
      boolean descending =
          measures.contains(field)
              ? !words.containsAny(ASCENDING)
              : words.containsAny(Set.of("descending", "desc"));
      return List.of(new Sort(field, descending));
    }
    return List.of();
  }

  /** "Orders by region" counts orders; "order by region" sorts. */
  private boolean isSorted() {
    return words.containsAny(SORTED) || ordersBy() >= 0;
  }

  /** The place of the word in "order by", or -1. */
  private int ordersBy() {
    for (int i = 0; i + 1 < words.size(); i++) {
      if (words.written().get(i).equalsIgnoreCase("order") && words.stem(i + 1).equals("by")) {
        return i;
      }
    }
    return -1;
  }

  private String sortedBy(List<String> measures, List<String> dimensions) {
    for (Reading.Found found : reading.matches()) {
      if (reading.follows(found.index(), SORTED) || found.index() == ordersBy() + 2) {
        for (Term term : found.terms()) {
          if (term instanceof Term.OfMeasure measure && measures.contains(measure.measure())) {
            return measure.measure();
          }
          if (term instanceof Term.OfDimension said && dimensions.contains(said.dimension())) {
            return said.dimension();
          }
        }
      }
    }
    return measures.getFirst();
  }

  private @Nullable Integer limit(List<String> dimensions) {
    if (dimensions.isEmpty()) {
      return null;
    }
    Integer said = limitSaid();
    if (said != null || !ranks()) {
      return said;
    }
    boolean anyNumber = words.stems().contains("top") || words.stems().contains("bottom");
    Dimension first = dataset.dimension(dimensions.getFirst());
    return anyNumber ? Integer.valueOf(DEFAULT_TOP) : first.open() ? DEFAULT_TOP_OF_MANY : null;
  }

  private @Nullable Integer limitSaid() {
    for (int i = 0; i + 1 < words.size(); i++) {
      String stem = words.stem(i);
      String next = words.stem(i + 1);
      boolean ranking = GrammarWords.MOST.contains(stem) || GrammarWords.LEAST.contains(stem);
      if (ranking && count(next) != null) {
        return count(next);
      }
      // "5 best products" says the same.
      boolean nextRanks = GrammarWords.MOST.contains(next) || GrammarWords.LEAST.contains(next);
      if (nextRanks && count(stem) != null) {
        return count(stem);
      }
    }
    return null;
  }

  private static @Nullable Integer count(String word) {
    if (word.matches("[1-9]\\d{0,2}")) {
      return Integer.valueOf(word);
    }
    int at =
        List.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
            .indexOf(word);
    return at < 0 ? null : Integer.valueOf(at + 1);
  }

  // ---- forms and links ----

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
    Conditions.Named named = conditions.named();
    if (named != null && named.dimension().equals(restricted.dimension())) {
      return named.text();
    }
    List<Period> periods = conditions.periods();
    boolean day = "date".equals(restricted.dimension());
    if (day && periods.size() == 1) {
      Period period = periods.getFirst();
      LocalDate end = restricted.operator() == Operator.AT_MOST ? period.to() : period.from();
      return end.toString();
    }
    return conditions.thresholds(measures().getFirst()).stream()
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
