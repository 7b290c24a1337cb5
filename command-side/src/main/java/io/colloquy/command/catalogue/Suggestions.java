package io.colloquy.command.catalogue;

import io.colloquy.api.access.Actor;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.Dimension;
import io.colloquy.command.catalogue.Catalogue.FormDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import org.springframework.stereotype.Component;

/** Questions that can be asked of what there is, for whoever does not know what to ask. */
@Component
public final class Suggestions {

  private static final int MOST = 6;

  private final Catalogue catalogue;

  /** Suggests what the catalogue holds. */
  public Suggestions(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** A few questions about the datasets an actor may read, of each dataset one in turn. */
  public List<String> of(Actor actor) {
    List<List<String>> perDataset =
        catalogue.datasetsFor(actor).entrySet().stream()
            .map(dataset -> of(dataset.getKey(), dataset.getValue()))
            .toList();
    int rounds = perDataset.stream().mapToInt(List::size).max().orElse(0);
    SequencedSet<String> questions = new LinkedHashSet<>();
    for (int round = 0; round < rounds; round++) {
      for (List<String> questionsOfOne : perDataset) {
        if (round < questionsOfOne.size()) {
          questions.add(questionsOfOne.get(round));
        }
      }
    }
    return questions.stream().limit(MOST).toList();
  }

  private List<String> of(String name, Dataset dataset) {
    String figure = dataset.measure(dataset.defaultMeasure()).label();
    List<String> questions = new ArrayList<>();
    List<Dimension> categories =
        dataset.dimensions().values().stream()
            .filter(dimension -> !dimension.isTime() && !dimension.open())
            .toList();
    categories.stream()
        .limit(1)
        .forEach(by -> questions.add("%s by %s".formatted(figure, lower(by.label()))));
    if (dataset.time() != null) {
      questions.add(figure + " over time");
    }
    catalogue.forms().entrySet().stream()
        .filter(form -> form.getKey().equals(dataset.form()))
        .filter(form -> form.getValue().chart() == null)
        .map(Map.Entry::getValue)
        .map(FormDefinition::title)
        .forEach(questions::add);
    categories.stream()
        .skip(1)
        .limit(1)
        .forEach(by -> questions.add("Top 5 %s by %s".formatted(plural(by), lower(figure))));
    if (catalogue.routes().values().stream().anyMatch(route -> route.about().contains(name))) {
      questions.add("What can I do with %s?".formatted(lower(dataset.title())));
    }
    return questions;
  }

  private static String plural(Dimension dimension) {
    return lower(dimension.label()) + "s";
  }

  private static String lower(String label) {
    return label.toLowerCase(Locale.ROOT);
  }
}
