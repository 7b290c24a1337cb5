package io.colloquy.app.web;

import io.colloquy.api.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON objects from names and values in turn. */
final class JsonBodies {

  private JsonBodies() {}

  static ObjectNode of(@Nullable Object... namesAndValues) {
    ObjectNode object = Json.MAPPER.createObjectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.set(
          String.valueOf(namesAndValues[i]),
          Json.MAPPER.<JsonNode>valueToTree(namesAndValues[i + 1]));
    }
    return object;
  }
}
