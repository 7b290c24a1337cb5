package io.colloquy.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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
    try {
      return new JsonCanonicalizer(MAPPER.writeValueAsString(expressible(value))).getEncodedUTF8();
    } catch (IOException invalid) {
      throw new UncheckedIOException(invalid);
    }
  }

  private static JsonNode expressible(JsonNode value) {
    return switch (value) {
      case ObjectNode object -> {
        ObjectNode copy = MAPPER.createObjectNode();
        object.properties().forEach(it -> copy.set(it.getKey(), expressible(it.getValue())));
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = MAPPER.createArrayNode();
        array.forEach(it -> copy.add(expressible(it)));
        yield copy;
      }
      default ->
          value.isNumber() && !isDouble(value.decimalValue())
              ? MAPPER.createObjectNode().put(DECIMAL, value.decimalValue().toPlainString())
              : value;
    };
  }

  private static boolean isDouble(BigDecimal number) {
    double nearest = number.doubleValue();
    return Double.isFinite(nearest)
        && new BigDecimal(Double.toString(nearest)).compareTo(number) == 0;
  }
}
