package io.colloquy.app.conversation;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.conversation.ConversationQuery.Cursor;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A place in the list of conversations as clients hold it. */
final class ListCursor {

  private ListCursor() {}

  static @Nullable String write(@Nullable Cursor cursor) {
    return cursor == null ? null : cursor.updatedAt() + "~" + cursor.conversationId();
  }

  static @Nullable Cursor read(@Nullable String written) {
    if (written == null || written.isEmpty()) {
      return null;
    }
    String[] parts = written.split("~", 2);
    try {
      if (parts.length == 2) {
        return new Cursor(Instant.parse(parts[0]).toString(), parts[1]);
      }
    } catch (DateTimeException noInstant) {
      // Told below.
    }
    throw new Refusal(
        ErrorCode.INVALID_REQUEST, "\"cursor\" must be the \"next_cursor\" of a page before.");
  }
}
