package io.colloquy.command.widget;

import io.colloquy.api.widget.WidgetData.Navigation.Destination;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Route;
import io.colloquy.command.catalogue.Vocabulary;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Cards of registered routes; the badge says how far the data behind the page reaches. */
@Component
class RouteCards {

  private static final int FRESH_FOR_DAYS = 45;

  private final Catalogue catalogue;
  private final Vocabulary vocabulary;
  private final Clock clock;

  RouteCards(Catalogue catalogue, Vocabulary vocabulary, Clock clock) {
    this.catalogue = catalogue;
    this.vocabulary = vocabulary;
    this.clock = clock;
  }

  /**
   * The card of a route.
   *
   * @param params what is known of the wish; a deep link carries what its route takes
   */
  Destination of(String path, Map<String, String> params) {
    Route route = catalogue.route(path);
    LocalDate lastDay = vocabulary.lastDay(route.about().getFirst());
    Map<String, String> carried = new LinkedHashMap<>();
    for (String name : route.params()) {
      String value = params.get(name);
      if (value != null) {
        carried.put(name, value);
      }
    }
    return new Destination(
        route.title(),
        route.description(),
        route.icon(),
        lastDay == null ? null : "Data to " + lastDay,
        lastDay == null ? null : isFresh(lastDay) ? "success" : "warning",
        path,
        carried.isEmpty() ? null : carried);
  }

  private boolean isFresh(LocalDate lastDay) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return !lastDay.isBefore(today.minusDays(FRESH_FOR_DAYS));
  }
}
