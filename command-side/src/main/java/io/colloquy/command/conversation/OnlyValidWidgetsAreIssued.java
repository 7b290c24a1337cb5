package io.colloquy.command.conversation;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.widget.WidgetDescriptor;
import io.colloquy.api.widget.WidgetSchema;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A widget is as its schema demands, and its id is a UUID of version 4. */
final class OnlyValidWidgetsAreIssued {

  private static final Logger LOG = LoggerFactory.getLogger(OnlyValidWidgetsAreIssued.class);

  private OnlyValidWidgetsAreIssued() {}

  static void check(WidgetDescriptor widget) {
    List<String> errors = WidgetSchema.errorsIn(widget);
    if (!errors.isEmpty() || UUID.fromString(widget.widgetId()).version() != 4) {
      LOG.error("A {} widget is not valid: {}", widget.widgetType().wireName(), errors);
      throw new Refusal(ErrorCode.WIDGET_INVALID, "The answer could not be shown.");
    }
  }
}
