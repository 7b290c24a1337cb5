package io.colloquy.command.planner;

import io.colloquy.api.turn.Intent;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.WidgetType;
import io.colloquy.command.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The plans that lead to places of the client. */
final class RoutePlans {

  private final Catalogue catalogue;

  RoutePlans(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** To the places a question names, or those that fit what it is about. */
  TurnPlan navigation(Reading reading) {
    List<String> named =
        reading.terms(Term.OfRoute.class).map(Term.OfRoute::path).distinct().toList();
    Set<String> about =
        reading
            .terms(Term.OfDataset.class)
            .map(Term.OfDataset::dataset)
            .collect(Collectors.toSet());
    List<String> routes = new ArrayList<>(named);
    if (routes.isEmpty()) {
      catalogue
          .routes()
          .forEach(
              (path, route) -> {
                if (about.isEmpty() || route.about().stream().anyMatch(about::contains)) {
                  routes.add(path);
                }
              });
    }
    String rule =
        named.isEmpty()
            ? "the question asks where to go: the places that fit are offered"
            : "the question asks to go to a known place";
    return new TurnPlan(
        Intent.NAVIGATION,
        !routes.isEmpty(),
        routes.isEmpty() ? null : WidgetType.NAVIGATION,
        null,
        named.isEmpty() ? "Places to go" : catalogue.route(named.getFirst()).title(),
        rule,
        null,
        routes,
        null,
        linkParams(reading, routes),
        routes.isEmpty() ? "There are no places to go to." : null,
        List.of(),
        named.isEmpty() ? reading.confidence() : 1.0);
  }

  private Map<String, String> linkParams(Reading reading, List<String> routes) {
    Map<String, String> params = new LinkedHashMap<>();
    routes.forEach(path -> params.putAll(GivenValues.inLink(reading, catalogue.route(path))));
    return params;
  }
}
