package io.colloquy.command.conversation;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.conversation.ConversationCommand.ChangeConversationState;
import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.conversation.StateChange;

/** Shared state changes in the ways the reference guide names, and stays small. */
final class OnlyKnownStateChanges {

  private static final int MOST_FILTERS = 50;
  private static final int MOST_WIDGET_STATES = 1000;

  private OnlyKnownStateChanges() {}

  static void check(ChangeConversationState command, SharedState after) {
    StateChange.of(command.event(), command.data());
    if (after.activeFilters().size() > MOST_FILTERS
        || after.widgetStates().size() > MOST_WIDGET_STATES) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "A conversation keeps at most %d filters and the state of %d widgets."
              .formatted(MOST_FILTERS, MOST_WIDGET_STATES));
    }
  }
}
