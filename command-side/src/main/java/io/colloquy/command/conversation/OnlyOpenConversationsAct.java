package io.colloquy.command.conversation;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;

/** A closed conversation can be read, not continued. */
final class OnlyOpenConversationsAct {

  private OnlyOpenConversationsAct() {}

  static void check(boolean closed) {
    if (closed) {
      throw new Refusal(ErrorCode.CONVERSATION_CLOSED, "This conversation is closed.");
    }
  }
}
