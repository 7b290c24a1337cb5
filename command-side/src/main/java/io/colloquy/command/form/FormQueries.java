package io.colloquy.command.form;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.api.data.DataQuery.Sort;
import io.colloquy.api.turn.Intent;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.ChartType;
import io.colloquy.api.widget.DateRange;
import io.colloquy.api.widget.FormRules;
import io.colloquy.api.widget.WidgetType;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Breakdown;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.FieldFilter;
import io.colloquy.command.catalogue.Catalogue.FormDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Turns the accepted values of a form into a plan: what to read, and how to show it. */
@Component
public class FormQueries {

  private final Catalogue catalogue;

  /** Queries over the catalogue. */
  public FormQueries(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Whether a form reads data; others take it down. */
  public boolean reads(String formId) {
    return catalogue.form(formId).dataset() != null;
  }

  /** The plan for a form that reads: a chart where the form has one, else a table. */
  public TurnPlan plan(String formId, Map<String, Object> values) {
    FormDefinition form = catalogue.form(formId);
    String name = form.dataset();
    if (name == null) {
      throw new Refusal(ErrorCode.QUERY_REFUSED, form.title() + " reads nothing.");
    }
    Dataset dataset = catalogue.dataset(name);
    List<Filter> filters = filters(form, values);
    Breakdown chart = form.chart();
    DataQuery query =
        chart == null
            ? rows(name, dataset, filters)
            : breakdown(name, dataset, filters, axis(chart, filters));
    boolean overTime = chart != null && dataset.dimension(query.dimensions().getFirst()).isTime();
    return new TurnPlan(
        chart == null
            ? Intent.SEARCH_FILTER
            : overTime ? Intent.TREND_ANALYSIS : Intent.DATA_ANALYSIS,
        true,
        chart == null ? WidgetType.TABLE : WidgetType.CHART,
        chart == null ? null : overTime ? ChartType.LINE : ChartType.BAR,
        title(dataset, filters, chart == null),
        "the values of the form \"" + formId + "\" were sent",
        query,
        List.of(),
        null,
        Map.of(),
        null,
        List.of(),
        1.0);
  }

  /** With one value left there is nothing to compare, so the other breakdown says more. */
  private static String axis(Breakdown chart, List<Filter> filters) {
    boolean oneLeft =
        filters.stream()
            .anyMatch(
                filter -> filter.dimension().equals(chart.by()) && filter.values().size() == 1);
    return oneLeft ? chart.elseBy() : chart.by();
  }

  private static DataQuery breakdown(
      String name, Dataset dataset, List<Filter> filters, String axis) {
    return new DataQuery(
        name, List.of(dataset.defaultMeasure()), List.of(axis), filters, List.of(), null);
  }

  private static DataQuery rows(String name, Dataset dataset, List<Filter> filters) {
    String measure = dataset.searchMeasure();
    List<String> dimensions = dataset.searchDimensions();
    if (measure == null || dimensions == null) {
      throw new Refusal(ErrorCode.QUERY_REFUSED, dataset.title() + " cannot be searched.");
    }
    return new DataQuery(
        name, List.of(measure), dimensions, filters, List.of(new Sort(measure, true)), null);
  }

  private static List<Filter> filters(FormDefinition form, Map<String, Object> values) {
    List<Filter> filters = new ArrayList<>();
    form.fields()
        .forEach(
            (id, field) -> {
              FieldFilter filter = field.filter();
              Object value = values.get(id);
              if (filter != null && value != null && !FormRules.isEmpty(value)) {
                filters.add(
                    new Filter(filter.restricts(), filter.operator(), restrictingValues(value)));
              }
            });
    return joined(filters);
  }

  private static List<String> restrictingValues(Object value) {
    DateRange range = DateRange.of(value);
    if (range != null) {
      return List.of(range.startDate().toString(), range.endDate().toString());
    }
    Collection<?> values = value instanceof Collection<?> several ? several : List.of(value);
    return values.stream().map(one -> one.toString().strip()).toList();
  }

  /** A first and a last day are one span. */
  private static List<Filter> joined(List<Filter> filters) {
    List<Filter> joined = new ArrayList<>();
    for (Filter filter : filters) {
      Filter first = joined.isEmpty() ? null : joined.getLast();
      if (first != null
          && first.dimension().equals(filter.dimension())
          && first.operator() == Operator.AT_LEAST
          && filter.operator() == Operator.AT_MOST) {
        joined.removeLast();
        joined.add(
            new Filter(
                filter.dimension(),
                Operator.BETWEEN,
                List.of(first.values().getFirst(), filter.values().getFirst())));
      } else {
        joined.add(filter);
      }
    }
    return joined;
  }

  private static String title(Dataset dataset, List<Filter> filters, boolean rows) {
    String restrictions =
        filters.stream().map(FormQueries::inWords).collect(Collectors.joining(", "));
    String what = dataset.title() + (rows ? " found" : "");
    return restrictions.isEmpty() || rows ? what : what + " " + restrictions;
  }

  private static String inWords(Filter filter) {
    List<String> values = filter.values();
    return switch (filter.operator()) {
      case BETWEEN -> "from " + values.getFirst() + " to " + values.getLast();
      case AT_LEAST -> "from " + values.getFirst();
      case AT_MOST -> "to " + values.getFirst();
      case NOT_IN -> "without " + String.join(", ", values);
      case IN, CONTAINS -> "for " + String.join(", ", Objects.requireNonNull(values));
    };
  }
}
