package io.colloquy.command.conversation;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import java.nio.charset.StandardCharsets;

/** A message says something, in at most 16 KiB. */
final class OnlyMessagesOfSensibleLength {

  private OnlyMessagesOfSensibleLength() {}

  private static final int MOST_BYTES = 16 * 1024;

  static void check(String content) {
    if (content.isBlank()) {
      throw new Refusal(ErrorCode.EMPTY_MESSAGE, "The message is empty.");
    }
    if (content.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new Refusal(ErrorCode.MESSAGE_TOO_LONG, "The message is longer than 16 KiB.");
    }
  }
}
