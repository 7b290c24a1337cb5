package io.colloquy.api.widget;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The kinds of chart. */
public enum ChartType {
  BAR,
  GROUPED_BAR,
  LINE,
  AREA,
  PIE;

  /** The name on the wire. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static ChartType of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
