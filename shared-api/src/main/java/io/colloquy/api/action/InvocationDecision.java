package io.colloquy.api.action;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.FieldError;
import java.util.List;

/** What the conversation decided about an invocation. */
public sealed interface InvocationDecision {

  /**
   * It runs.
   *
   * @param repeated whether this very invocation was accepted before, so that its outcome may be in
   *     the log already
   */
  record Accepted(boolean repeated) implements InvocationDecision {}

  /**
   * It does not run, and the refusal is in the log.
   *
   * @param reason why
   * @param message why, in a sentence
   * @param errors the fields that are wrong, for invalid values
   */
  record Denied(ErrorCode reason, String message, List<FieldError> errors)
      implements InvocationDecision {

    /** Copies the errors. */
    public Denied {
      errors = List.copyOf(errors);
    }
  }
}
