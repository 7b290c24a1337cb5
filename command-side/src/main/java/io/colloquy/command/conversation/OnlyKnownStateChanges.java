package io.colloquy.command.conversation;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.conversation.ConversationCommand.ChangeConversationState;
import java.util.Set;

/** Shared state changes in the ways the reference guide names. */
final class OnlyKnownStateChanges {

  private OnlyKnownStateChanges() {}

  private static final Set<String> KNOWN =
      Set.of("filter_update", "date_range_update", "sources_update", "widget_state_update");
  private static final int LONGEST_KEY = 100;

  static void check(ChangeConversationState command) {
    if (!KNOWN.contains(command.event())) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "\"event\" must be one of " + KNOWN.stream().sorted().toList() + ".");
    }
    if (!(command.data().get("key") instanceof String key)
        || key.isBlank()
        || key.length() > LONGEST_KEY) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "\"data.key\" must be a name of at most " + LONGEST_KEY + " characters.");
    }
  }
}
