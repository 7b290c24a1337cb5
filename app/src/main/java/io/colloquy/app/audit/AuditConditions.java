package io.colloquy.app.audit;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.audit.AuditQuery.Filter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Conditions as they come with a request. */
final class AuditConditions {

  private static final int LONGEST = 500;

  private AuditConditions() {}

  /**
   * The conditions checked; what is blank is not given.
   *
   * @throws Refusal when one cannot be understood
   */
  static Filter checked(Filter asked) {
    return new Filter(
        given(asked.actor(), "actor"),
        given(asked.conversation(), "conversation"),
        given(asked.widget(), "widget"),
        given(asked.action(), "action"),
        given(asked.type(), "type"),
        outcome(given(asked.outcome(), "outcome")),
        given(asked.permission(), "permission"),
        instant(asked.from(), "from"),
        instant(asked.to(), "to"),
        given(asked.text(), "text"));
  }

  private static @Nullable String given(@Nullable String value, String name) {
    if (value == null || value.isBlank()) {
      return null;
    }
    if (value.length() > LONGEST || value.indexOf('\0') >= 0) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "\"%s\" must be a text of at most %d characters.".formatted(name, LONGEST));
    }
    return value.strip();
  }

  private static @Nullable String outcome(@Nullable String outcome) {
    if (outcome != null && !outcome.matches("ok|denied|failed")) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, "\"outcome\" must be ok, denied or failed.");
    }
    return outcome;
  }

  private static @Nullable String instant(@Nullable String text, String name) {
    try {
      return text == null || text.isBlank() ? null : Instant.parse(text.strip()).toString();
    } catch (DateTimeParseException notAnInstant) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "\"%s\" must be an instant like 2026-11-24T10:30:00Z.".formatted(name));
    }
  }
}
