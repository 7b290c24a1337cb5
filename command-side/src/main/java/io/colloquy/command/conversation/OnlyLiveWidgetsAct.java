package io.colloquy.command.conversation;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An action belongs to a widget that was issued here and has not expired. */
final class OnlyLiveWidgetsAct {

  private OnlyLiveWidgetsAct() {}

  static IssuedWidget check(@Nullable IssuedWidget widget, Instant now) {
    if (widget == null) {
      throw new Refusal(
          ErrorCode.WIDGET_NOT_FOUND, "There is no such widget in this conversation.");
    }
    if (widget.expiresAt() != null && now.isAfter(widget.expiresAt())) {
      throw new Refusal(ErrorCode.WIDGET_EXPIRED, "This widget has expired. Please ask again.");
    }
    return widget;
  }
}
