package io.colloquy.app.web;

import io.colloquy.api.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something done to a good message: one of its parts is taken away, made null or made something
 * else, a part nobody knows is added, or its text is cut or replaced.
 */
record JsonMutation(Kind kind, int place, JsonNode value) {

  enum Kind {
    NOTHING,
    REMOVE,
    NULL,
    REPLACE,
    ADD,
    TRUNCATE,
    BE_SOMETHING_ELSE
  }

  private static final int DEEP = 700;
  private static final int HUGE = 40_000;

  /** Escapes what is not ASCII, so that halves of characters reach the server as they are. */
  private static final JsonMapper WRITER =
      new JsonMapper.Builder(
              JsonFactory.builder()
                  .streamWriteConstraints(
                      StreamWriteConstraints.builder().maxNestingDepth(2 * DEEP).build())
                  .build())
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  static Arbitrary<JsonMutation> any() {
    return Combinators.combine(
            Arbitraries.of(Kind.class), Arbitraries.integers().between(0, 1000), json())
        .as(JsonMutation::new);
  }

  static Arbitrary<JsonNode> json() {
    Arbitrary<Object> texts =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(30).map(Object.class::cast),
            Arbitraries.of(
                "",
                " ",
                "\u0000",
                "\ud800",
                "\udfff\ud800",
                "\u202Ecba",
                "a\u0301\u0301",
                "\uD83D\uDE00",
                "\uFEFF",
                "=1+1",
                "' or 1=1 --",
                "${7*7}",
                "{{7*7}}",
                "<script>alert(1)</script>",
                "../../etc/passwd",
                "1e999999999",
                "2026-02-30",
                "all",
                "null",
                "true",
                "-0",
                "x".repeat(HUGE)));
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            texts,
            Arbitraries.of(new BigDecimal("1e999999"), new BigDecimal("-1e-99999")),
            Arbitraries.integers().map(Object.class::cast),
            Arbitraries.longs().map(Object.class::cast),
            Arbitraries.doubles().map(Object.class::cast),
            Arbitraries.bigDecimals().map(Object.class::cast),
            Arbitraries.of(true, false));
    Arbitrary<Object> any =
        Arbitraries.lazyOf(
            () -> scalars,
            () -> scalars,
            () -> scalars.list().ofMaxSize(4).map(Object.class::cast),
            () ->
                Combinators.combine(texts, scalars)
                    .as((key, value) -> (Object) Map.of(String.valueOf(key), value)),
            () -> Arbitraries.just((Object) nested()));
    return any.map(
        value -> value instanceof JsonNode deep ? deep : Json.MAPPER.<JsonNode>valueToTree(value));
  }

  private static JsonNode nested() {
    JsonNode value = Json.MAPPER.createArrayNode();
    for (int i = 0; i < DEEP; i++) {
      value = Json.MAPPER.createArrayNode().add(value);
    }
    return value;
  }

  String of(ObjectNode message) {
    ObjectNode changed = message.deepCopy();
    List<ObjectNode> objects = new ArrayList<>();
    collect(changed, objects);
    ObjectNode target = objects.get(place % objects.size());
    List<String> names = List.copyOf(target.propertyNames());
    String name = names.isEmpty() ? "x" : names.get(place % names.size());
    return switch (kind) {
      case NOTHING -> WRITER.writeValueAsString(changed);
      case REMOVE -> {
        target.remove(name);
        yield WRITER.writeValueAsString(changed);
      }
      case NULL -> {
        target.putNull(name);
        yield WRITER.writeValueAsString(changed);
      }
      case REPLACE -> {
        target.set(name, value);
        yield WRITER.writeValueAsString(changed);
      }
      case ADD -> {
        target.set("unheard_of", value);
        yield WRITER.writeValueAsString(changed);
      }
      case TRUNCATE -> {
        String text = WRITER.writeValueAsString(changed);
        yield text.substring(0, place % text.length());
      }
      case BE_SOMETHING_ELSE -> WRITER.writeValueAsString(value);
    };
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
      object.values().forEach(child -> collect(child, objects));
    } else if (node instanceof ArrayNode array) {
      array.values().forEach(child -> collect(child, objects));
    }
  }
}
