package io.colloquy.command.conversation;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;

/** What was never asked cannot be stopped. */
final class OnlySubmittedTurnsAreCancelled {

  private OnlySubmittedTurnsAreCancelled() {}

  static void check(boolean submitted) {
    if (!submitted) {
      throw new Refusal(ErrorCode.TURN_NOT_FOUND, "There is no such turn in this conversation.");
    }
  }
}
