package io.colloquy.api.widget;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.api.action.ActionResult;
import io.colloquy.api.action.TablePage;
import io.colloquy.api.json.Json;
import io.colloquy.api.widget.WidgetData.ColumnType;
import io.colloquy.api.widget.WidgetData.FieldType;
import io.colloquy.api.widget.WidgetData.Form.Field;
import io.colloquy.api.widget.WidgetDescriptor.WidgetConfig;
import io.colloquy.api.widget.WidgetDescriptor.WidgetMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON of every widget type and every action result, which clients and the log rely on. */
class WidgetGoldenFilesTest {

  static Stream<WidgetDescriptor> widgets() {
    return Stream.of(
            new WidgetData.Chart(
                ChartType.GROUPED_BAR,
                List.of(
                    new WidgetData.Chart.Series(
                        "2025", List.of(new BigDecimal("450000.5")), List.of("North")),
                    new WidgetData.Chart.Series(
                        "2026", List.of(new BigDecimal(380000)), List.of("North"))),
                "Region",
                "Revenue ($)",
                "Sales by Region and Year"),
            new WidgetData.Table(
                "Details for North",
                List.of(
                    new WidgetData.Table.Column("date", "Date", ColumnType.DATE, true, true),
                    new WidgetData.Table.Column("product", "Product", ColumnType.TEXT, true, true),
                    new WidgetData.Table.Column("units", "Units", ColumnType.NUMBER, true, false),
                    new WidgetData.Table.Column(
                        "revenue", "Revenue ($)", ColumnType.CURRENCY, true, false)),
                List.of(
                    Map.of("date", "2026-04-01", "product", "Laptop", "units", 3, "revenue", 2500)),
                1200),
            new WidgetData.Form(
                "everything",
                "One of each",
                List.of(
                    new Field(
                        "name",
                        FieldType.TEXT,
                        "Name",
                        "Acme",
                        true,
                        null,
                        null,
                        null,
                        null,
                        "[A-Z].*",
                        null),
                    new Field(
                        "amount",
                        FieldType.NUMBER,
                        "Amount",
                        null,
                        false,
                        null,
                        10,
                        0,
                        1000,
                        null,
                        null),
                    new Field(
                        "state", FieldType.SELECT, "State", null, false, List.of("NY", "CA"), "NY"),
                    new Field(
                        "regions",
                        FieldType.MULTI_SELECT,
                        "Regions",
                        null,
                        false,
                        List.of("North", "South"),
                        List.of("North")),
                    new Field("start_date", FieldType.DATE, "From", null, false, null, null),
                    new Field(
                        "end_date",
                        FieldType.DATE,
                        "To",
                        null,
                        false,
                        null,
                        null,
                        "2020-01-01",
                        "2029-12-31",
                        null,
                        "start_date"),
                    new Field("term", FieldType.DATE_RANGE, "Term", null, false, null, null),
                    new Field("agree", FieldType.CHECKBOX, "Agree", null, true, null, false),
                    new Field("notes", FieldType.TEXTAREA, "Notes", null, false, null, null)),
                "Save"),
            new WidgetData.Card(
                "Q2 2026 Revenue",
                "Revenue from Sales ledger",
                "payments",
                "$1,234,567",
                new BigDecimal("1234567.89"),
                "+4.2 % against Q1 2026"),
            new WidgetData.Navigation(
                List.of(
                    new WidgetData.Navigation.Destination(
                        "Sales Dashboard",
                        "View comprehensive sales metrics",
                        "dashboard",
                        "Data to 2026-10-31",
                        "success",
                        "/dashboard/sales",
                        Map.of("period", "2026-04-01/2026-06-30", "region", "North")))),
            new WidgetData.Custom(
                "heatmap",
                "Revenue by Region and Quarter",
                Map.of(
                    "x_axis_label",
                    "Quarter",
                    "y_axis_label",
                    "Region",
                    "value_label",
                    "Revenue ($)",
                    "x_labels",
                    List.of("2026 Q1", "2026 Q2"),
                    "y_labels",
                    List.of("North"),
                    "values",
                    List.of(List.of(1, 2)))))
        .map(WidgetGoldenFilesTest::widget);
  }

  private static WidgetDescriptor widget(WidgetData data) {
    return new WidgetDescriptor(
        "widget",
        "3f0cbb5e-6a55-4c0a-9f53-0d4d3b1f9a10",
        WidgetType.valueOf(data.getClass().getSimpleName().toUpperCase(Locale.ROOT)),
        data,
        new WidgetConfig(true, true, false, true),
        List.of(
            new WidgetAction(
                "b7f4a1de-52c8-4e63-8d0a-6a2c0e9d7f11",
                "View Details",
                ActionType.API_CALL,
                Map.of("endpoint", "/api/data/drilldown"),
                List.of("manager", "analyst"))),
        new WidgetMetadata(
            List.of(new SourceReference("sales-ledger", "Sales ledger", 0.95, "sample.sales")),
            "2026-11-24T10:30:00Z",
            "2026-12-01T10:30:00Z",
            "Show me Q2 sales by region",
            "manager"));
  }

  static Stream<ActionResult> results() {
    return Stream.of(
        new ActionResult.NewWidget(widgets().skip(3).findFirst().orElseThrow()),
        new ActionResult.Download("/api/exports/x/q2.pdf", "q2.pdf", "application/pdf", "ab", 90),
        new ActionResult.Navigate("/dashboard/sales", Map.of("region", "North")),
        new ActionResult.Success("Form submitted successfully"),
        new ActionResult.Rows(new TablePage(2, 200, 1200, List.of(Map.of("product", "Laptop")))),
        new ActionResult.Dialog(true, "b7f4a1de-52c8-4e63-8d0a-6a2c0e9d7f11"));
  }

  @ParameterizedTest
  @MethodSource("widgets")
  void aWidgetIsWrittenAsItsGoldenFileSaysAndIsValid(WidgetDescriptor widget) throws IOException {
    String golden = golden("widgets/" + widget.widgetType().wireName());
    assertThat(Json.MAPPER.readTree(Json.MAPPER.writeValueAsString(widget)))
        .isEqualTo(Json.MAPPER.readTree(golden));
    assertThat(
            Json.MAPPER.readTree(
                Json.MAPPER.writeValueAsString(
                    Json.MAPPER.readValue(golden, WidgetDescriptor.class))))
        .isEqualTo(Json.MAPPER.readTree(golden));
    assertThat(WidgetSchema.errorsIn(widget)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("results")
  void anActionResultIsWrittenAsItsGoldenFileSaysAndReadBack(ActionResult result)
      throws IOException {
    String golden = golden("results/" + Json.MAPPER.valueToTree(result).get("type").asString());
    assertThat(Json.MAPPER.readTree(Json.MAPPER.writeValueAsString(result)))
        .isEqualTo(Json.MAPPER.readTree(golden));
    assertThat(Json.MAPPER.readValue(golden, ActionResult.class)).isEqualTo(result);
  }

  @Test
  void everyTypeHasAnExampleHere() {
    assertThat(widgets().map(WidgetDescriptor::widgetType))
        .containsExactlyInAnyOrder(WidgetType.values());
    assertThat(results().<Class<?>>map(Object::getClass).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.asList(ActionResult.class.getPermittedSubclasses()));
  }

  private static String golden(String name) throws IOException {
    try (InputStream file =
        WidgetGoldenFilesTest.class.getResourceAsStream("/golden/" + name + ".json")) {
      assertThat(file).as("golden file of %s", name).isNotNull();
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
