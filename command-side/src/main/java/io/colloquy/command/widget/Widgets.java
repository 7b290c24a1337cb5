package io.colloquy.command.widget;

import static io.colloquy.command.catalogue.QueryResult.figure;
import static io.colloquy.command.catalogue.QueryResult.text;

import io.colloquy.api.data.DataQuery;
import io.colloquy.api.widget.ActionType;
import io.colloquy.api.widget.ChartType;
import io.colloquy.api.widget.WidgetAction;
import io.colloquy.api.widget.WidgetData;
import io.colloquy.api.widget.WidgetDescriptor;
import io.colloquy.api.widget.WidgetDescriptor.WidgetConfig;
import io.colloquy.api.widget.WidgetDescriptor.WidgetMetadata;
import io.colloquy.api.widget.WidgetType;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.Measure;
import io.colloquy.command.catalogue.Catalogue.SearchField;
import io.colloquy.command.catalogue.Catalogue.SearchForm;
import io.colloquy.command.catalogue.QueryResult;
import io.colloquy.command.catalogue.Vocabulary;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes the descriptors of widgets from what was read, each with the actions its person is
 * permitted.
 */
@Component
public class Widgets {

  /** A table carries at most this many rows; its total says how many there are. */
  public static final int MOST_TABLE_ROWS = 200;

  /** A widget's actions are refused after this time. */
  private static final Duration LIFETIME = Duration.ofDays(7);

  private final Catalogue catalogue;
  private final Vocabulary vocabulary;
  private final DataActions dataActions;

  /** Widgets over the catalogue's datasets. */
  public Widgets(Catalogue catalogue, Vocabulary vocabulary) {
    this.catalogue = catalogue;
    this.vocabulary = vocabulary;
    this.dataActions = new DataActions(catalogue);
  }

  /** A chart of a query with one or two dimensions. */
  public WidgetDescriptor chart(QueryResult result, ChartType type, String title, Issuing issuing) {
    DataQuery query = result.query();
    Dataset dataset = catalogue.dataset(query.dataset());
    String axis = query.dimensions().getFirst();
    Measure measure = dataset.measure(query.measures().getFirst());
    var chart =
        new WidgetData.Chart(
            type,
            series(result, dataset),
            dataset.dimension(axis).label(),
            measure.axisLabel(),
            title);
    return descriptor(WidgetType.CHART, chart, dataActions.of(query, title, issuing), issuing);
  }

  private static List<WidgetData.Chart.Series> series(QueryResult result, Dataset dataset) {
    DataQuery query = result.query();
    String axis = query.dimensions().getFirst();
    List<String> labels = result.rows().stream().map(row -> text(row, axis)).distinct().toList();
    List<WidgetData.Chart.Series> series = new ArrayList<>();
    if (query.dimensions().size() == 1) {
      for (String measure : query.measures()) {
        List<BigDecimal> values = result.rows().stream().map(row -> figure(row, measure)).toList();
        series.add(new WidgetData.Chart.Series(dataset.measure(measure).label(), values, labels));
      }
      return series;
    }
    String splitBy = query.dimensions().get(1);
    String measure = query.measures().getFirst();
    for (String name :
        result.rows().stream().map(row -> text(row, splitBy)).distinct().sorted().toList()) {
      List<BigDecimal> values =
          labels.stream()
              .map(
                  label ->
                      result.rows().stream()
                          .filter(
                              row ->
                                  text(row, axis).equals(label) && text(row, splitBy).equals(name))
                          .map(row -> figure(row, measure))
                          .findFirst()
                          .orElse(BigDecimal.ZERO))
              .toList();
      series.add(new WidgetData.Chart.Series(name, values, labels));
    }
    return series;
  }

  /** A table of any query. */
  public WidgetDescriptor table(QueryResult result, String title, Issuing issuing) {
    DataQuery query = result.query();
    Dataset dataset = catalogue.dataset(query.dataset());
    List<WidgetData.Table.Column> columns = new ArrayList<>();
    for (String dimension : query.dimensions()) {
      columns.add(
          new WidgetData.Table.Column(
              dimension, dataset.dimension(dimension).label(), "text", true, true));
    }
    for (String name : query.measures()) {
      Measure measure = dataset.measure(name);
      String type = measure.unit() == null ? "number" : "currency";
      columns.add(new WidgetData.Table.Column(name, measure.axisLabel(), type, true, false));
    }
    List<Map<String, Object>> shown = result.rows().stream().limit(MOST_TABLE_ROWS).toList();
    var table = new WidgetData.Table(title, columns, shown, result.rows().size());
    return descriptor(WidgetType.TABLE, table, dataActions.of(query, title, issuing), issuing);
  }

  /** A card with the one figure of a query without dimensions. */
  public WidgetDescriptor card(QueryResult result, String title, Issuing issuing) {
    DataQuery query = result.query();
    Dataset dataset = catalogue.dataset(query.dataset());
    String name = query.measures().getFirst();
    Measure measure = dataset.measure(name);
    BigDecimal value =
        result.rows().isEmpty() ? BigDecimal.ZERO : figure(result.rows().getFirst(), name);
    var card =
        new WidgetData.Card(
            title,
            measure.label() + " from " + dataset.source().name(),
            measure.unit() == null ? "tag" : "payments",
            Figures.written(value, measure),
            value,
            null);
    return descriptor(WidgetType.CARD, card, dataActions.of(query, title, issuing), issuing);
  }

  /** A search form, filled with what the question already gave. */
  public WidgetDescriptor form(String formId, Map<String, String> defaults, Issuing issuing) {
    SearchForm form = catalogue.form(formId);
    List<WidgetData.Form.Field> fields = new ArrayList<>();
    form.fields()
        .forEach(
            (id, field) ->
                fields.add(
                    new WidgetData.Form.Field(
                        id,
                        field.type(),
                        field.label(),
                        field.placeholder(),
                        false,
                        options(form, field),
                        defaults.get(id))));
    var data = new WidgetData.Form(formId, form.title(), fields, form.submit());
    var submit =
        new WidgetAction(
            UUID.randomUUID().toString(),
            form.submit(),
            ActionType.SUBMIT,
            Map.of("endpoint", form.endpoint(), "method", "POST"),
            List.of());
    return descriptor(WidgetType.FORM, data, List.of(submit), issuing);
  }

  private @Nullable List<String> options(SearchForm form, SearchField field) {
    return field.optionsOf() == null
        ? null
        : vocabulary.valuesOf(form.dataset(), field.optionsOf());
  }

  /** Cards that lead to registered routes. */
  public WidgetDescriptor navigation(List<String> paths, Issuing issuing) {
    List<WidgetData.Navigation.Destination> cards = new ArrayList<>();
    List<WidgetAction> actions = new ArrayList<>();
    for (String path : paths) {
      var route = catalogue.route(path);
      cards.add(
          new WidgetData.Navigation.Destination(
              route.title(), route.description(), route.icon(), null, null, path, null));
      actions.add(
          new WidgetAction(
              UUID.randomUUID().toString(),
              "Open " + route.title(),
              ActionType.NAVIGATE,
              Map.of("route", path),
              List.of()));
    }
    return descriptor(WidgetType.NAVIGATION, new WidgetData.Navigation(cards), actions, issuing);
  }

  private static WidgetDescriptor descriptor(
      WidgetType type, WidgetData data, List<WidgetAction> actions, Issuing issuing) {
    return new WidgetDescriptor(
        "widget",
        UUID.randomUUID().toString(),
        type,
        data,
        new WidgetConfig(
            true,
            true,
            actions.stream().anyMatch(action -> action.type() == ActionType.DOWNLOAD),
            actions.stream().anyMatch(action -> action.type() == ActionType.API_CALL)),
        actions,
        new WidgetMetadata(
            issuing.sources(),
            issuing.now().toString(),
            issuing.now().plus(LIFETIME).toString(),
            issuing.question(),
            issuing.actor().userId()));
  }
}
