package io.colloquy.db.embedded;

import org.jspecify.annotations.Nullable;

/** A start that cannot go on until a person changes a setting. The message says which, and how. */
public final class SettingsException extends IllegalStateException {

  /** Says what to change. */
  public SettingsException(String sentence) {
    super(sentence);
  }

  /** Says what to change, and what made it necessary. */
  public SettingsException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
