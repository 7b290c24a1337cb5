package io.colloquy.command.conversation;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import org.jspecify.annotations.Nullable;

/** A title fits on one line. */
final class OnlyShortTitles {

  private OnlyShortTitles() {}

  private static final int LONGEST = 200;

  static void check(@Nullable String title) {
    if (title == null) {
      return;
    }
    if (title.isBlank()) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, "A title cannot be empty.");
    }
    if (title.length() > LONGEST) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "A title has at most " + LONGEST + " characters.");
    }
  }
}
