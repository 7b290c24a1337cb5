package io.colloquy.command.planner;

/** What a word or phrase of a question stands for in the catalogue. */
sealed interface Term {

  /** A dataset itself. */
  record OfDataset(String dataset) implements Term {}

  /** A figure. */
  record OfMeasure(String dataset, String measure) implements Term {}

  /** Something to break down by. */
  record OfDimension(String dataset, String dimension) implements Term {}

  /** A value to filter by. */
  record OfValue(String dataset, String dimension, String value) implements Term {}

  /** A place in the client. */
  record OfRoute(String path) implements Term {}
}
