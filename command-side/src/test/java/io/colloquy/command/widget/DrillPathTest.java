package io.colloquy.command.widget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.colloquy.api.access.Refusal;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.CatalogueFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrillPathTest {

  private static final Dataset SALES = CatalogueFile.shipped().dataset("sales");

  @Test
  void anItemBecomesAFilterAndTheNextDimensionTheBreakdown() {
    DataQuery deeper = DrillPath.deeper(by("region"), SALES, Map.of("region", "North"), null);

    assertThat(deeper.filters())
        .containsExactly(new Filter("region", Operator.IN, List.of("North")));
    assertThat(deeper.dimensions()).containsExactly("product");
    assertThat(deeper.measures())
        .startsWith("revenue")
        .contains("units", "orders", "average_order");
  }

  @Test
  void withoutAnItemTheBreakdownGetsOneLevelMore() {
    assertThat(DrillPath.deeper(by("region"), SALES, Map.of(), null).dimensions())
        .containsExactly("region", "product");
  }

  @Test
  void thePathEndsAtTheDeepestDimension() {
    DataQuery query = by("region");
    int levels = 0;
    while (!DrillPath.levels(query, SALES).isEmpty()) {
      query = DrillPath.deeper(query, SALES, Map.of(query.dimensions().getFirst(), "x"), null);
      levels++;
    }
    assertThat(levels).isEqualTo(4);
    assertThat(query.dimensions()).containsExactly("date");
  }

  @Test
  void anyDeeperLevelIsReachedAtOnceAndOthersAreRefused() {
    Map<String, String> north = Map.of("region", "North");
    assertThat(DrillPath.levels(by("region"), SALES))
        .containsExactly("product", "channel", "month", "date");
    assertThat(DrillPath.deeper(by("region"), SALES, north, "month").dimensions())
        .containsExactly("month");
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> DrillPath.deeper(by("region"), SALES, north, "colour"));
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> DrillPath.deeper(by("region"), SALES, Map.of("city", "x"), null));
  }

  @Test
  void aRowOfTwoDimensionsIsChosenByBoth() {
    DataQuery query =
        new DataQuery(
            "sales", List.of("revenue"), List.of("month", "region"), List.of(), List.of(), null);
    DataQuery deeper =
        DrillPath.deeper(query, SALES, Map.of("month", "2026-01", "region", "North"), null);
    assertThat(deeper.dimensions()).containsExactly("product");
    assertThat(deeper.filters()).hasSize(2);
  }

  private static DataQuery by(String dimension) {
    return new DataQuery(
        "sales", List.of("revenue"), List.of(dimension), List.of(), List.of(), null);
  }
}
