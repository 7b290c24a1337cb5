package io.colloquy.api.widget;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an action does when invoked. */
public enum ActionType {
  NAVIGATE,
  API_CALL,
  DIALOG,
  DOWNLOAD,
  SUBMIT;

  /** The name on the wire. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static ActionType of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
