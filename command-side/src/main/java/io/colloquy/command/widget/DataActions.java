package io.colloquy.command.widget;

import io.colloquy.api.access.Permissions;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.widget.ActionType;
import io.colloquy.api.widget.WidgetAction;
import io.colloquy.command.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

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

  List<WidgetAction> of(DataQuery query, String title, Issuing issuing) {
    List<WidgetAction> actions = new ArrayList<>();
    String dataKey = issuing.dataKey();
    if (dataKey == null) {
      return actions;
    }
    if (issuing.actor().holdsAnyOf(MAY_DRILL_DOWN)
        && DrillPath.next(query, catalogue.dataset(query.dataset())).isPresent()) {
      actions.add(
          new WidgetAction(
              UUID.randomUUID().toString(),
              "View Details",
              ActionType.API_CALL,
              Map.of("endpoint", "/api/data/drilldown", "method", "POST", "data_key", dataKey),
              MAY_DRILL_DOWN));
    }
    if (issuing.actor().holdsAnyOf(MAY_EXPORT)) {
      actions.add(
          new WidgetAction(
              UUID.randomUUID().toString(),
              "Export CSV",
              ActionType.DOWNLOAD,
              Map.of("format", "csv", "filename", slug(title) + ".csv", "data_key", dataKey),
              MAY_EXPORT));
    }
    return actions;
  }

  /** A title as a name that is safe in every file system. */
  static String slug(String title) {
    String safe =
        title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    String name = safe.isEmpty() ? "data" : safe;
    return name.substring(0, Math.min(name.length(), LONGEST_FILENAME));
  }
}
