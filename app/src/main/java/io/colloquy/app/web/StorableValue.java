package io.colloquy.app.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Takes any JSON the log can hold: no text and no name in it, however deep, that it cannot. */
final class StorableValue extends StdDeserializer<Object> {

  StorableValue() {
    super(Object.class);
  }

  @Override
  public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
    return value(context.readTree(parser), context);
  }

  private @Nullable Object value(JsonNode node, DeserializationContext context) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        node.properties()
            .forEach(
                entry ->
                    object.put(
                        storable(entry.getKey(), context), value(entry.getValue(), context)));
        yield object;
      }
      case ARRAY -> {
        List<@Nullable Object> array = new ArrayList<>();
        node.forEach(element -> array.add(value(element, context)));
        yield array;
      }
      case STRING -> storable(node.asString(), context);
      case NUMBER -> node.isFloatingPointNumber() ? node.decimalValue() : node.numberValue();
      case BOOLEAN -> node.asBoolean();
      case NULL, MISSING, BINARY, POJO -> null;
    };
  }

  private static String storable(String text, DeserializationContext context) {
    if (!StorableText.isStorable(text)) {
      context.handleWeirdStringValue(String.class, text, "holds a character that cannot be stored");
    }
    return text;
  }
}
