package io.colloquy.api.turn;

import org.jspecify.annotations.Nullable;

/**
 * Tokens a model counted for a turn.
 *
 * @param prompt tokens read
 * @param completion tokens written
 */
public record TokenUsage(int prompt, int completion) {

  /** The sum of what was counted; null when nothing was. */
  public static @Nullable TokenUsage sum(@Nullable TokenUsage one, @Nullable TokenUsage other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return new TokenUsage(one.prompt() + other.prompt(), one.completion() + other.completion());
  }
}
