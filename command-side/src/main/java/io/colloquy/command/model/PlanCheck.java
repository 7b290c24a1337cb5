package io.colloquy.command.model;

import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.api.data.DataQuery.Sort;
import io.colloquy.api.turn.Intent;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.ChartType;
import io.colloquy.api.widget.FormRules;
import io.colloquy.api.widget.WidgetType;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.Dimension;
import io.colloquy.command.catalogue.Vocabulary;
import io.colloquy.command.planner.Titles;
import io.colloquy.command.planner.TurnPlanner.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a model said into a plan, if and only if all of it is in the catalogue and the person
 * may read it. What is wrong is collected, to be told to the model once.
 */
final class PlanCheck {

  private static final int MOST_DIMENSIONS = 6;
  private static final int MOST_ROWS = 1_000;
  private static final int LONGEST_TEXT = 4_000;

  private final Catalogue catalogue;
  private final Vocabulary vocabulary;
  private final Question question;
  private final Map<String, Dataset> readable;
  private final List<String> errors = new ArrayList<>();

  PlanCheck(Catalogue catalogue, Vocabulary vocabulary, Question question) {
    this.catalogue = catalogue;
    this.vocabulary = vocabulary;
    this.question = question;
    this.readable = catalogue.datasetsFor(question.actor());
  }

  List<String> errors() {
    return errors;
  }

  /** The plan, or null when something is wrong with it. */
  @Nullable TurnPlan plan(ModelPlan said, double confidence) {
    Intent intent = find(Intent.values(), said.intent());
    if (intent == null) {
      errors.add("\"intent\" must be one of " + names(Intent.values()));
    }
    boolean data = "data".equalsIgnoreCase(Objects.requireNonNullElse(said.answerFrom(), ""));
    DataQuery query = data ? query(said.query()) : null;
    TurnPlan plan =
        intent == null
            ? null
            : data
                ? ofData(said, intent, query, confidence)
                : withoutData(said, intent, confidence);
    return errors.isEmpty() ? plan : null;
  }

  // ---- with data ----

  private @Nullable TurnPlan ofData(
      ModelPlan said, Intent intent, @Nullable DataQuery query, double confidence) {
    if (query == null || !errors.isEmpty()) {
      return null;
    }
    Dataset dataset = catalogue.dataset(query.dataset());
    WidgetType widget = find(WidgetType.values(), said.widget());
    ChartType chart = find(ChartType.values(), said.chart());
    if (widget == WidgetType.FORM && !Objects.equals(dataset.form(), said.form())) {
      errors.add("\"form\" must be the dataset's own, or the widget another");
    }
    boolean flat = query.dimensions().isEmpty();
    if (widget == WidgetType.CARD && !(flat && query.measures().size() == 1)) {
      errors.add("a card shows one measure and no dimensions");
    }
    if (widget == WidgetType.CHART && (flat || query.dimensions().size() > 2)) {
      errors.add("a chart needs one or two dimensions");
    }
    if (widget == WidgetType.CHART && chart == null) {
      errors.add("\"chart\" must be one of " + names(ChartType.values()));
    }
    if (widget == null || widget == WidgetType.NAVIGATION || widget == WidgetType.CUSTOM) {
      errors.add("\"widget\" must be card, chart, table or form when data is read");
    }
    return new TurnPlan(
        intent,
        true,
        widget,
        widget == WidgetType.CHART ? chart : null,
        Titles.of(query, dataset, ""),
        reasoning(said),
        query,
        List.of(),
        widget == WidgetType.FORM ? dataset.form() : null,
        Map.of(),
        null,
        List.of(),
        confidence);
  }

  private @Nullable DataQuery query(ModelPlan.@Nullable ModelQuery said) {
    Dataset dataset = said == null ? null : readable.get(said.dataset());
    if (said == null || dataset == null) {
      errors.add("\"query.dataset\" must be one of " + String.join(", ", readable.keySet()));
      return null;
    }
    List<String> measures = known(said.measures(), dataset.measures(), "measures");
    List<String> dimensions = known(said.dimensions(), dataset.dimensions(), "dimensions");
    if (measures.isEmpty()) {
      errors.add("\"query.measures\" must name at least one of the dataset's measures");
    }
    if (dimensions.size() > MOST_DIMENSIONS) {
      errors.add("\"query.dimensions\" has too many entries");
    }
    List<Filter> filters = new ArrayList<>();
    for (ModelPlan.ModelFilter filter : orEmpty(said.filters())) {
      filter(filter, said.dataset(), dataset).ifPresent(filters::add);
    }
    List<Sort> sort = new ArrayList<>();
    for (ModelPlan.ModelSort by : orEmpty(said.sort())) {
      if (measures.contains(by.field()) || dimensions.contains(by.field())) {
        sort.add(new Sort(by.field(), by.descending()));
      } else {
        errors.add("\"query.sort\" must name a measure or dimension of the query");
      }
    }
    if (said.limit() < 0 || said.limit() > MOST_ROWS) {
      errors.add("\"query.limit\" must be 0 for all, or 1 to " + MOST_ROWS);
    }
    return new DataQuery(
        said.dataset(),
        measures,
        dimensions,
        filters,
        sort,
        said.limit() == 0 ? null : Integer.valueOf(said.limit()));
  }

  private List<String> known(@Nullable List<String> names, Map<String, ?> catalogued, String what) {
    List<String> said = orEmpty(names).stream().distinct().toList();
    said.stream()
        .filter(name -> !catalogued.containsKey(name))
        .findFirst()
        .ifPresent(
            name ->
                errors.add(
                    "\"query.%s\" may only name %s"
                        .formatted(what, String.join(", ", catalogued.keySet()))));
    return said;
  }

  private Optional<Filter> filter(ModelPlan.ModelFilter said, String name, Dataset dataset) {
    Operator operator = find(Operator.values(), said.operator());
    List<String> values = orEmpty(said.values());
    boolean measure = dataset.measures().containsKey(said.dimension());
    Dimension dimension = dataset.dimensions().get(said.dimension());
    if (operator == null || values.isEmpty() || (dimension == null && !measure)) {
      errors.add("each filter needs a known dimension or measure, an operator and values");
      return Optional.empty();
    }
    boolean wrong =
        (operator == Operator.BETWEEN && values.size() != 2)
            || (measure
                && (operator == Operator.CONTAINS
                    || values.stream().anyMatch(value -> FormRules.number(value) == null)))
            || ("date".equals(said.dimension())
                && operator != Operator.CONTAINS
                && values.stream().anyMatch(value -> FormRules.date(value) == null));
    if (wrong) {
      errors.add(
          "the values of the filter on \"%s\" do not fit its operator".formatted(said.dimension()));
      return Optional.empty();
    }
    return Optional.of(
        new Filter(
            said.dimension(),
            operator,
            dimension == null || dimension.open() || dimension.isTime()
                ? values
                : values.stream()
                    .map(value -> valueOf(name, said.dimension(), operator, value))
                    .toList()));
  }

  /** A value as the data writes it; one it does not have is an error, so that none is made up. */
  private String valueOf(String dataset, String dimension, Operator operator, String value) {
    if (operator != Operator.IN && operator != Operator.NOT_IN) {
      return value;
    }
    return vocabulary.valuesFor(question.actor(), dataset, dimension).stream()
        .filter(value::equalsIgnoreCase)
        .findFirst()
        .orElseGet(
            () -> {
              errors.add("\"%s\" has no such value".formatted(dimension));
              return value;
            });
  }

  // ---- without ----

  private @Nullable TurnPlan withoutData(ModelPlan said, Intent intent, double confidence) {
    List<String> routes = orEmpty(said.routes());
    String form = Objects.requireNonNullElse(said.form(), "");
    if (!catalogue.routes().keySet().containsAll(routes)) {
      errors.add("\"routes\" may only name " + String.join(", ", catalogue.routes().keySet()));
      return null;
    }
    if (intent == Intent.NAVIGATION && !routes.isEmpty()) {
      return new TurnPlan(
          intent,
          true,
          WidgetType.NAVIGATION,
          null,
          routes.size() == 1 ? catalogue.route(routes.getFirst()).title() : "Places to go",
          reasoning(said),
          null,
          routes,
          null,
          Map.of(),
          null,
          List.of(),
          confidence);
    }
    Catalogue.FormDefinition known = catalogue.forms().get(form);
    if (intent == Intent.FORM_INPUT && known != null && known.dataset() == null) {
      return new TurnPlan(
          intent,
          true,
          WidgetType.FORM,
          null,
          known.title(),
          reasoning(said),
          null,
          List.of(),
          form,
          Map.of(),
          "Please fill in the form; nothing is recorded before you have confirmed it.",
          List.of(),
          confidence);
    }
    if ("documents".equalsIgnoreCase(said.answerFrom())) {
      return TurnPlan.fromDocuments(reasoning(said), confidence);
    }
    String reply = Objects.requireNonNullElse(said.reply(), "");
    if (reply.isBlank() || reply.length() > LONGEST_TEXT) {
      errors.add("\"reply\" must hold the answer when neither data nor documents are read");
      return null;
    }
    return TurnPlan.reply(Intent.TEXT_ONLY, reasoning(said), harmless(reply), confidence);
  }

  /** A reply cites nothing that was read, so no figure may stand in it but the question's own. */
  private String harmless(String reply) {
    StringBuilder text = new StringBuilder();
    GroundedText words = new GroundedText(Grounding.of(List.of(question.content())), text::append);
    words.write(reply);
    words.finish();
    return text.toString();
  }

  private static String reasoning(ModelPlan said) {
    // The log takes no NUL and no half of a surrogate pair, so only plain characters stay.
    String reasoning =
        Objects.requireNonNullElse(said.reasoning(), "").replaceAll("[^\\P{C}]", " ").strip();
    return reasoning.length() <= 500 ? reasoning : reasoning.substring(0, 500);
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
  }

  private static <E extends Enum<E>> @Nullable E find(E[] values, @Nullable String name) {
    return Arrays.stream(values)
        .filter(value -> value.name().equalsIgnoreCase(name))
        .findFirst()
        .orElse(null);
  }

  private static String names(Enum<?>[] values) {
    return String.join(
        ", ", Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList());
  }
}
