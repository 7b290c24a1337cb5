package io.colloquy.command.conversation;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.widget.WidgetAction;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An action marked {@code confirm} runs once after its dialog was confirmed, within 5 minutes. */
final class OnlyConfirmedActionsRun {

  private static final Duration CONFIRMATION_LASTS = Duration.ofMinutes(5);

  private OnlyConfirmedActionsRun() {}

  static void check(WidgetAction action, @Nullable Instant confirmedAt, Instant now) {
    if (action.confirm()
        && (confirmedAt == null || now.isAfter(confirmedAt.plus(CONFIRMATION_LASTS)))) {
      throw new Refusal(
          ErrorCode.CONFIRMATION_REQUIRED,
          "This needs to be confirmed first, with the dialog of the same widget.");
    }
  }
}
