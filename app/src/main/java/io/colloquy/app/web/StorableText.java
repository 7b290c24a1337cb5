package io.colloquy.app.web;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Takes only text the log can hold: no NUL, no half of a surrogate pair. */
public final class StorableText extends StdScalarDeserializer<String> {

  StorableText() {
    super(String.class);
  }

  @Override
  public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      return (String) context.handleUnexpectedToken(getValueType(context), parser);
    }
    String text = parser.getString();
    return isStorable(text)
        ? text
        : (String)
            context.handleWeirdStringValue(
                String.class, text, "holds a character that cannot be stored");
  }

  /** Whether the log can hold a text. */
  public static boolean isStorable(String text) {
    return text.codePoints().noneMatch(point -> point == 0 || (point >= 0xD800 && point <= 0xDFFF));
  }

  /** The same for the keys of free-form objects. */
  static final class Key extends KeyDeserializer {
    @Override
    public Object deserializeKey(String key, DeserializationContext context) {
      return isStorable(key)
          ? key
          : context.handleWeirdKey(String.class, key, "holds a character that cannot be stored");
    }
  }
}
