package io.colloquy.api.access;

import io.colloquy.api.action.InvocationDecision;
import java.util.List;

/**
 * A request that is not carried out. The message is written for the person who asked and names
 * nothing internal.
 */
public final class Refusal extends RuntimeException {

  private final ErrorCode code;
  private final transient List<FieldError> fieldErrors;
  private final boolean logged;
  private final long retryAfterSeconds;

  /** A refusal with a code and a sentence for the client. */
  public Refusal(ErrorCode code, String message) {
    this(code, message, List.of());
  }

  /** A refusal that also says which fields are wrong. */
  public Refusal(ErrorCode code, String message, List<FieldError> fieldErrors) {
    this(code, message, fieldErrors, false, 0);
  }

  private Refusal(
      ErrorCode code,
      String message,
      List<FieldError> fieldErrors,
      boolean logged,
      long retryAfterSeconds) {
    super(message, null, false, false);
    this.code = code;
    this.fieldErrors = List.copyOf(fieldErrors);
    this.logged = logged;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** The refusal of an action, which the log holds already. */
  public static Refusal of(InvocationDecision.Denied denied) {
    return new Refusal(denied.reason(), denied.message(), denied.errors(), true, 0);
  }

  /** The refusal of what somebody does too often. */
  public static Refusal tooOften(long retryAfterSeconds) {
    return new Refusal(
        ErrorCode.RATE_LIMITED,
        "This is too often. Please try again in %d second%s."
            .formatted(retryAfterSeconds, retryAfterSeconds == 1 ? "" : "s"),
        List.of(),
        false,
        retryAfterSeconds);
  }

  /** How long to wait before trying again; 0 when waiting does not help. */
  public long retryAfterSeconds() {
    return retryAfterSeconds;
  }

  /** Whether the log holds it already. */
  public boolean isLogged() {
    return logged;
  }

  /** The stable code. */
  public ErrorCode code() {
    return code;
  }

  /** The sentence for the client. */
  public String sentence() {
    String message = getMessage();
    return message == null ? code.code() : message;
  }

  /** The fields that are wrong, empty when the refusal is not about fields. */
  public List<FieldError> fieldErrors() {
    return fieldErrors;
  }
}
