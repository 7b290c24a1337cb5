package io.colloquy.api.widget;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfig;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.colloquy.api.json.Json;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema (2020-12) of the widget descriptor, generated from its types. A part is required
 * unless it may be absent or has a default. Kinds of {@code custom} widgets are registered in
 * {@code schema/custom-widgets.json}, each with the schema of its payload.
 */
public final class WidgetSchema {

  /** Where clients find it. */
  public static final String PATH = "/schema/widget-descriptor.json";

  private static final Map<WidgetType, Class<? extends WidgetData>> DATA =
      new EnumMap<>(
          Map.of(
              WidgetType.CHART, WidgetData.Chart.class,
              WidgetType.TABLE, WidgetData.Table.class,
              WidgetType.FORM, WidgetData.Form.class,
              WidgetType.CARD, WidgetData.Card.class,
              WidgetType.NAVIGATION, WidgetData.Navigation.class,
              WidgetType.CUSTOM, WidgetData.Custom.class));

  private static final ObjectNode JSON = generate();
  private static final Schema VALIDATOR =
      SchemaRegistry.withDefaultDialect(
              SpecificationVersion.DRAFT_2020_12,
              registry ->
                  registry.schemaRegistryConfig(
                      SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()))
          .getSchema(JSON);

  private WidgetSchema() {}

  /** The schema as clients get it. */
  public static ObjectNode json() {
    return JSON.deepCopy();
  }

  /** What in a descriptor is not as the schema demands; empty when all is well. */
  public static List<String> errorsIn(WidgetDescriptor widget) {
    return errorsIn(Json.MAPPER.<JsonNode>valueToTree(widget));
  }

  /** What in a descriptor's JSON is not as the schema demands; empty when all is well. */
  public static List<String> errorsIn(JsonNode widget) {
    return VALIDATOR.validate(widget).stream()
        .map(error -> error.getInstanceLocation() + " " + error.getMessage())
        .toList();
  }

  private static ObjectNode generate() {
    SchemaBuilder builder = new SchemaGenerator(configuration()).buildMultipleSchemaDefinitions();
    builder.createSchemaReference(WidgetDescriptor.class);
    DATA.values().forEach(builder::createSchemaReference);
    ObjectNode definitions = builder.collectDefinitions("$defs");
    customKinds(definitions);

    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("$schema", SchemaVersion.DRAFT_2020_12.getIdentifier());
    root.put("$id", PATH);
    root.put("title", "Widget descriptor");
    root.setAll((ObjectNode) definitions.remove(WidgetDescriptor.class.getSimpleName()));
    ObjectNode properties = root.withObject("/properties");
    properties.putObject("type").put("const", "widget");
    properties.putObject("data").put("type", "object");
    properties.withObject("/widget_id").put("format", "uuid").put("description", "UUID, version 4");
    ArrayNode cases = root.putArray("allOf");
    DATA.forEach((type, data) -> cases.add(dataOf(type, data)));
    root.set("$defs", definitions);
    return root;
  }

  private static SchemaGeneratorConfig configuration() {
    var config =
        new SchemaGeneratorConfigBuilder(
            Json.MAPPER, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON);
    config.with(Option.DEFINITIONS_FOR_ALL_OBJECTS);
    config
        .forFields()
        .withPropertyNameOverrideResolver(WidgetSchema::wireName)
        .withRequiredCheck(field -> !isNullable(field) && defaultOf(field) == null)
        .withDefaultResolver(WidgetSchema::defaultOf)
        .withIgnoreCheck(FieldScope::isStatic);
    config
        .forTypesInGeneral()
        .withCustomDefinitionProvider((type, context) -> wireNames(type.getErasedType()));
    return config.build();
  }

  /** An enumeration is on the wire what Jackson writes of it. */
  private static @Nullable CustomDefinition wireNames(Class<?> type) {
    if (!type.isEnum()) {
      return null;
    }
    ObjectNode definition = Json.MAPPER.createObjectNode().put("type", "string");
    definition.set("enum", Json.MAPPER.<JsonNode>valueToTree(type.getEnumConstants()));
    return new CustomDefinition(definition, DefinitionType.INLINE, AttributeInclusion.YES);
  }

  private static ObjectNode dataOf(WidgetType type, Class<?> data) {
    ObjectNode condition = Json.MAPPER.createObjectNode();
    condition.withObject("/if/properties/widget_type").put("const", type.wireName());
    condition.withObject("/then/properties/data").put("$ref", "#/$defs/" + data.getSimpleName());
    return condition;
  }

  private static void customKinds(ObjectNode definitions) {
    ObjectNode custom = definitions.withObject("/Custom");
    ObjectNode registered = registeredKinds();
    ArrayNode kinds = custom.withObject("/properties/kind").putArray("enum");
    ArrayNode cases = custom.withArray("/allOf");
    registered
        .properties()
        .forEach(
            kind -> {
              kinds.add(kind.getKey());
              ObjectNode condition = cases.addObject();
              condition.withObject("/if/properties/kind").put("const", kind.getKey());
              condition.withObject("/then/properties").set("payload", kind.getValue());
            });
  }

  private static ObjectNode registeredKinds() {
    InputStream file = WidgetSchema.class.getResourceAsStream("/schema/custom-widgets.json");
    return (ObjectNode) Json.MAPPER.readTree(Objects.requireNonNull(file, "custom-widgets.json"));
  }

  private static String wireName(FieldScope field) {
    JsonProperty named = annotation(field);
    return named == null || named.value().isEmpty()
        ? field.getDeclaredName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT)
        : named.value();
  }

  private static @Nullable JsonNode defaultOf(FieldScope field) {
    JsonProperty named = annotation(field);
    return named == null || named.defaultValue().isEmpty()
        ? null
        : Json.MAPPER.readTree(named.defaultValue());
  }

  private static @Nullable JsonProperty annotation(FieldScope field) {
    return field.getRawMember().getAnnotation(JsonProperty.class);
  }

  private static boolean isNullable(FieldScope field) {
    return field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
  }
}
