package io.colloquy.api.frame;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.FieldError;
import io.colloquy.api.access.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told of something that went wrong.
 *
 * @param code the stable code
 * @param message a sentence for the person
 * @param retryable whether the same request may succeed when sent again
 * @param invocationId the invocation it answers, if any
 * @param errors the fields that are wrong, if any
 */
public record ErrorContent(
    ErrorCode code,
    String message,
    boolean retryable,
    @Nullable String invocationId,
    @Nullable List<FieldError> errors) {

  /** What a client is told of a refusal. */
  public static ErrorContent of(Refusal refusal, @Nullable String invocationId) {
    return new ErrorContent(
        refusal.code(),
        refusal.sentence(),
        refusal.code().retryable(),
        invocationId,
        refusal.fieldErrors().isEmpty() ? null : refusal.fieldErrors());
  }

  /** An error that answers no invocation. */
  public static ErrorContent of(ErrorCode code, String message) {
    return new ErrorContent(code, message, code.retryable(), null, null);
  }
}
