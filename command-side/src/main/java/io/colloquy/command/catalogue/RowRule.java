package io.colloquy.command.catalogue;

import io.colloquy.api.access.Actor;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets an actor see some rows only: those with one of the values in a dimension.
 *
 * @param dimension what is looked at
 * @param values what it must be; {@code $user} stands for the actor's own user id
 * @param unless whoever holds one of these permissions is not bound
 */
public record RowRule(String dimension, List<String> values, @Nullable List<String> unless) {

  /** Stands for the actor's user id among the values. */
  static final String USER = "$user";

  boolean frees(Actor actor) {
    return Objects.requireNonNullElse(unless, List.<String>of()).stream().anyMatch(actor::holds);
  }

  Filter filterFor(Actor actor) {
    return new Filter(
        dimension,
        Operator.IN,
        values.stream().map(value -> value.equals(USER) ? actor.userId() : value).toList());
  }
}
