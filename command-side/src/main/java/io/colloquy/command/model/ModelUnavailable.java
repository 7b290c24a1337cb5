package io.colloquy.command.model;

/** A model gave no answer that could be used. The reason is written by us, never by the model. */
public final class ModelUnavailable extends RuntimeException {

  private final boolean retryable;

  ModelUnavailable(String reason, boolean retryable) {
    super(reason, null, false, false);
    this.retryable = retryable;
  }

  /** Whether the same call may succeed when made again. */
  boolean isRetryable() {
    return retryable;
  }

  /** What went wrong. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
