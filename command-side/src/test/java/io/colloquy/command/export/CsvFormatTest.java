package io.colloquy.command.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFormatTest {

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@cmd", "\t=1", "\r=1"})
  void textThatASpreadsheetWouldRunIsMadePlain(String text) {
    assertThat(CsvFormat.harmless(text)).isEqualTo("'" + text);
  }

  @Test
  void numbersAndOrdinaryTextStayAsTheyAre() {
    assertThat(CsvFormat.harmless(new BigDecimal("-5.2"))).isEqualTo(new BigDecimal("-5.2"));
    assertThat(CsvFormat.harmless("North")).isEqualTo("North");
  }
}
