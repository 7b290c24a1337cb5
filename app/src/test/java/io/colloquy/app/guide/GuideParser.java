package io.colloquy.app.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads messages as the reference guide's models do: what they cast must have that type, what they
 * require must be there.
 */
final class GuideParser {

  private static final Set<String> WIDGET_TYPES =
      Set.of("chart", "table", "form", "card", "navigation", "custom");
  private static final Set<String> ACTION_TYPES =
      Set.of("navigate", "api_call", "dialog", "download", "submit");

  private GuideParser() {}

  /**
   * A message; types the guide does not know are passed on unread, as its client passes over them.
   */
  record Received(String type, JsonNode content, JsonNode whole) {
    String text() {
      return content.asString();
    }

    JsonNode data() {
      return content.get("data");
    }

    JsonNode action(String label) {
      for (JsonNode action : content.get("actions")) {
        if (action.get("label").asString().equals(label)) {
          return action;
        }
      }
      throw new AssertionError("No action " + label + " in " + content.get("actions"));
    }

    List<String> actionTypes() {
      return content.get("actions").valueStream().map(a -> a.get("type").asString()).toList();
    }
  }

  static Received parse(JsonNode message) {
    String type = string(message, "type");
    JsonNode content = message.path("content");
    switch (type) {
      case "text", "status" -> assertThat(content.isString()).as("%s content", type).isTrue();
      case "widget" -> widget(content);
      case "citations" -> {
        assertThat(content.isArray()).isTrue();
        content.forEach(GuideParser::citation);
      }
      default -> {
        // done has no content the guide reads; other types it passes over.
      }
    }
    return new Received(type, content, message);
  }

  static void widget(JsonNode widget) {
    assertThat(string(widget, "type")).isEqualTo("widget");
    UUID id = UUID.fromString(string(widget, "widget_id"));
    assertThat(id.version()).as("widget_id is a UUID v4").isEqualTo(4);
    assertThat(string(widget, "widget_type")).isIn(WIDGET_TYPES);
    assertThat(widget.get("data").isObject()).isTrue();
    assertThat(widget.path("config").isObject() || widget.path("config").isMissingNode()).isTrue();
    widget.path("actions").forEach(GuideParser::action);
    if (widget.hasNonNull("metadata")) {
      metadata(widget.get("metadata"));
    }
  }

  private static void action(JsonNode action) {
    string(action, "action_id");
    string(action, "label");
    assertThat(string(action, "type")).isIn(ACTION_TYPES);
    assertThat(action.path("params").isObject() || action.path("params").isMissingNode()).isTrue();
    for (JsonNode permission : action.path("permissions")) {
      assertThat(permission.isString()).isTrue();
    }
  }

  private static void metadata(JsonNode metadata) {
    for (JsonNode source : metadata.path("sources")) {
      string(source, "source_id");
      string(source, "source_name");
      assertThat(source.get("confidence").isNumber()).isTrue();
      optionalString(source.get("location"));
    }
    string(metadata, "generated_at");
    optionalString(metadata.get("expires_at"));
  }

  private static void citation(JsonNode citation) {
    string(citation, "source_id");
    string(citation, "source_name");
    string(citation, "snippet");
    assertThat(citation.get("confidence").isNumber()).isTrue();
    assertThat(citation.path("page").isMissingNode() || citation.path("page").isInt()).isTrue();
  }

  private static String string(JsonNode object, String field) {
    JsonNode value = object.get(field);
    assertThat(value).as(field).isNotNull();
    assertThat(value.isString()).as(field).isTrue();
    return value.asString();
  }

  private static void optionalString(@Nullable JsonNode value) {
    assertThat(value == null || value.isNull() || value.isString()).isTrue();
  }
}
