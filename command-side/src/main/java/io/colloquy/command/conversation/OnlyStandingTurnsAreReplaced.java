package io.colloquy.command.conversation;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;

/** What was never asked, or has been replaced already, cannot be asked anew. */
final class OnlyStandingTurnsAreReplaced {

  private OnlyStandingTurnsAreReplaced() {}

  static void check(boolean standing) {
    if (!standing) {
      throw new Refusal(
          ErrorCode.TURN_NOT_FOUND,
          "The turn to be replaced is not in this conversation, or was replaced before.");
    }
  }
}
