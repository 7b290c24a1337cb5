package io.colloquy.api.turn;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.widget.ChartType;
import io.colloquy.api.widget.WidgetType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a question will be answered. Recorded before anything else happens, so that a turn
 * interrupted by a crash goes on with the very same plan.
 *
 * @param intent what the question wants
 * @param needsWidget whether a widget clearly adds value
 * @param widgetType the widget, present when one is needed
 * @param chartType the kind of chart, present for charts only
 * @param title what the answer shows, in a few words
 * @param reasoning why this intent and this widget, naming the rule
 * @param query the data it needs, absent when none
 * @param routes registered routes to offer, for navigation
 * @param formId the form to show, for searches and input
 * @param formDefaults values the question already gave, for the form or the route's deep link
 * @param reply the answer itself where no data is needed; without it and without a query a
 *     text-only answer is found in documents
 * @param assumptions what was taken for granted, said in the answer
 * @param confidence share of the question's own terms that the catalogue knows, 0 to 1
 */
public record TurnPlan(
    Intent intent,
    boolean needsWidget,
    @Nullable WidgetType widgetType,
    @Nullable ChartType chartType,
    String title,
    String reasoning,
    @Nullable DataQuery query,
    List<String> routes,
    @Nullable String formId,
    Map<String, String> formDefaults,
    @Nullable String reply,
    List<String> assumptions,
    double confidence) {

  /** A plan to answer with words alone. */
  public static TurnPlan reply(Intent intent, String reasoning, String reply, double confidence) {
    return words(intent, reasoning, reply, confidence);
  }

  /** A plan to answer with what documents say. */
  public static TurnPlan fromDocuments(String reasoning, double confidence) {
    return words(Intent.TEXT_ONLY, reasoning, null, confidence);
  }

  private static TurnPlan words(
      Intent intent, String reasoning, @Nullable String reply, double confidence) {
    return new TurnPlan(
        intent,
        false,
        null,
        null,
        "Answer",
        reasoning,
        null,
        List.of(),
        null,
        Map.of(),
        reply,
        List.of(),
        confidence);
  }

  /** Whether its words are to be found in documents: they are neither known yet nor about data. */
  @JsonIgnore
  public boolean isFromDocuments() {
    return intent == Intent.TEXT_ONLY && query == null && reply == null;
  }

  /** The same plan for other data, under a title and assumptions that say so. */
  public TurnPlan over(DataQuery otherQuery, String otherTitle, List<String> otherAssumptions) {
    return new TurnPlan(
        intent,
        needsWidget,
        widgetType,
        chartType,
        otherTitle,
        reasoning,
        otherQuery,
        routes,
        formId,
        formDefaults,
        reply,
        otherAssumptions,
        confidence);
  }

  /** Copies the collections. */
  public TurnPlan {
    routes = List.copyOf(routes);
    assumptions = List.copyOf(assumptions);
  }
}
