package io.colloquy.command.planner;

import io.colloquy.api.turn.Intent;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.WidgetType;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.Dimension;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Asks back where a question can be understood in more than one way, with a choice of questions.
 */
final class Clarification {

  private static final int MOST_CHOICES = 6;

  private Clarification() {}

  /** Whether a plan asks back. */
  static boolean is(TurnPlan plan) {
    return plan.widgetType() == WidgetType.CUSTOM && plan.query() == null;
  }

  /** The same question to each of several datasets that fit equally. */
  static TurnPlan ofDatasets(String question, List<String> names, UnaryOperator<String> titles) {
    Map<String, String> choices = new LinkedHashMap<>();
    names.stream()
        .limit(MOST_CHOICES)
        .forEach(
            name -> {
              String title = titles.apply(name);
              choices.put(title, question.strip().replaceAll("[?.!]+$", "") + " in " + title);
            });
    return plan(
        "That can be answered from more than one source. Which one do you mean?",
        "several sources fit the question equally well",
        choices);
  }

  /** A question that says how, but not what about. */
  static TurnPlan ofSubject(Words words, Map<String, Dataset> readable) {
    Map<String, String> choices = new LinkedHashMap<>();
    boolean ranks = words.containsAny(GrammarWords.MOST) || words.containsAny(GrammarWords.LEAST);
    boolean least = words.containsAny(GrammarWords.LEAST);
    readable.forEach(
        (name, dataset) -> {
          String figure =
              Objects.requireNonNullElse(dataset.searchMeasure(), dataset.defaultMeasure());
          String measure = dataset.measure(figure).label();
          if (words.containsAny(Shape.TREND) && dataset.time() != null) {
            add(choices, "%s over time in %s".formatted(measure, dataset.title()));
          }
          dataset.dimensions().values().stream()
              .filter(dimension -> !dimension.isTime())
              .limit(2)
              .map(Dimension::label)
              .forEach(
                  label ->
                      add(
                          choices,
                          ranks
                              ? "%s 5 %s by %s in %s"
                                  .formatted(
                                      least ? "Bottom" : "Top", label, measure, dataset.title())
                              : "%s by %s in %s".formatted(measure, label, dataset.title())));
        });
    return plan(
        "What would you like to see?", "the question does not say what it is about", choices);
  }

  private static void add(Map<String, String> choices, String question) {
    if (choices.size() < MOST_CHOICES) {
      choices.put(question, question);
    }
  }

  private static TurnPlan plan(String question, String rule, Map<String, String> choices) {
    return new TurnPlan(
        Intent.TEXT_ONLY,
        true,
        WidgetType.CUSTOM,
        null,
        question,
        rule,
        null,
        List.of(),
        null,
        choices,
        question,
        List.of(),
        0.5);
  }
}
