package io.colloquy.command.conversation;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An action belongs to a widget that was issued here and has not expired. */
final class OnlyLiveWidgetsAct {

  private OnlyLiveWidgetsAct() {}

  static IssuedWidget check(@Nullable IssuedWidget widget, boolean expired, Instant now) {
    if (expired) {
      throw expired();
    }
    if (widget == null) {
      throw new Refusal(
          ErrorCode.WIDGET_NOT_FOUND, "There is no such widget in this conversation.");
    }
    if (widget.isOver(now)) {
      throw expired();
    }
    return widget;
  }

  private static Refusal expired() {
    return new Refusal(ErrorCode.WIDGET_EXPIRED, "This widget has expired. Please ask again.");
  }
}
