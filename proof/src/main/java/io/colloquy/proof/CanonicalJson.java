package io.colloquy.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.erdtman.jcs.NumberToJSON;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * JSON in the one form of RFC 8785, so that equal content has equal bytes.
 *
 * <p>That form has only numbers that are IEEE 754 doubles. A number with more digits than a double
 * holds is first written as {@code {"$decimal":"…"}}, as the RFC advises (appendix D), so that no
 * digit can be changed unnoticed.
 */
public final class CanonicalJson {

  /** Reads JSON with every digit of its numbers, and refuses a name that stands there twice. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private static final String DECIMAL = "$decimal";

  private CanonicalJson() {}

  /** The canonical bytes of a JSON value. */
  public static byte[] of(JsonNode value) {
    StringBuilder text = new StringBuilder(512);
    try {
      write(value, text);
    } catch (IOException invalid) {
      throw new UncheckedIOException(invalid);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(JsonNode value, StringBuilder to) throws IOException {
    switch (value) {
      case ObjectNode object -> writeObject(object, to);
      case ArrayNode array -> {
        char before = '[';
        for (JsonNode element : array) {
          write(element, to.append(before));
          before = ',';
        }
        to.append(array.isEmpty() ? "[]" : "]");
      }
      case StringNode string -> writeString(string.stringValue(), to);
      case BooleanNode truth -> to.append(truth.booleanValue());
      case NullNode nothing -> to.append("null");
      default -> writeNumber(value, to);
    }
  }

  /** Names go by their UTF-16 code units, as strings of Java compare. */
  private static void writeObject(ObjectNode object, StringBuilder to) throws IOException {
    String[] names = object.propertyNames().toArray(String[]::new);
    Arrays.sort(names);
    char before = '{';
    for (String name : names) {
      writeString(name, to.append(before));
      write(object.get(name), to.append(':'));
      before = ',';
    }
    to.append(names.length == 0 ? "{}" : "}");
  }

  private static void writeNumber(JsonNode number, StringBuilder to) throws IOException {
    if (number.isInt()) {
      to.append(number.intValue());
      return;
    }
    BigDecimal exact = number.decimalValue();
    if (isDouble(exact)) {
      to.append(NumberToJSON.serializeNumber(exact.doubleValue()));
    } else {
      to.append("{\"" + DECIMAL + "\":\"").append(exact.toPlainString()).append("\"}");
    }
  }

  private static void writeString(String value, StringBuilder to) {
    to.append('"');
    for (int i = 0; i < value.length(); i++) {
      char unit = value.charAt(i);
      switch (unit) {
        case '"', '\\' -> to.append('\\').append(unit);
        case '\b' -> to.append("\\b");
        case '\t' -> to.append("\\t");
        case '\n' -> to.append("\\n");
        case '\f' -> to.append("\\f");
        case '\r' -> to.append("\\r");
        default -> {
          if (unit < ' ') {
            to.append("\\u00").append(HexFormat.of().toHexDigits((byte) unit));
          } else {
            to.append(unit);
          }
        }
      }
    }
    to.append('"');
  }

  private static boolean isDouble(BigDecimal number) {
    double nearest = number.doubleValue();
    return Double.isFinite(nearest)
        && new BigDecimal(Double.toString(nearest)).compareTo(number) == 0;
  }
}
