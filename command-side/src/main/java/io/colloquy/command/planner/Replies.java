package io.colloquy.command.planner;

import io.colloquy.api.turn.Intent;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.WidgetType;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Answers in words, where no data is needed or none can be had. */
final class Replies {

  private static final int MOST_LISTED = 40;

  private final Catalogue catalogue;

  Replies(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  static TurnPlan hello() {
    return new TurnPlan(
        Intent.TEXT_ONLY,
        true,
        WidgetType.CARD,
        null,
        "Hello",
        "a greeting gets the hello widget",
        null,
        List.of(),
        null,
        Map.of(),
        "Here's an interactive widget for you:",
        List.of(),
        1.0);
  }

  static TurnPlan courtesy(String reply) {
    return TurnPlan.reply(Intent.TEXT_ONLY, "a courtesy is returned", reply, 1.0);
  }

  TurnPlan help(Map<String, Dataset> readable) {
    return TurnPlan.reply(
        Intent.TEXT_ONLY, "the question asks for help", whatCanBeAsked(readable), 1.0);
  }

  /** An honest no: what was asked is in none of the sources. */
  TurnPlan unknown(Reading reading, Map<String, Dataset> readable) {
    String about =
        reading.unknown().isEmpty()
            ? "that"
            : "\"" + String.join(" ", reading.unknown().values()) + "\"";
    return TurnPlan.reply(
        Intent.TEXT_ONLY,
        "what the question is about is not in the catalogue",
        "I can't answer this from the sources I have: I found nothing about %s in them.\n\n%s"
            .formatted(about, whatCanBeAsked(readable)),
        reading.confidence());
  }

  TurnPlan cannotChange(Reading reading) {
    String searchable =
        catalogue.forms().values().stream()
            .map(Catalogue.FormDefinition::title)
            .collect(Collectors.joining(", "));
    return TurnPlan.reply(
        Intent.FORM_INPUT,
        "the question asks to change data",
        "I can read the sources, not change them."
            + (searchable.isEmpty() ? "" : " What I can offer instead: %s.".formatted(searchable)),
        reading.confidence());
  }

  /** The values of something there are only a few of. */
  static TurnPlan values(String label, Dataset dataset, List<String> values) {
    String list = values.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
    String more = values.size() > MOST_LISTED ? ", …" : "";
    return TurnPlan.reply(
        Intent.TEXT_ONLY,
        "the question asks which values there are",
        "**%s** has %d values in %s: %s%s."
            .formatted(label, values.size(), dataset.title(), list, more),
        1.0);
  }

  static TurnPlan definition(Reading reading, String name, Dataset dataset) {
    String reply =
        reading
            .terms(Term.OfMeasure.class)
            .filter(term -> term.dataset().equals(name))
            .findFirst()
            .map(term -> dataset.measures().get(term.measure()))
            .map(
                measure -> {
                  String column = Objects.requireNonNullElse(measure.column(), "rows");
                  String how =
                      switch (measure.aggregate()) {
                        case SUM -> "the sum of \"" + column + "\"";
                        case AVG -> "the average of \"" + column + "\"";
                        case COUNT -> "the number of rows";
                      };
                  return "**%s** is %s over %s. %s"
                      .formatted(measure.label(), how, dataset.noun(), dataset.description());
                })
            .orElse("**%s**: %s".formatted(dataset.title(), dataset.description()));
    return TurnPlan.reply(
        Intent.TEXT_ONLY, "the question asks what a term means", reply, reading.confidence());
  }

  private static String whatCanBeAsked(Map<String, Dataset> readable) {
    String sources =
        readable.values().stream()
            .limit(MOST_LISTED)
            .map(
                dataset ->
                    "- **%s**: %s Figures: %s."
                        .formatted(
                            dataset.title(),
                            dataset.description(),
                            dataset.measures().values().stream()
                                .limit(MOST_LISTED)
                                .map(Catalogue.Measure::label)
                                .collect(Collectors.joining(", "))))
            .collect(Collectors.joining("\n"));
    String examples =
        readable.keySet().containsAll(List.of("sales", "customers"))
            ? "\n\nFor example: *Show me Q2 sales by region*, *Top 5 products by units in 2025*, *Find customers in New York*."
            : "";
    return sources.isEmpty()
        ? "There is no source you may read yet."
        : "You can ask about\n\n%s%s".formatted(sources, examples);
  }
}
