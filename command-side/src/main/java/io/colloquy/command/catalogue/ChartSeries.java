package io.colloquy.command.catalogue;

import static io.colloquy.command.catalogue.QueryResult.figure;
import static io.colloquy.command.catalogue.QueryResult.text;

import io.colloquy.api.data.DataQuery;
import io.colloquy.api.widget.WidgetData.Chart.Series;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The rows of a query as the series of a chart: a series per measure, or per value to split by. */
public final class ChartSeries {

  private ChartSeries() {}

  /** The series of a query with one or two dimensions; a pair without a row counts as zero. */
  public static List<Series> of(QueryResult result, Dataset dataset) {
    DataQuery query = result.query();
    String axis = query.dimensions().getFirst();
    List<Series> series = new ArrayList<>();
    if (query.dimensions().size() == 1) {
      List<String> labels = result.rows().stream().map(row -> text(row, axis)).toList();
      for (String measure : query.measures()) {
        List<BigDecimal> values = result.rows().stream().map(row -> figure(row, measure)).toList();
        series.add(new Series(dataset.measure(measure).label(), values, labels));
      }
      return series;
    }
    String splitBy = query.dimensions().get(1);
    String measure = query.measures().getFirst();
    LinkedHashSet<String> labels = new LinkedHashSet<>();
    TreeSet<String> names = new TreeSet<>();
    Map<List<String>, BigDecimal> figures = new HashMap<>();
    for (Map<String, Object> row : result.rows()) {
      labels.add(text(row, axis));
      names.add(text(row, splitBy));
      figures.put(List.of(text(row, axis), text(row, splitBy)), figure(row, measure));
    }
    for (String name : names) {
      List<BigDecimal> values =
          labels.stream()
              .map(label -> figures.getOrDefault(List.of(label, name), BigDecimal.ZERO))
              .toList();
      series.add(new Series(name, values, List.copyOf(labels)));
    }
    return series;
  }
}
