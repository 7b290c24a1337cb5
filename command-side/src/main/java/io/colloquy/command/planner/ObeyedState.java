package io.colloquy.command.planner;

import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.api.turn.Intent;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.DateRange;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes a plan obey its conversation's shared state: only active sources are read, active filters
 * and the selected days restrict what is read, and the answer names each of them. What the question
 * itself says about a dimension goes before a filter on it.
 */
@Component
public class ObeyedState {

  private final Catalogue catalogue;
  private final Vocabulary vocabulary;

  /** Over the catalogue and the values its data holds. */
  public ObeyedState(Catalogue catalogue, Vocabulary vocabulary) {
    this.catalogue = catalogue;
    this.vocabulary = vocabulary;
  }

  /** The plan under the state. */
  public TurnPlan apply(TurnPlan plan, SharedState state) {
    DataQuery query = plan.query();
    if (query == null) {
      return plan;
    }
    Dataset dataset = catalogue.dataset(query.dataset());
    return ActiveSources.allow(dataset, state)
        ? filtered(plan, query, dataset, state)
        : inactive(plan, dataset, state);
  }

  private TurnPlan inactive(TurnPlan plan, Dataset dataset, SharedState state) {
    String active =
        catalogue.datasets().values().stream()
            .filter(other -> ActiveSources.allow(other, state))
            .map(other -> other.source().name())
            .collect(Collectors.joining(", "));
    String reply =
        "This needs the source **%s**, which is not active in this conversation. Active: %s."
            .formatted(dataset.source().name(), active.isEmpty() ? "none of mine" : active);
    return new TurnPlan(
        Intent.TEXT_ONLY,
        false,
        null,
        null,
        "Answer",
        "the data needed is in no active source",
        null,
        List.of(),
        null,
        Map.of(),
        reply,
        List.of(),
        plan.confidence());
  }

  private TurnPlan filtered(TurnPlan plan, DataQuery query, Dataset dataset, SharedState state) {
    List<Filter> filters = new ArrayList<>(query.filters());
    List<String> assumptions = new ArrayList<>(plan.assumptions());
    List<String> applied = new ArrayList<>();
    FilterReading reading = new FilterReading(query.dataset(), dataset, vocabulary);
    state
        .activeFilters()
        .forEach(
            (key, value) ->
                obey(
                    FilterReading.inWords(key, value),
                    reading.filter(key, value),
                    query,
                    dataset,
                    filters,
                    assumptions,
                    applied));
    DateRange days = state.selectedDateRange();
    if (days != null) {
      Filter span =
          new Filter(
              "date",
              Operator.BETWEEN,
              List.of(days.startDate().toString(), days.endDate().toString()));
      obey(
          days.startDate() + " to " + days.endDate(),
          dataset.time() == null ? null : span,
          query,
          dataset,
          filters,
          assumptions,
          applied);
    }
    if (applied.isEmpty() && assumptions.equals(plan.assumptions())) {
      return plan;
    }
    if (!applied.isEmpty()) {
      assumptions.addFirst("active filters: " + String.join(", ", applied));
    }
    return new TurnPlan(
        plan.intent(),
        plan.needsWidget(),
        plan.widgetType(),
        plan.chartType(),
        applied.isEmpty() ? plan.title() : plan.title() + " · " + String.join(" · ", applied),
        plan.reasoning(),
        new DataQuery(
            query.dataset(),
            query.measures(),
            query.dimensions(),
            filters,
            query.sort(),
            query.limit()),
        plan.routes(),
        plan.formId(),
        plan.formDefaults(),
        plan.reply(),
        assumptions,
        plan.confidence());
  }

  private static void obey(
      String words,
      @Nullable Filter filter,
      DataQuery query,
      Dataset dataset,
      List<Filter> filters,
      List<String> assumptions,
      List<String> applied) {
    if (filter == null) {
      assumptions.add("the active filter " + words + " does not fit this data and was left out");
    } else if (query.filters().stream().anyMatch(said -> same(said, filter, dataset))) {
      assumptions.add(
          "the question itself says otherwise than the active filter "
              + words
              + ", so it was left out");
    } else {
      filters.add(filter);
      applied.add(words);
    }
  }

  private static boolean same(Filter said, Filter filter, Dataset dataset) {
    return said.dimension().equals(filter.dimension())
        || (isTime(said, dataset) && isTime(filter, dataset));
  }

  private static boolean isTime(Filter filter, Dataset dataset) {
    Catalogue.Dimension dimension = dataset.dimensions().get(filter.dimension());
    return dimension != null && dimension.isTime();
  }
}
