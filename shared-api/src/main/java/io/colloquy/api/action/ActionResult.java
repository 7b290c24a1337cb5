package io.colloquy.api.action;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.colloquy.api.widget.WidgetDescriptor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an action brought, in the JSON of the action's answer. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ActionResult.NewWidget.class, name = "new_widget"),
  @JsonSubTypes.Type(value = ActionResult.Download.class, name = "download"),
  @JsonSubTypes.Type(value = ActionResult.Navigate.class, name = "navigate"),
  @JsonSubTypes.Type(value = ActionResult.Success.class, name = "success"),
  @JsonSubTypes.Type(value = ActionResult.Rows.class, name = "data"),
  @JsonSubTypes.Type(value = ActionResult.Dialog.class, name = "dialog")
})
public sealed interface ActionResult {

  /**
   * Another widget.
   *
   * @param widget the widget
   */
  record NewWidget(WidgetDescriptor widget) implements ActionResult {}

  /**
   * A file to fetch.
   *
   * @param url where, for a short time
   * @param filename what to call it
   * @param contentType its media type
   * @param sha256 digest of its bytes, hexadecimal
   * @param bytes its size
   */
  record Download(String url, String filename, String contentType, String sha256, long bytes)
      implements ActionResult {}

  /**
   * A route to open in the client.
   *
   * @param route the registered route
   * @param params what to open it with
   */
  record Navigate(String route, @Nullable Map<String, String> params) implements ActionResult {}

  /**
   * It is done.
   *
   * @param message a sentence for the person
   */
  record Success(String message) implements ActionResult {}

  /**
   * More rows for the widget that asked.
   *
   * @param data the rows
   */
  record Rows(TablePage data) implements ActionResult {}

  /**
   * A person's answer to a dialog.
   *
   * @param confirmed whether they agreed
   * @param actionId the action they agreed to, which may now be invoked once
   */
  record Dialog(boolean confirmed, @Nullable String actionId) implements ActionResult {}
}
