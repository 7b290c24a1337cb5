package io.colloquy.command.planner;

import io.colloquy.api.access.Actor;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.Dimension;
import io.colloquy.command.catalogue.Vocabulary;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every phrase the catalogue gives a meaning to, with its meanings: as far as one actor may read
 * it. A name counts more than a label, and a label more than a synonym.
 */
final class Lexicon {

  static final int LONGEST_PHRASE = 5;

  private static final int NAME = 3;
  private static final int LABEL = 2;
  private static final int SYNONYM = 1;

  private final Map<String, Map<Term, Integer>> meanings = new LinkedHashMap<>();
  private final Spelling spelling;

  Lexicon(Catalogue catalogue, Map<String, Dataset> readable, Vocabulary vocabulary, Actor actor) {
    readable.forEach((name, dataset) -> learn(name, dataset, vocabulary, actor));
    catalogue
        .routes()
        .forEach(
            (path, route) ->
                route.synonyms().forEach(phrase -> add(phrase, new Term.OfRoute(path), NAME)));
    Set<String> known = new HashSet<>(TimeGrammar.WORDS);
    known.addAll(GrammarWords.FUNCTION);
    meanings.keySet().forEach(phrase -> known.addAll(List.of(phrase.split(" "))));
    this.spelling = new Spelling(known);
  }

  /** What a phrase may stand for, each with how well it fits. */
  Map<Term, Integer> meaningsOf(String phrase) {
    return meanings.getOrDefault(phrase, Map.of());
  }

  /** The spelling of its words, and of the grammar's. */
  Spelling spelling() {
    return spelling;
  }

  private void learn(String name, Dataset dataset, Vocabulary vocabulary, Actor actor) {
    Term itself = new Term.OfDataset(name);
    add(name.replace('_', ' '), itself, NAME);
    add(dataset.title(), itself, NAME);
    add(dataset.source().name(), itself, LABEL);
    dataset.synonyms().forEach(phrase -> add(phrase, itself, SYNONYM));
    dataset
        .measures()
        .forEach(
            (measure, definition) ->
                learn(
                    new Term.OfMeasure(name, measure),
                    measure,
                    definition.label(),
                    definition.synonyms()));
    dataset
        .dimensions()
        .forEach(
            (dimension, definition) -> {
              learn(
                  new Term.OfDimension(name, dimension),
                  dimension,
                  definition.label(),
                  definition.synonyms());
              // Times have a grammar of their own.
              if (!definition.isTime()) {
                learnValues(name, dimension, definition, vocabulary, actor);
              }
            });
  }

  private void learn(Term term, String name, String label, @Nullable List<String> synonyms) {
    add(name.replace('_', ' '), term, NAME);
    add(label, term, LABEL);
    Objects.requireNonNullElse(synonyms, List.<String>of())
        .forEach(phrase -> add(phrase, term, SYNONYM));
  }

  private void learnValues(
      String dataset, String dimension, Dimension definition, Vocabulary vocabulary, Actor actor) {
    if (definition.open()) {
      return;
    }
    Map<String, List<String>> synonyms =
        Objects.requireNonNullElse(definition.valueSynonyms(), Map.of());
    for (String value : vocabulary.valuesFor(actor, dataset, dimension)) {
      Term term = new Term.OfValue(dataset, dimension, value);
      add(value, term, NAME);
      synonyms.getOrDefault(value, List.of()).forEach(phrase -> add(phrase, term, SYNONYM));
    }
  }

  private void add(String text, Term term, int rank) {
    String phrase = Words.phrase(text);
    if (!phrase.isEmpty()) {
      meanings.computeIfAbsent(phrase, key -> new LinkedHashMap<>()).merge(term, rank, Math::max);
    }
  }
}
