package io.colloquy.api.turn;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a question wants. The reference guide defines the seven. */
public enum Intent {
  DATA_ANALYSIS,
  COMPARISON,
  TREND_ANALYSIS,
  SEARCH_FILTER,
  FORM_INPUT,
  NAVIGATION,
  TEXT_ONLY;

  /** The name on the wire. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static Intent of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
