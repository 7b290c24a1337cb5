package io.colloquy.command.widget;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrillPathTest {

  private static final Dataset SALES = Catalogue.read().dataset("sales");

  @Test
  void anItemBecomesAFilterAndTheNextDimensionTheBreakdown() {
    DataQuery deeper = DrillPath.deeper(by("region"), SALES, "North");

    assertThat(deeper.filters())
        .containsExactly(new Filter("region", Operator.IN, List.of("North")));
    assertThat(deeper.dimensions()).containsExactly("product");
    assertThat(deeper.measures())
        .startsWith("revenue")
        .contains("units", "orders", "average_order");
  }

  @Test
  void withoutAnItemTheBreakdownGetsOneLevelMore() {
    assertThat(DrillPath.deeper(by("region"), SALES, null).dimensions())
        .containsExactly("region", "product");
  }

  @Test
  void thePathEndsAtTheDeepestDimension() {
    DataQuery query = by("region");
    int levels = 0;
    while (DrillPath.next(query, SALES).isPresent()) {
      query = DrillPath.deeper(query, SALES, "x");
      levels++;
    }
    assertThat(levels).isEqualTo(4);
    assertThat(query.dimensions()).containsExactly("date");
  }

  private static DataQuery by(String dimension) {
    return new DataQuery(
        "sales", List.of("revenue"), List.of(dimension), List.of(), List.of(), null);
  }
}
