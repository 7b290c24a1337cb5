package io.colloquy.command.conversation;

import io.colloquy.api.conversation.ConversationEvent.WidgetGenerated;
import io.colloquy.api.widget.WidgetAction;
import io.colloquy.api.widget.WidgetData;
import io.colloquy.api.widget.WidgetDescriptor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the conversation must remember of a widget: its actions, how long they live, and the form's
 * fields.
 */
record IssuedWidget(
    String turnId,
    @Nullable String dataKey,
    List<WidgetAction> actions,
    @Nullable Instant expiresAt,
    WidgetData.@Nullable Form form) {

  static IssuedWidget of(WidgetGenerated event) {
    WidgetDescriptor descriptor = event.descriptor();
    String expiresAt = descriptor.metadata().expiresAt();
    return new IssuedWidget(
        event.turnId(),
        event.dataKey(),
        descriptor.actions(),
        expiresAt == null ? null : Instant.parse(expiresAt),
        descriptor.data() instanceof WidgetData.Form form ? form : null);
  }

  /** Whether its time is over. */
  boolean isOver(Instant now) {
    return expiresAt != null && now.isAfter(expiresAt);
  }

  Optional<WidgetAction> action(String actionId) {
    return actions.stream().filter(action -> action.actionId().equals(actionId)).findFirst();
  }
}
