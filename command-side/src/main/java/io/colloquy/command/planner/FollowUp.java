package io.colloquy.command.planner;

import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.api.data.DataQuery.Sort;
import io.colloquy.api.turn.Intent;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.ChartType;
import io.colloquy.api.widget.WidgetType;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question that goes on from the one before: "and by product?", "only the north", "as a line".
 * What it says replaces what was said of the same kind; everything else stays.
 */
final class FollowUp {

  private final Reading reading;
  private final Words words;
  private final TurnPlan before;
  private final DataQuery base;
  private final Dataset dataset;

  private FollowUp(Reading reading, TurnPlan before, DataQuery base, Dataset dataset) {
    this.reading = reading;
    this.words = reading.words();
    this.before = before;
    this.base = base;
    this.dataset = dataset;
  }

  /** Whether words sound as if they went on from something said before. */
  static boolean sounds(Words words) {
    return words.beginsWithAny(Phrases.GO_ON)
        || words.size() <= 4
        || words.containsAny(Phrases.POINT_BACK);
  }

  /** The plan that goes on, or null when the words add nothing to it. */
  static @Nullable TurnPlan plan(
      Reading reading, TurnPlan before, DataQuery base, Dataset dataset) {
    return new FollowUp(reading, before, base, dataset).plan();
  }

  private @Nullable TurnPlan plan() {
    QueryReading said = new QueryReading(reading, base.dataset(), dataset);
    DataQuery own = said.query();
    boolean addsMore = words.containsAny(Phrases.MORE) && !words.containsAny(Phrases.TAKE_AWAY);
    List<Filter> filters = new FollowUpFilters(reading, base, dataset).filters(own);
    List<String> dimensions = dimensions(own, said, filters, addsMore);
    List<String> measures = measures(own, said, addsMore);
    boolean ranks = said.ranks() || !own.sort().isEmpty();
    DataQuery query =
        new DataQuery(
            base.dataset(),
            measures,
            dimensions,
            filters,
            sort(own, said, measures, dimensions),
            dimensions.isEmpty()
                ? null
                : ranks || saysNumber() ? limit(own, dimensions) : base.limit());
    boolean shapeAsked =
        words.containsAny(Shape.TABLE)
            || Shape.asked(words, query, before.intent()) != null
            || (words.containsAny(Shape.COMPARE) && !query.dimensions().isEmpty())
            || (words.containsAny(Shape.TREND) && !query.dimensions().isEmpty());
    boolean saysSomething = !reading.matches().isEmpty() || !reading.periods().isEmpty();
    if (query.equals(base) && !shapeAsked && !saysSomething) {
      return null;
    }
    return shown(query, said, shapeAsked);
  }

  private TurnPlan shown(DataQuery query, QueryReading said, boolean shapeAsked) {
    Shape shape = Shape.of(words, query, dataset, comparesPeriods(query.filters()));
    boolean sameShape =
        !shapeAsked
            && query.dimensions().equals(base.dimensions())
            && query.measures().size() == base.measures().size();
    WidgetType widget =
        sameShape && before.widgetType() != null ? before.widgetType() : shape.widget();
    ChartType chart = sameShape ? before.chartType() : shape.chart();
    boolean stillAForm = widget == WidgetType.FORM && before.formId() != null;
    Intent intent = sameShape ? before.intent() : shape.intent();
    return new TurnPlan(
        intent,
        true,
        widget,
        chart,
        Titles.of(query, dataset, calledByDataset()),
        "it goes on from the question before; " + (sameShape ? "shown as before" : shape.rule()),
        query,
        List.of(),
        stillAForm ? before.formId() : null,
        stillAForm ? before.formDefaults() : Map.of(),
        null,
        said.assumptions(),
        reading.matches().isEmpty() && reading.periods().isEmpty()
            ? before.confidence()
            : reading.confidence());
  }

  private String calledByDataset() {
    return before.title().contains(dataset.title()) && base.measures().size() == 1
        ? base.measures().getFirst()
        : "";
  }

  private List<String> measures(DataQuery own, QueryReading said, boolean addsMore) {
    String count = dataset.count();
    if (counts() && count != null && !said.namesAFigure()) {
      return List.of(count);
    }
    boolean dimensionOnly = !said.namesAFigure();
    if (dimensionOnly) {
      return base.measures();
    }
    if (!addsMore) {
      return own.measures();
    }
    Set<String> both = new LinkedHashSet<>(base.measures());
    both.addAll(own.measures());
    return List.copyOf(both);
  }

  private List<String> dimensions(
      DataQuery own, QueryReading said, List<Filter> filters, boolean addsMore) {
    boolean search = before.widgetType() == WidgetType.FORM && before.chartType() == null;
    if (counts() && !said.namesABreakdown()) {
      return List.of();
    }
    if (search && !said.namesABreakdown()) {
      return base.dimensions();
    }
    Set<String> dimensions = new LinkedHashSet<>();
    boolean replaces =
        (said.namesABreakdown() && !FollowUpFilters.forAll(words))
            || (own.dimensions().stream().anyMatch(dataset::isTime) && trendAsked());
    if (!replaces || addsMore) {
      dimensions.addAll(base.dimensions());
    }
    if (replaces) {
      own.dimensions().stream()
          .map(dimension -> said.namesABreakdown() ? dimension : timeStep(filters, dimension))
          .forEach(dimensions::add);
    }
    boolean joinsAxis = base.dimensions().size() == 1 && onlyTimeOrSplit(own);
    if (replaces
        && !addsMore
        && joinsAxis
        && words.containsAny(Set.of("break", "split", "drill", "each"))) {
      dimensions.addAll(base.dimensions());
    }
    filters.stream()
        .filter(filter -> filter.operator() == Operator.IN && filter.values().size() > 1)
        .filter(filter -> isNew(filter))
        .forEach(filter -> dimensions.add(filter.dimension()));
    if (words.containsAny(Set.of("total", "overall", "in total", "altogether")) && !replaces) {
      return List.of();
    }
    return dimensions.stream()
        .sorted(
            Comparator.comparing(
                dimension -> !dataset.isTime(dimension) || comparesPeriods(filters)))
        .limit(2)
        .toList();
  }

  /** "Over time" is in steps that fit the days in question. */
  private static String timeStep(List<Filter> filters, String otherwise) {
    return filters.stream()
        .filter(filter -> filter.dimension().equals("date"))
        .filter(filter -> filter.operator() == Operator.BETWEEN)
        .findFirst()
        .map(FollowUpFilters::period)
        .map(period -> QueryReading.timeStep(period.from(), period.to()))
        .orElse(otherwise);
  }

  /** "How many are there" counts what was shown. */
  private boolean counts() {
    return words.containsAny(Set.of("how many", "count"));
  }

  /** "Only 3" after a ranking shows fewer of it. */
  private boolean saysNumber() {
    return base.limit() != null
        && words.stems().stream().anyMatch(stem -> stem.matches("[1-9]\\d{0,2}"));
  }

  private boolean trendAsked() {
    return words.containsAny(Shape.TREND);
  }

  private boolean onlyTimeOrSplit(DataQuery own) {
    return own.dimensions().size() == 1 && !own.dimensions().equals(base.dimensions());
  }

  private boolean isNew(Filter filter) {
    return !base.filters().contains(filter);
  }

  private boolean comparesPeriods(List<Filter> filters) {
    return filters.stream()
        .anyMatch(
            filter ->
                filter.operator() == Operator.IN
                    && filter.values().size() > 1
                    && dataset.isTime(filter.dimension()));
  }

  // ---- order ----

  private List<Sort> sort(
      DataQuery own, QueryReading said, List<String> measures, List<String> dimensions) {
    if (dimensions.isEmpty()) {
      return List.of();
    }
    if (words.stem(0).equals("reverse") && !base.sort().isEmpty()) {
      Sort first = base.sort().getFirst();
      return List.of(new Sort(first.field(), !first.descending()));
    }
    if (said.ranks()) {
      boolean descending =
          own.sort().isEmpty()
              ? !words.containsAny(GrammarWords.LEAST)
              : own.sort().getFirst().descending();
      return List.of(new Sort(measures.getFirst(), descending));
    }
    if (words.containsAny(Set.of("sort", "sorted", "order by", "sort by"))) {
      boolean descending = !words.containsAny(Set.of("ascending", "asc", "lowest first"));
      return List.of(new Sort(measures.getFirst(), descending));
    }
    return base.sort().stream()
        .map(
            sort ->
                base.measures().contains(sort.field()) && !measures.contains(sort.field())
                    ? new Sort(measures.getFirst(), sort.descending())
                    : sort)
        .filter(sort -> measures.contains(sort.field()) || dimensions.contains(sort.field()))
        .toList();
  }

  private @Nullable Integer limit(DataQuery own, List<String> dimensions) {
    if (own.limit() != null) {
      return own.limit();
    }
    for (int i = 0; i + 1 < words.size(); i++) {
      boolean ranked =
          GrammarWords.MOST.contains(words.stem(i)) || GrammarWords.LEAST.contains(words.stem(i));
      if (ranked && words.stem(i + 1).matches("[1-9]\\d{0,2}")) {
        return Integer.valueOf(words.stem(i + 1));
      }
    }
    if (saysNumber()) {
      return words.stems().stream()
          .filter(stem -> stem.matches("[1-9]\\d{0,2}"))
          .map(Integer::valueOf)
          .findFirst()
          .orElse(base.limit());
    }
    return dimensions.equals(base.dimensions()) ? base.limit() : null;
  }
}
