package io.colloquy.command.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.api.data.DataQuery;
import io.colloquy.command.catalogue.CatalogueFile;
import io.colloquy.command.catalogue.QueryResult;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroundedTextTest {

  private static final QueryResult RESULT =
      new QueryResult(
          new DataQuery("sales", List.of("revenue"), List.of("region"), List.of(), List.of(), null),
          "select",
          List.of(
              Map.of("region", "North", "revenue", new BigDecimal("1250000.40")),
              Map.of("region", "Q2 2026", "revenue", new BigDecimal("3749999.60"))),
          2);

  private static String said(String text, int pieceLength) {
    Grounding grounding = Grounding.of(RESULT, CatalogueFile.shipped().dataset("sales"));
    StringBuilder out = new StringBuilder();
    GroundedText words = new GroundedText(grounding, out::append);
    for (int from = 0; from < text.length(); from += pieceLength) {
      words.write(text.substring(from, Math.min(text.length(), from + pieceLength)));
    }
    words.finish();
    return out.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "North made $1,250,000.40 of 5,000,000 in all.",
        "North made 1.25 million, about 25 % of the whole.",
        "North made $1.3M and the rest 3.75 million.",
        "North made 1.250.000,40 as Germans write it.",
        "North made 1 250 000 as the French write it.",
        "Q2 2026 leads with $3,749,999.60 (75%).",
        "Two regions, 2 rows, none below 1,250,000."
      })
  void whatWasReadMayBeSaidInAnyRounding(String text) {
    for (int length : new int[] {1, 3, 7, 500}) {
      assertThat(said(text, length)).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "North made $1,350,000.",
        "Growth was 12.5 %.",
        "It will be 6 million next year.",
        "About twelve million customers.",
        "Some five hundred thousand dollars.",
        "Profit was ١٢٣٤ last year.",
        "Profit was １２３４ last year.",
        "A share of ⅔ of the whole.",
        "Sales rose by 10² units.",
        "Call 0800-555-123 now.",
        "Revenue in Q3 was better.",
        "North made 1.25 billion."
      })
  void whatWasNotReadIsTakenOut(String text) {
    for (int length : new int[] {1, 4, 500}) {
      assertThat(said(text, length)).contains(GroundedText.REMOVED);
    }
  }

  @Test
  void whatTheLogCannotHoldIsLeftOut() {
    assertThat(said("North \0 is \ud83d fine \ud83d\ude00 indeed.", 500))
        .isEqualTo("North  is  fine \ud83d\ude00 indeed.");
  }

  @Test
  void removedFiguresAreNamed() {
    StringBuilder out = new StringBuilder();
    GroundedText words =
        new GroundedText(
            Grounding.of(RESULT, CatalogueFile.shipped().dataset("sales")), out::append);
    words.write("North made $1,250,000 and lost 77 million. ");
    words.finish();

    assertThat(words.removed()).containsExactly("77 million");
    assertThat(out.toString()).isEqualTo("North made $1,250,000 and lost [figure removed]. ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "See ![x](https://evil.example/?q=secret) here.",
        "See [this](http://evil.example) here.",
        "See https://evil.example/a?b=c here.",
        "See www.evil.example here.",
        "See <img src=x onerror=alert(1)> here.",
        "See <script>alert(1)</script> here.",
        "See [x](javascript:alert(1)) here.",
        "See javascript:alert(1) here."
      })
  void nothingReachesOutside(String text) {
    for (int length : new int[] {1, 5, 500}) {
      assertThat(said(text, length))
          .doesNotContain("evil.example/")
          .doesNotContain("](")
          .doesNotContain("<")
          .doesNotContain("://")
          .doesNotContain("javascript:");
    }
  }
}
