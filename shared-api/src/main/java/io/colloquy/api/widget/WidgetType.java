package io.colloquy.api.widget;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * The kinds of widget. {@code navigation_card}, the reference guide's other word for navigation, is
 * read as that.
 */
public enum WidgetType {
  CHART,
  TABLE,
  FORM,
  CARD,
  NAVIGATION,
  CUSTOM;

  /** The name on the wire. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static WidgetType of(String name) {
    return name.equals("navigation_card") ? NAVIGATION : valueOf(name.toUpperCase(Locale.ROOT));
  }
}
