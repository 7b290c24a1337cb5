package io.colloquy.command.conversation;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.widget.WidgetAction;

/** Nothing runs that was not issued with the widget. */
final class OnlyIssuedActionsRun {

  private OnlyIssuedActionsRun() {}

  static WidgetAction check(IssuedWidget widget, String actionId) {
    return widget
        .action(actionId)
        .orElseThrow(
            () -> new Refusal(ErrorCode.ACTION_NOT_FOUND, "This widget has no such action."));
  }
}
