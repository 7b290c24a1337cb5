package io.colloquy.command.planner;

import org.jspecify.annotations.Nullable;

/** What a word or phrase of a question stands for in the catalogue. */
sealed interface Term {

  /** The dataset it belongs to, or null when it belongs to none. */
  @Nullable String dataset();

  /** A dataset itself. */
  record OfDataset(String dataset) implements Term {}

  /** A figure. */
  record OfMeasure(String dataset, String measure) implements Term {}

  /** Something to break down by. */
  record OfDimension(String dataset, String dimension) implements Term {}

  /** A value to filter by. */
  record OfValue(String dataset, String dimension, String value) implements Term {}

  /** A place in the client. */
  record OfRoute(String path) implements Term {

    @Override
    public @Nullable String dataset() {
      return null;
    }
  }
}
