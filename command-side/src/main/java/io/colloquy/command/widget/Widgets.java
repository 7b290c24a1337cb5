package io.colloquy.command.widget;

import static io.colloquy.command.catalogue.QueryResult.figure;

import io.colloquy.api.data.DataQuery;
import io.colloquy.api.widget.ActionType;
import io.colloquy.api.widget.ChartType;
import io.colloquy.api.widget.WidgetAction;
import io.colloquy.api.widget.WidgetData;
import io.colloquy.api.widget.WidgetData.ColumnType;
import io.colloquy.api.widget.WidgetDescriptor;
import io.colloquy.api.widget.WidgetDescriptor.WidgetConfig;
import io.colloquy.api.widget.WidgetDescriptor.WidgetMetadata;
import io.colloquy.api.widget.WidgetType;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.DatePart;
import io.colloquy.command.catalogue.Catalogue.FormDefinition;
import io.colloquy.command.catalogue.Catalogue.Measure;
import io.colloquy.command.catalogue.ChartSeries;
import io.colloquy.command.catalogue.Figures;
import io.colloquy.command.catalogue.QueryResult;
import io.colloquy.command.form.Forms;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

  /** A table carries at most this many rows; the rest comes page by page. */
  public static final int MOST_TABLE_ROWS = 200;

  private final Catalogue catalogue;
  private final Forms forms;
  private final WidgetLifetimes lifetimes;
  private final DataActions dataActions;
  private final RouteCards routeCards;

  /** Widgets over the catalogue's datasets. */
  Widgets(Catalogue catalogue, Forms forms, WidgetLifetimes lifetimes, RouteCards routeCards) {
    this.catalogue = catalogue;
    this.forms = forms;
    this.lifetimes = lifetimes;
    this.dataActions = new DataActions(catalogue);
    this.routeCards = routeCards;
  }

  /** A chart of a query with one or two dimensions. */
  public WidgetDescriptor chart(QueryResult result, ChartType type, String title, Issuing issuing) {
    DataQuery query = result.query();
    Dataset dataset = catalogue.dataset(query.dataset());
    String axis = query.dimensions().getFirst();
    var chart =
        new WidgetData.Chart(
            type,
            ChartSeries.of(result, dataset),
            dataset.dimension(axis).label(),
            dataset.measure(query.measures().getFirst()).axisLabel(),
            title);
    return descriptor(
        WidgetType.CHART, chart, dataActions.of(query, title, type, issuing), issuing);
  }

  /** Two dimensions as a grid of shaded cells, one of the registered custom kinds. */
  public WidgetDescriptor heatmap(QueryResult result, String title, Issuing issuing) {
    DataQuery query = result.query();
    Dataset dataset = catalogue.dataset(query.dataset());
    List<WidgetData.Chart.Series> rows = ChartSeries.of(result, dataset);
    Map<String, Object> grid = new LinkedHashMap<>();
    grid.put("x_axis_label", dataset.dimension(query.dimensions().getFirst()).label());
    grid.put("y_axis_label", dataset.dimension(query.dimensions().getLast()).label());
    grid.put("value_label", dataset.measure(query.measures().getFirst()).axisLabel());
    grid.put("x_labels", rows.getFirst().labels());
    grid.put("y_labels", rows.stream().map(WidgetData.Chart.Series::name).toList());
    grid.put("values", rows.stream().map(WidgetData.Chart.Series::values).toList());
    var custom = new WidgetData.Custom("heatmap", title, grid);
    return descriptor(
        WidgetType.CUSTOM, custom, dataActions.of(query, title, null, issuing), issuing);
  }

  /** Questions to choose from, one of the registered custom kinds. */
  public WidgetDescriptor choices(String title, Map<String, String> choices, Issuing issuing) {
    List<Map<String, String>> options = new ArrayList<>();
    choices.forEach((label, ask) -> options.add(Map.of("label", label, "ask", ask)));
    var custom = new WidgetData.Custom("choices", title, Map.of("options", options));
    return descriptor(WidgetType.CUSTOM, custom, List.of(), issuing);
  }

  /** A table of any query; what it does not show at first can be paged through. */
  public WidgetDescriptor table(QueryResult result, String title, Issuing issuing) {
    DataQuery query = result.query();
    Dataset dataset = catalogue.dataset(query.dataset());
    List<WidgetData.Table.Column> columns = new ArrayList<>();
    for (String name : query.dimensions()) {
      var dimension = dataset.dimension(name);
      ColumnType type = dimension.part() == DatePart.DAY ? ColumnType.DATE : ColumnType.TEXT;
      columns.add(new WidgetData.Table.Column(name, dimension.label(), type, true, true));
    }
    for (String name : query.measures()) {
      Measure measure = dataset.measure(name);
      ColumnType type = measure.unit() == null ? ColumnType.NUMBER : ColumnType.CURRENCY;
      columns.add(new WidgetData.Table.Column(name, measure.axisLabel(), type, true, false));
    }
    List<Map<String, Object>> shown = result.rows().stream().limit(MOST_TABLE_ROWS).toList();
    var table = new WidgetData.Table(title, columns, shown, result.totalRows());
    List<WidgetAction> actions = dataActions.of(query, title, null, issuing);
    if (issuing.dataKey() != null && shown.size() < result.totalRows()) {
      actions.add(DataActions.paging(issuing.dataKey()));
    }
    return descriptor(WidgetType.TABLE, table, actions, issuing);
  }

  /**
   * A card with the one figure of a query without dimensions.
   *
   * @param delta the change against the period before, null when there is none to compare with
   */
  public WidgetDescriptor card(
      QueryResult result, String title, @Nullable String delta, Issuing issuing) {
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
            delta);
    return descriptor(WidgetType.CARD, card, dataActions.of(query, title, null, issuing), issuing);
  }

  /** The reference guide's first widget. */
  public WidgetDescriptor hello(Issuing issuing) {
    var card =
        new WidgetData.Card(
            "Hello from Colloquy!",
            "This is your first interactive widget.",
            "celebration",
            null,
            null,
            null);
    var click =
        new WidgetAction(
            UUID.randomUUID().toString(),
            "Click Me",
            ActionType.API_CALL,
            Map.of("endpoint", Endpoints.HELLO, "method", "POST"),
            List.of());
    return descriptor(WidgetType.CARD, card, List.of(click), issuing);
  }

  /** A form, filled with what the question already gave. */
  public WidgetDescriptor form(String formId, Map<String, String> defaults, Issuing issuing) {
    FormDefinition form = catalogue.form(formId);
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("endpoint", form.endpoint());
    params.put("method", "POST");
    List<WidgetAction> actions = new ArrayList<>();
    String submitId = UUID.randomUUID().toString();
    if (form.confirm() != null) {
      params.put("confirm", true);
      actions.add(
          new WidgetAction(
              UUID.randomUUID().toString(),
              "Confirm",
              ActionType.DIALOG,
              Map.of("title", form.title(), "message", form.confirm(), "confirms", submitId),
              List.of()));
    }
    actions.add(new WidgetAction(submitId, form.submit(), ActionType.SUBMIT, params, List.of()));
    return descriptor(
        WidgetType.FORM, forms.form(formId, defaults, issuing.actor()), actions, issuing);
  }

  /** Cards that lead to registered routes, each with what its deep link carries. */
  public WidgetDescriptor navigation(
      List<String> paths, Map<String, String> params, Issuing issuing) {
    List<WidgetData.Navigation.Destination> cards =
        paths.stream().map(path -> routeCards.of(path, params)).toList();
    List<WidgetAction> actions = new ArrayList<>();
    for (WidgetData.Navigation.Destination card : cards) {
      Map<String, Object> opening = new LinkedHashMap<>();
      opening.put("route", card.route());
      if (card.params() != null) {
        opening.put("params", card.params());
      }
      actions.add(
          new WidgetAction(
              UUID.randomUUID().toString(),
              "Open " + card.title(),
              ActionType.NAVIGATE,
              opening,
              List.of()));
    }
    return descriptor(WidgetType.NAVIGATION, new WidgetData.Navigation(cards), actions, issuing);
  }

  private WidgetDescriptor descriptor(
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
            actions.stream().anyMatch(action -> action.endpoint().equals(Endpoints.DRILL_DOWN))),
        actions,
        new WidgetMetadata(
            issuing.sources(),
            issuing.now().toString(),
            issuing.now().plus(lifetimes.of(type)).toString(),
            issuing.question(),
            issuing.actor().userId()));
  }
}
