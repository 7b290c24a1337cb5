package io.colloquy.command.planner;

import io.colloquy.api.access.Actor;
import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.turn.Intent;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.DateRange;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** The plan under the state, for an actor. */
  public TurnPlan apply(TurnPlan plan, SharedState state, Actor actor) {
    DataQuery query = plan.query();
    if (query == null) {
      return plan;
    }
    Dataset dataset = catalogue.dataset(query.dataset());
    return dataset.isActiveIn(state)
        ? filtered(plan, query, dataset, state, actor)
        : inactive(plan, dataset, state);
  }

  /** The plan without what the state had added to it. */
  public TurnPlan undo(TurnPlan plan, SharedState state, Actor actor) {
    DataQuery query = plan.query();
    Dataset dataset = query == null ? null : catalogue.datasets().get(query.dataset());
    if (query == null || dataset == null) {
      return plan;
    }
    FilterReading reading = new FilterReading(query.dataset(), dataset, vocabulary, actor);
    List<Filter> added = new ArrayList<>();
    state
        .activeFilters()
        .forEach(
            (key, value) -> Optional.ofNullable(reading.filter(key, value)).ifPresent(added::add));
    DateRange days = state.selectedDateRange();
    if (days != null) {
      Optional.ofNullable(reading.filter("date_range", asJson(days))).ifPresent(added::add);
    }
    List<Filter> own = new ArrayList<>(query.filters());
    return own.removeAll(added)
        ? plan.over(query.where(own), Titles.of(query.where(own), dataset, ""), plan.assumptions())
        : plan;
  }

  private TurnPlan inactive(TurnPlan plan, Dataset dataset, SharedState state) {
    String active =
        catalogue.datasets().values().stream()
            .filter(other -> other.isActiveIn(state))
            .map(other -> other.source().name())
            .collect(Collectors.joining(", "));
    String reply =
        "This needs the source **%s**, which is not active in this conversation. Active: %s."
            .formatted(dataset.source().name(), active.isEmpty() ? "none of mine" : active);
    return TurnPlan.reply(
        Intent.TEXT_ONLY, "the data needed is in no active source", reply, plan.confidence());
  }

  private TurnPlan filtered(
      TurnPlan plan, DataQuery query, Dataset dataset, SharedState state, Actor actor) {
    FilterReading reading = new FilterReading(query.dataset(), dataset, vocabulary, actor);
    Restriction restriction = new Restriction(query, dataset);
    state
        .activeFilters()
        .forEach(
            (key, value) ->
                restriction.add(FilterReading.inWords(key, value), reading.filter(key, value)));
    DateRange days = state.selectedDateRange();
    if (days != null) {
      restriction.add(
          days.startDate() + " to " + days.endDate(), reading.filter("date_range", asJson(days)));
    }
    return restriction.of(plan);
  }

  private static Map<String, Object> asJson(DateRange days) {
    return Map.of("start_date", days.startDate().toString(), "end_date", days.endDate().toString());
  }

  /** What the state adds to a query, and what is to be said about it. */
  private static final class Restriction {

    private final DataQuery query;
    private final Dataset dataset;
    private final List<Filter> filters;
    private final List<String> applied = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    Restriction(DataQuery query, Dataset dataset) {
      this.query = query;
      this.dataset = dataset;
      this.filters = new ArrayList<>(query.filters());
    }

    void add(String words, @Nullable Filter filter) {
      if (filter == null) {
        leftOut.add("the active filter " + words + " does not fit this data and was left out");
      } else if (query.filters().stream().anyMatch(said -> isAboutTheSame(said, filter))) {
        leftOut.add(
            "the question itself says otherwise than the active filter "
                + words
                + ", so it was left out");
      } else {
        filters.add(filter);
        applied.add(words);
      }
    }

    private boolean isAboutTheSame(Filter said, Filter filter) {
      return said.dimension().equals(filter.dimension())
          || (dataset.isTime(said.dimension()) && dataset.isTime(filter.dimension()));
    }

    TurnPlan of(TurnPlan plan) {
      if (applied.isEmpty() && leftOut.isEmpty()) {
        return plan;
      }
      List<String> assumptions = new ArrayList<>();
      if (!applied.isEmpty()) {
        assumptions.add("active filters: " + String.join(", ", applied));
      }
      assumptions.addAll(plan.assumptions());
      assumptions.addAll(leftOut);
      List<String> title = new ArrayList<>(List.of(plan.title()));
      title.addAll(applied);
      return plan.over(query.where(filters), String.join(" · ", title), assumptions);
    }
  }
}
