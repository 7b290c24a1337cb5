package io.colloquy.command.conversation;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.widget.WidgetAction;

/** Whoever invokes an action holds one of its permissions at that moment. */
final class OnlyPermittedActionsRun {

  private OnlyPermittedActionsRun() {}

  static void check(WidgetAction action, Actor actor) {
    if (!actor.holdsAnyOf(action.permissions())) {
      throw new Refusal(
          ErrorCode.NOT_PERMITTED,
          "This action needs one of these permissions: "
              + String.join(", ", action.permissions())
              + ".");
    }
  }
}
