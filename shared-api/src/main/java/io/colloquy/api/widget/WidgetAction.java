package io.colloquy.api.widget;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Something a person may do with a widget.
 *
 * @param actionId the action's identity, unique
 * @param label its words on the button
 * @param type what invoking it does
 * @param params what it is invoked with, fixed at issuance
 * @param permissions any one of these suffices; empty means everyone in the conversation
 */
public record WidgetAction(
    String actionId,
    String label,
    ActionType type,
    @JsonProperty(defaultValue = "{}") Map<String, Object> params,
    @JsonProperty(defaultValue = "[]") List<String> permissions) {

  /** Copies the permissions; absent params and permissions are none. */
  public WidgetAction {
    params = Objects.requireNonNullElse(params, Map.of());
    permissions = List.copyOf(Objects.requireNonNullElse(permissions, List.of()));
  }

  /** The endpoint it calls or submits to, empty when it has none. */
  public String endpoint() {
    return String.valueOf(params.getOrDefault("endpoint", ""));
  }

  /** Whether it runs only after a dialog was confirmed. */
  public boolean confirm() {
    return Boolean.TRUE.equals(params.get("confirm"));
  }
}
