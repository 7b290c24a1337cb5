package io.colloquy.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class CanonicalJsonTest {

  @Test
  void theExampleOfTheRfcComesOutAsItSays() {
    // RFC 8785, sections 3.2.2 and 3.2.3.
    assertThat(
            canonical(
                """
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }"""
                    .replace("333333333.33333329", "333333333.3333333")))
        .isEqualTo(
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @Test
  void orderAndSpaceMakeNoDifference() {
    assertThat(canonical("{\"b\":1.50,\"a\":{\"d\":[1,2],\"c\":\"ö\"}}"))
        .isEqualTo(canonical(" { \"a\" : {\"c\":\"ö\", \"d\":[1.0,2]}, \"b\":1.5 } "));
  }

  @Test
  void noDigitOfALongNumberIsLost() {
    assertThat(canonical("[12345678901234567.89, 9007199254740993, 0.1, 1234567.89]"))
        .isEqualTo(
            "[{\"$decimal\":\"12345678901234567.89\"},{\"$decimal\":\"9007199254740993\"},0.1,1234567.89]");
    assertThat(canonical("[12345678901234567.88]"))
        .isNotEqualTo(canonical("[12345678901234567.89]"));
  }

  @Test
  void aNameThatStandsThereTwiceIsRefused() {
    assertThatThrownBy(() -> canonical("{\"a\":1,\"a\":2}")).hasMessageContaining("a");
  }

  /** Written in one go instead of read and sorted again, so measured against the RFC's own code. */
  @Test
  void anyJsonComesOutAsTheReferenceWritesIt() throws IOException {
    Random random = new Random(8785);
    for (int i = 0; i < 5_000; i++) {
      JsonNode value = anything(random, 4);
      String json = CanonicalJson.MAPPER.writeValueAsString(value);
      assertThat(canonical(json))
          .as(json)
          .isEqualTo(
              new JsonCanonicalizer("[" + json + "]")
                  .getEncodedString()
                  .replaceAll("(?s)^.|.$", ""));
    }
  }

  private static JsonNode anything(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 6 : 8)) {
      case 0 -> CanonicalJson.MAPPER.getNodeFactory().booleanNode(random.nextBoolean());
      case 1 -> CanonicalJson.MAPPER.getNodeFactory().nullNode();
      case 2 ->
          CanonicalJson.MAPPER.getNodeFactory().numberNode(random.nextInt() >> random.nextInt(32));
      case 3 ->
          CanonicalJson.MAPPER
              .getNodeFactory()
              .numberNode(random.nextLong() >> (12 + random.nextInt(40)));
      case 4 -> {
        double any = Double.longBitsToDouble(random.nextLong());
        yield CanonicalJson.MAPPER.getNodeFactory().numberNode(Double.isFinite(any) ? any : 0.1);
      }
      case 5 -> CanonicalJson.MAPPER.getNodeFactory().stringNode(text(random));
      case 6 -> {
        ArrayNode array = CanonicalJson.MAPPER.createArrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(anything(random, depth - 1));
        }
        yield array;
      }
      default -> {
        ObjectNode object = CanonicalJson.MAPPER.createObjectNode();
        for (int i = random.nextInt(6); i > 0; i--) {
          object.set(text(random), anything(random, depth - 1));
        }
        yield object;
      }
    };
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(6), 0, 0x110000)
        .map(point -> random.nextInt(3) == 0 ? point : point % 0x80)
        .filter(point -> point < 0xD800 || point > 0xDFFF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String canonical(String json) {
    return new String(
        CanonicalJson.of(CanonicalJson.MAPPER.readTree(json)), StandardCharsets.UTF_8);
  }
}
