package io.colloquy.command.planner;

import io.colloquy.api.data.DataQuery;
import io.colloquy.api.turn.Intent;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.ChartType;
import io.colloquy.api.widget.WidgetType;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The plans that show a form. */
final class FormPlans {

  private final Catalogue catalogue;

  FormPlans(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Rows that are looked for: a table, with a form to refine the search where there is one. */
  TurnPlan search(String name, @Nullable String form, Dataset dataset, QueryReading query) {
    DataQuery rows = query.searchQuery();
    return new TurnPlan(
        Intent.SEARCH_FILTER,
        true,
        form == null ? WidgetType.TABLE : WidgetType.FORM,
        null,
        Titles.of(query.query(), dataset, query.calledByDataset()),
        "the question looks for rows of \""
            + name
            + (form == null
                ? "\": a table"
                : "\": a form to refine the search, a table of results"),
        rows,
        List.of(),
        form,
        form == null ? Map.of() : GivenValues.inForm(catalogue.form(form), query),
        null,
        query.assumptions(),
        query.reading().confidence());
  }

  /** Figures to be filtered: a form with the filters, and a chart of what they leave. */
  TurnPlan filter(String form, QueryReading query) {
    DataQuery asked = query.query();
    Catalogue.Breakdown chart = Objects.requireNonNull(catalogue.form(form).chart());
    DataQuery shown =
        asked.dimensions().isEmpty()
            ? new DataQuery(
                asked.dataset(),
                asked.measures(),
                List.of(chart.by()),
                asked.filters(),
                asked.sort(),
                asked.limit())
            : asked;
    boolean overTime =
        catalogue.dataset(asked.dataset()).dimension(shown.dimensions().getFirst()).isTime();
    return new TurnPlan(
        Intent.SEARCH_FILTER,
        true,
        WidgetType.FORM,
        overTime ? ChartType.LINE : ChartType.BAR,
        Titles.of(asked, catalogue.dataset(asked.dataset()), query.calledByDataset()),
        "the question wants to filter: a form with the filters, a chart of what they leave",
        shown,
        List.of(),
        form,
        GivenValues.inForm(catalogue.form(form), query),
        null,
        query.assumptions(),
        query.reading().confidence());
  }

  /** A form to take down what the words speak of, or null when there is none. */
  @Nullable TurnPlan input(Words words) {
    for (Map.Entry<String, Catalogue.FormDefinition> form : catalogue.forms().entrySet()) {
      List<String> about = Objects.requireNonNullElse(form.getValue().synonyms(), List.of());
      if (words.containsAny(Set.copyOf(about))) {
        return new TurnPlan(
            Intent.FORM_INPUT,
            true,
            WidgetType.FORM,
            null,
            form.getValue().title(),
            "the question wants to enter data: the form \"" + form.getKey() + "\"",
            null,
            List.of(),
            form.getKey(),
            Map.of(),
            "Please fill in the form; nothing is recorded before you have confirmed it.",
            List.of(),
            1.0);
      }
    }
    return null;
  }
}
