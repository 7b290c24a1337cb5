package io.colloquy.command.widget;

import io.colloquy.api.widget.WidgetType;
import java.time.Duration;
import java.util.Map;

/**
 * How long widgets act; after that their actions are refused.
 *
 * @param byType for single types
 * @param otherwise for all others
 */
public record WidgetLifetimes(Map<WidgetType, Duration> byType, Duration otherwise) {

  /** The lifetime of widgets of a type. */
  public Duration of(WidgetType type) {
    return byType.getOrDefault(type, otherwise);
  }
}
