package io.colloquy.command.planner;

import io.colloquy.api.access.Actor;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.api.widget.DateRange;
import io.colloquy.api.widget.FormRules;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.Dimension;
import io.colloquy.command.catalogue.Vocabulary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a filter of the shared state, as clients name it, as a filter of one dataset. A key is a
 * dimension in any of its words, {@code start_date} or {@code end_date}.
 */
final class FilterReading {

  private static final Set<String> FIRST_DAY = Set.of("start_date", "from", "since");
  private static final Set<String> LAST_DAY = Set.of("end_date", "to", "until");
  private static final Set<String> DAYS = Set.of("date_range", "period");

  private final String name;
  private final Dataset dataset;
  private final Vocabulary vocabulary;
  private final Actor actor;

  FilterReading(String name, Dataset dataset, Vocabulary vocabulary, Actor actor) {
    this.name = name;
    this.dataset = dataset;
    this.vocabulary = vocabulary;
    this.actor = actor;
  }

  /** The filter, or null when it does not fit the dataset. */
  @Nullable Filter filter(String key, Object value) {
    if (FIRST_DAY.contains(key) || LAST_DAY.contains(key) || DAYS.contains(key)) {
      return days(key, value);
    }
    String dimension = dimension(Words.phrase(key.replace('_', ' ')));
    if (dimension == null) {
      return null;
    }
    List<String> given = texts(value);
    if (dataset.dimension(dimension).open()) {
      return given.size() == 1 ? new Filter(dimension, Operator.CONTAINS, given) : null;
    }
    List<String> known =
        given.stream().map(text -> known(dimension, text)).filter(Objects::nonNull).toList();
    return known.isEmpty() ? null : new Filter(dimension, Operator.IN, known);
  }

  private @Nullable Filter days(String key, Object value) {
    DateRange range = DateRange.of(value);
    if (dataset.time() == null) {
      return null;
    }
    if (range != null) {
      return new Filter(
          "date",
          Operator.BETWEEN,
          List.of(range.startDate().toString(), range.endDate().toString()));
    }
    return DAYS.contains(key) || FormRules.date(value) == null
        ? null
        : new Filter(
            "date",
            FIRST_DAY.contains(key) ? Operator.AT_LEAST : Operator.AT_MOST,
            List.of(value.toString()));
  }

  private @Nullable String dimension(String phrase) {
    for (Map.Entry<String, Dimension> dimension : dataset.dimensions().entrySet()) {
      List<String> words = new ArrayList<>();
      words.add(dimension.getKey());
      words.add(dimension.getValue().label());
      words.addAll(Objects.requireNonNullElse(dimension.getValue().synonyms(), List.of()));
      if (words.stream().anyMatch(word -> Words.phrase(word.replace('_', ' ')).equals(phrase))) {
        return dimension.getKey();
      }
    }
    return null;
  }

  private @Nullable String known(String dimension, String text) {
    Map<String, List<String>> synonyms =
        Objects.requireNonNullElse(dataset.dimension(dimension).valueSynonyms(), Map.of());
    return vocabulary.valuesFor(actor, name, dimension).stream()
        .filter(
            value ->
                value.equalsIgnoreCase(text)
                    || synonyms.getOrDefault(value, List.of()).stream()
                        .anyMatch(text::equalsIgnoreCase))
        .findFirst()
        .orElse(null);
  }

  private static List<String> texts(Object value) {
    Collection<?> values = value instanceof Collection<?> several ? several : List.of(value);
    return values.stream()
        .filter(one -> one instanceof String || one instanceof Number)
        .map(one -> one.toString().strip())
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** A filter as people read it, such as {@code region North, South}. */
  static String inWords(String key, Object value) {
    DateRange range = DateRange.of(value);
    String shown =
        range != null
            ? range.startDate() + " to " + range.endDate()
            : texts(value).stream().limit(5).collect(Collectors.joining(", "));
    String words = (key.replace('_', ' ') + " " + shown).strip();
    return words.length() <= 80 ? words : words.substring(0, 79) + "…";
  }
}
