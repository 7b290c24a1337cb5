package io.colloquy.api.widget;

import java.util.List;
import java.util.Map;

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
    Map<String, Object> params,
    List<String> permissions) {

  /** Copies the permissions. */
  public WidgetAction {
    permissions = List.copyOf(permissions);
  }
}
