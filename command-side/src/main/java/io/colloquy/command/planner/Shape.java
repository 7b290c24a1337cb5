package io.colloquy.command.planner;

import io.colloquy.api.data.DataQuery;
import io.colloquy.api.turn.Intent;
import io.colloquy.api.widget.ChartType;
import io.colloquy.api.widget.WidgetType;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an answer is shown, decided by the shape of its data and by what was asked for in words.
 *
 * @param rule the rule that decided, for the log
 */
record Shape(Intent intent, WidgetType widget, @Nullable ChartType chart, String rule) {

  static final Set<String> COMPARE =
      Set.of(
          "compare",
          "comparing",
          "comparison",
          "compared",
          "versus",
          "vs",
          "against",
          "difference between",
          "year over year",
          "year on year",
          "yoy",
          "year-over-year",
          "year-on-year");
  static final Set<String> TREND =
      Set.of(
          "trend",
          "over time",
          "develop",
          "developed",
          "development",
          "evolve",
          "evolved",
          "history",
          "historical",
          "changed",
          "change over",
          "growth",
          "grown",
          "grow",
          "timeline",
          "progress of",
          "trajectory");
  static final Set<String> SHARES =
      Set.of(
          "share",
          "proportion",
          "percentage",
          "percent",
          "pie",
          "pie chart",
          "donut",
          "doughnut",
          "split of",
          "contribution",
          "distribution of");
  static final Set<String> TABLE =
      Set.of(
          "as a table",
          "in a table",
          "as table",
          "table of",
          "list",
          "in table form",
          "tabular",
          "a table",
          "in tabular form");

  private static final Set<String> HEATMAP = Set.of("heatmap", "heat map");
  private static final Set<String> AREA =
      Set.of("area chart", "area graph", "as an area", "as area", "area plot");
  private static final Set<String> BARS =
      Set.of("bar chart", "bar graph", "as a bar", "as bar", "column chart", "histogram");
  private static final Set<String> LINE =
      Set.of("line chart", "as a line", "as line", "line graph", "line plot");

  static Shape of(Words words, DataQuery query, Dataset dataset, boolean comparesPeriods) {
    if (words.containsAny(TABLE)) {
      return new Shape(
          comparesPeriods || words.containsAny(COMPARE) ? Intent.COMPARISON : Intent.DATA_ANALYSIS,
          WidgetType.TABLE,
          null,
          "a table was asked for");
    }
    if (query.dimensions().isEmpty()) {
      return query.measures().size() == 1
          ? new Shape(Intent.DATA_ANALYSIS, WidgetType.CARD, null, "one figure: a card")
          : new Shape(
              Intent.DATA_ANALYSIS, WidgetType.TABLE, null, "several figures in one row: a table");
    }
    boolean overTime = dataset.dimension(query.dimensions().getFirst()).isTime();
    boolean compares = words.containsAny(COMPARE) || comparesPeriods;
    boolean ranked =
        !query.sort().isEmpty() && query.measures().contains(query.sort().getFirst().field());
    Intent intent = intent(words, overTime && !ranked, compares, comparesPeriods);
    boolean severalSeries = query.dimensions().size() > 1 || query.measures().size() > 1;
    Shape asked = asked(words, query, intent);
    if (asked != null) {
      return asked;
    }
    if (dataset.dimension(query.dimensions().getFirst()).open() && query.limit() == null) {
      return new Shape(
          intent, WidgetType.TABLE, null, "a breakdown into too many values for a chart: a table");
    }
    if (overTime && !comparesPeriods && intent == Intent.TREND_ANALYSIS) {
      return new Shape(intent, WidgetType.CHART, ChartType.LINE, "a time axis: line");
    }
    if (severalSeries) {
      return new Shape(
          intent, WidgetType.CHART, ChartType.GROUPED_BAR, "more than one series: grouped bar");
    }
    return new Shape(intent, WidgetType.CHART, ChartType.BAR, "a breakdown into categories: bar");
  }

  /** The shape the words ask for, or null when they leave it open. */
  static @Nullable Shape asked(Words words, DataQuery query, Intent intent) {
    boolean severalSeries = query.dimensions().size() > 1 || query.measures().size() > 1;
    if (query.dimensions().isEmpty()) {
      return null;
    }
    if (words.containsAny(HEATMAP) && query.dimensions().size() == 2) {
      return new Shape(
          intent, WidgetType.CUSTOM, null, "a heat map of two dimensions was asked for");
    }
    if (words.containsAny(AREA)) {
      return new Shape(intent, WidgetType.CHART, ChartType.AREA, "an area chart was asked for");
    }
    if (words.containsAny(BARS)) {
      ChartType bars = severalSeries ? ChartType.GROUPED_BAR : ChartType.BAR;
      return new Shape(intent, WidgetType.CHART, bars, "a bar chart was asked for");
    }
    if (words.containsAny(LINE)) {
      return new Shape(intent, WidgetType.CHART, ChartType.LINE, "a line was asked for");
    }
    if (words.containsAny(SHARES) && !severalSeries) {
      return new Shape(
          intent, WidgetType.CHART, ChartType.PIE, "shares of a whole were asked for: pie");
    }
    return null;
  }

  private static Intent intent(
      Words words, boolean overTime, boolean compares, boolean comparesPeriods) {
    if (words.containsAny(TREND) || (overTime && !comparesPeriods)) {
      return Intent.TREND_ANALYSIS;
    }
    return compares ? Intent.COMPARISON : Intent.DATA_ANALYSIS;
  }
}
