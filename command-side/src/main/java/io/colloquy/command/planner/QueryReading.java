package io.colloquy.command.planner;

import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.api.data.DataQuery.Sort;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a question to one dataset: figures, breakdowns, filters, order and limit. */
final class QueryReading {

  private static final Set<String> YEAR_ON_YEAR =
      Set.of(
          "year over year",
          "year on year",
          "yoy",
          "year-over-year",
          "year-on-year",
          "year by year");
  private static final int MOST_TABLE_DIMENSIONS = 6;

  private final Reading reading;
  private final Words words;
  private final String name;
  private final Dataset dataset;
  private final Conditions conditions;
  private final Ranking ranking;

  QueryReading(Reading reading, String name, Dataset dataset) {
    this.name = name;
    this.dataset = dataset;
    this.conditions = new Conditions(reading, name, dataset);
    Conditions.Named named = conditions.named();
    this.reading = named == null ? reading : reading.knowing(named.places());
    this.words = reading.words();
    this.ranking = new Ranking(reading, dataset);
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
        ranking.sort(measures, dimensions),
        ranking.limit(dimensions));
  }

  /** Rows themselves, as a search shows them. */
  DataQuery searchQuery() {
    String measure = Objects.requireNonNull(dataset.searchMeasure());
    return new DataQuery(
        name,
        List.of(measure),
        Objects.requireNonNull(dataset.searchDimensions()),
        conditions.filters(measure),
        List.of(new Sort(measure, ranking.direction() >= 0)),
        ranking.limitSaid());
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
        .filter(Reading.Found::namesADataset)
        .flatMap(found -> measuresOf(found).stream())
        .findFirst()
        .orElse("");
  }

  boolean ranks() {
    return ranking.direction() != 0;
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
      if (!found.namesADataset()
          && !conditions.onlyLimits(found)
          && found.index() != ranking.ordersBy()) {
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

  private List<String> measuresOf(Reading.Found found) {
    // Of several figures with that word, the one it fits best.
    return found.terms(Term.OfMeasure.class, name).stream()
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
          found.namesADataset()
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

  Conditions conditions() {
    return conditions;
  }

  String name() {
    return name;
  }
}
