package io.colloquy.api.frame;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The kinds of frame a client receives. */
public enum FrameType {
  STATUS,
  TEXT,
  WIDGET,
  CITATIONS,
  STATE,
  ACTION_RESULT,
  ERROR,
  DONE;

  /** The name on the wire. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static FrameType of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
