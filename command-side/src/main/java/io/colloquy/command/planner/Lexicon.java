package io.colloquy.command.planner;

import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.Dimension;
import io.colloquy.command.catalogue.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every phrase the catalogue gives a meaning to, with its meanings. */
final class Lexicon {

  static final int LONGEST_PHRASE = 4;

  private final Map<String, List<Term>> meanings = new LinkedHashMap<>();

  Lexicon(Catalogue catalogue, Vocabulary vocabulary) {
    catalogue.datasets().forEach((name, dataset) -> learn(name, dataset, vocabulary));
    catalogue
        .routes()
        .forEach(
            (path, route) ->
                route.synonyms().forEach(phrase -> add(phrase, new Term.OfRoute(path))));
  }

  List<Term> meaningsOf(String phrase) {
    return meanings.getOrDefault(phrase, List.of());
  }

  private void learn(String name, Dataset dataset, Vocabulary vocabulary) {
    add(name, new Term.OfDataset(name));
    dataset.synonyms().forEach(phrase -> add(phrase, new Term.OfDataset(name)));
    dataset
        .measures()
        .forEach(
            (measure, definition) -> {
              Term term = new Term.OfMeasure(name, measure);
              add(measure.replace('_', ' '), term);
              add(definition.label(), term);
              definition.synonyms().forEach(phrase -> add(phrase, term));
            });
    dataset
        .dimensions()
        .forEach((dimension, definition) -> learn(name, dimension, definition, vocabulary));
  }

  private void learn(
      String dataset, String dimension, Dimension definition, Vocabulary vocabulary) {
    Term term = new Term.OfDimension(dataset, dimension);
    add(dimension.replace('_', ' '), term);
    if (definition.synonyms() != null) {
      definition.synonyms().forEach(phrase -> add(phrase, term));
    }
    if (definition.isTime()) {
      return; // Times have a grammar of their own.
    }
    for (String value : vocabulary.valuesOf(dataset, dimension)) {
      Term valueTerm = new Term.OfValue(dataset, dimension, value);
      add(value, valueTerm);
      if (definition.valueSynonyms() != null) {
        definition
            .valueSynonyms()
            .getOrDefault(value, List.of())
            .forEach(phrase -> add(phrase, valueTerm));
      }
    }
  }

  private void add(String phrase, Term term) {
    List<Term> terms = meanings.computeIfAbsent(Words.phrase(phrase), key -> new ArrayList<>());
    if (!terms.contains(term)) {
      terms.add(term);
    }
  }
}
