package io.colloquy.api.widget;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.api.json.Json;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The schema says yes to the reference guide's own widgets and no to what is none. */
class WidgetSchemaTest {

  /** The guide's ids are short for the reader's sake; its own parser takes only UUIDs. */
  @ParameterizedTest
  @ValueSource(strings = {"sales-dashboard", "customer-search", "navigation-cards"})
  void theGuidesOwnExamplesAreValidButForTheirIds(String name) {
    ObjectNode example = example(name);
    assertThat(WidgetSchema.errorsIn(example)).singleElement().asString().contains("/widget_id");

    example.put("widget_id", UUID.randomUUID().toString());
    assertThat(WidgetSchema.errorsIn(example)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sales-dashboard", "customer-search", "navigation-cards"})
  void theGuidesOwnExamplesAreReadIntoTheTypesAndWrittenBackUnchanged(String name) {
    ObjectNode example = example(name);
    JsonMapper lenient =
        Json.MAPPER.rebuild().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();
    JsonNode written = lenient.valueToTree(lenient.treeToValue(example, WidgetDescriptor.class));
    assertThat(contains(written, example)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/widget_type, hologram",
    "/widget_type, table",
    "/data/chart_type, spiral",
    "/data/title, ",
    "/data/series, many",
    "/data/series/0/values/0, '450,000'",
    "/data/series/0/labels, ",
    "/actions/0/type, apiCall",
    "/actions/0/label, ",
    "/actions/1/permissions, data_exporter",
    "/metadata/sources/0/confidence, high",
    "/metadata/generated_at, ",
    "/type, gadget",
  })
  void whatTheTypesDoNotAllowIsNamed(String path, String value) {
    ObjectNode widget = example("sales-dashboard");
    widget.put("widget_id", UUID.randomUUID().toString());
    int end = path.lastIndexOf('/');
    JsonNode parent = widget.at(path.substring(0, end));
    switch (parent) {
      case ObjectNode object when value == null -> object.remove(path.substring(end + 1));
      case ObjectNode object -> object.put(path.substring(end + 1), value);
      case ArrayNode array -> array.set(Integer.parseInt(path.substring(end + 1)), value);
      default -> throw new AssertionError(path);
    }
    assertThat(WidgetSchema.errorsIn(widget)).isNotEmpty();
  }

  @Test
  void aCustomWidgetNeedsARegisteredKindAndThePayloadItsSchemaDemands() {
    Map<String, Object> payload =
        Map.of(
            "x_axis_label",
            "Quarter",
            "y_axis_label",
            "Region",
            "value_label",
            "Revenue ($)",
            "x_labels",
            List.of("2026 Q1"),
            "y_labels",
            List.of("North"),
            "values",
            List.of(List.of(1)));
    assertThat(WidgetSchema.errorsIn(custom("heatmap", payload))).isEmpty();
    assertThat(WidgetSchema.errorsIn(custom("hologram", payload)))
        .anyMatch(error -> error.contains("/data/kind"));
    assertThat(WidgetSchema.errorsIn(custom("heatmap", Map.of("values", List.of()))))
        .anyMatch(error -> error.contains("/data/payload"));
  }

  @Test
  void theSchemaAllowsEveryWidgetTypeThereIs() {
    JsonNode names = WidgetSchema.json().at("/properties/widget_type/enum");
    assertThat(names).hasSize(WidgetType.values().length);
  }

  private static JsonNode custom(String kind, Map<String, Object> payload) {
    ObjectNode widget = example("sales-dashboard");
    widget.put("widget_id", UUID.randomUUID().toString());
    widget.put("widget_type", "custom");
    widget.set(
        "data", Json.MAPPER.<JsonNode>valueToTree(new WidgetData.Custom(kind, "Revenue", payload)));
    return widget;
  }

  private static ObjectNode example(String name) {
    InputStream file = WidgetSchemaTest.class.getResourceAsStream("/guide/" + name + ".json");
    return (ObjectNode) Json.MAPPER.readTree(Objects.requireNonNull(file));
  }

  /** Everything in the part stands in the whole, which may say more. */
  private static boolean contains(JsonNode whole, JsonNode part) {
    if (part.isObject()) {
      return part.properties().stream()
          .allMatch(
              entry ->
                  whole.has(entry.getKey())
                      && contains(whole.get(entry.getKey()), entry.getValue()));
    }
    if (part.isArray()) {
      for (int i = 0; i < part.size(); i++) {
        if (!contains(whole.path(i), part.get(i))) {
          return false;
        }
      }
      return whole.size() == part.size();
    }
    return part.isNumber()
        ? whole.decimalValue().compareTo(part.decimalValue()) == 0
        : whole.equals(part);
  }
}
