package io.colloquy.command.widget;

import io.colloquy.api.access.Permissions;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.widget.ActionType;
import io.colloquy.api.widget.ChartType;
import io.colloquy.api.widget.WidgetAction;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.export.ExportFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The actions a widget with data offers: only those its person is permitted, and only those that
 * lead somewhere.
 */
final class DataActions {

  private static final List<String> MAY_DRILL_DOWN =
      List.of(Permissions.MANAGER, Permissions.ANALYST);
  private static final List<String> MAY_EXPORT = List.of(Permissions.DATA_EXPORTER);
  private static final int LONGEST_FILENAME = 60;

  private final Catalogue catalogue;

  DataActions(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Drill-down and export.
   *
   * @param chart how the data is drawn, for the picture in a PDF; null when it is not
   */
  List<WidgetAction> of(DataQuery query, String title, @Nullable ChartType chart, Issuing issuing) {
    List<WidgetAction> actions = new ArrayList<>();
    String dataKey = issuing.dataKey();
    if (dataKey == null) {
      return actions;
    }
    List<String> levels = DrillPath.levels(query, catalogue.dataset(query.dataset()));
    if (issuing.actor().holdsAnyOf(MAY_DRILL_DOWN) && !levels.isEmpty()) {
      actions.add(
          new WidgetAction(
              UUID.randomUUID().toString(),
              "View Details",
              ActionType.API_CALL,
              Map.of(
                  "endpoint",
                  Endpoints.DRILL_DOWN,
                  "method",
                  "POST",
                  "data_key",
                  dataKey,
                  "dimensions",
                  query.dimensions(),
                  "levels",
                  levels),
              MAY_DRILL_DOWN));
    }
    if (issuing.actor().holdsAnyOf(MAY_EXPORT)) {
      for (ExportFormat format : ExportFormat.values()) {
        actions.add(export(format, title, chart, dataKey));
      }
    }
    return actions;
  }

  private static WidgetAction export(
      ExportFormat format, String title, @Nullable ChartType chart, String dataKey) {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("format", format.wireName());
    params.put("filename", slug(title) + "." + format.wireName());
    params.put("data_key", dataKey);
    params.put("title", title);
    if (chart != null) {
      params.put("chart_type", chart.wireName());
    }
    return new WidgetAction(
        UUID.randomUUID().toString(), format.label(), ActionType.DOWNLOAD, params, MAY_EXPORT);
  }

  /** Fetches the rows of a table that are not shown at first. */
  static WidgetAction paging(String dataKey) {
    return new WidgetAction(
        UUID.randomUUID().toString(),
        "Load rows",
        ActionType.API_CALL,
        Map.of(
            "endpoint",
            Endpoints.PAGE,
            "method",
            "POST",
            "data_key",
            dataKey,
            "page_size",
            Widgets.MOST_TABLE_ROWS),
        List.of());
  }

  /** A title as a name that is safe in every file system. */
  static String slug(String title) {
    String safe =
        title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    String name = safe.isEmpty() ? "data" : safe;
    return name.substring(0, Math.min(name.length(), LONGEST_FILENAME));
  }
}
