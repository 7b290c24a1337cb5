package io.colloquy.api.privacy;

import io.colloquy.api.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Which parts of each event are personal content: what a person wrote, and what answers repeat of
 * it. Such parts are stored sealed, with something in their place that can still be read as the
 * event. Identifiers, types, times, codes and figures about the work itself stay open, so that the
 * log can be queried.
 */
public final class PersonalContent {

  /** What stands in place of a text that is sealed. */
  public static final String PRIVATE = "[private]";

  private static final String ANY = "*";

  private static final Placeholder TEXT = (value, within) -> StringNode.valueOf(PRIVATE);
  private static final Placeholder NOTHING = (value, within) -> null;
  private static final Placeholder OBJECT = (value, within) -> Json.MAPPER.createObjectNode();
  private static final Placeholder LIST = (value, within) -> Json.MAPPER.createArrayNode();

  /** Of an answer that comes in pieces, the first says that it is private. */
  private static final Placeholder PIECE =
      (value, within) -> StringNode.valueOf(within.path("offset").asInt() == 0 ? PRIVATE : "");

  /** No dataset has this name, so that nothing is read for it any more. */
  private static final Placeholder QUERY =
      (value, within) ->
          read(
              """
              {"dataset":"[private]","measures":[],"dimensions":[],"filters":[],"sort":[]}""");

  /** Which endpoint and which data an action is about names no person, and is looked for. */
  private static final Placeholder PARAMS =
      (value, within) -> {
        ObjectNode kept = Json.MAPPER.createObjectNode();
        for (String name : List.of("endpoint", "data_key")) {
          if (value.has(name)) {
            kept.set(name, value.get(name));
          }
        }
        return kept;
      };

  private static final List<Part> WIDGET =
      List.of(
          part("descriptor/widget_type", (value, within) -> StringNode.valueOf("card")),
          part(
              "descriptor/data",
              (value, within) -> read("{\"title\":\"[private]\",\"description\":\"\"}")),
          part("descriptor/actions/*/label", TEXT),
          part("descriptor/actions/*/params", PARAMS),
          part("descriptor/metadata/sources", LIST),
          part("descriptor/metadata/query", NOTHING));

  private static final Map<String, List<Part>> PARTS =
      Map.ofEntries(
          Map.entry("conversation-opened", List.of(part("title", NOTHING))),
          Map.entry("conversation-forked", List.of()),
          Map.entry("conversation-renamed", List.of(part("title", TEXT))),
          Map.entry("turns-replaced", List.of()),
          Map.entry("turn-submitted", List.of(part("content", TEXT), part("metadata", NOTHING))),
          Map.entry(
              "intent-classified",
              List.of(
                  part("title", TEXT),
                  part("reasoning", TEXT),
                  part("query", NOTHING),
                  part("form_defaults", OBJECT),
                  part("reply", NOTHING),
                  part("assumptions", LIST))),
          Map.entry("answer-text-appended", List.of(part("delta", PIECE))),
          Map.entry("data-queried", List.of(part("query", QUERY), part("sources", LIST))),
          Map.entry("passages-read", List.of(part("words", TEXT), part("passages", LIST))),
          Map.entry("model-failed", List.of(part("reason", TEXT))),
          Map.entry("figures-removed", List.of(part("figures", LIST))),
          Map.entry("widget-generated", WIDGET),
          Map.entry("citations-attached", List.of(part("citations", LIST))),
          Map.entry("citation-opened", List.of()),
          Map.entry("turn-completed", List.of()),
          Map.entry("turn-failed", List.of(part("message", TEXT))),
          Map.entry("turn-cancelled", List.of()),
          Map.entry("conversation-state-changed", List.of(part("data", OBJECT))),
          Map.entry(
              "action-authorized",
              List.of(
                  part("action/label", TEXT),
                  part("action/params", PARAMS),
                  part("params", OBJECT),
                  part("query", NOTHING))),
          Map.entry("action-denied", List.of(part("message", TEXT), part("errors", LIST))),
          Map.entry(
              "action-completed",
              List.of(
                  part(
                      "result",
                      (value, within) ->
                          read("{\"type\":\"success\",\"message\":\"[private]\"}")))),
          Map.entry("action-failed", List.of(part("message", TEXT))),
          Map.entry("form-submitted", List.of(part("values", OBJECT))),
          Map.entry("widget-expired", List.of()),
          Map.entry("conversation-closed", List.of()),
          Map.entry("export-requested", List.of(part("query", QUERY), part("filename", TEXT))),
          Map.entry("export-completed", List.of(part("filename", TEXT))),
          Map.entry("export-failed", List.of(part("message", TEXT))),
          Map.entry("export-downloaded", List.of()),
          Map.entry("preference-changed", List.of(part("value", NOTHING))),
          // A source is the company's: it is taken away by removing it.
          Map.entry("source-registered", List.of()),
          Map.entry("source-imported", List.of()),
          Map.entry("source-import-failed", List.of()),
          Map.entry("source-edited", List.of()),
          Map.entry("source-removed", List.of()),
          Map.entry("access-refused", List.of()),
          Map.entry("permission-granted", List.of()),
          Map.entry("permission-revoked", List.of()),
          Map.entry("subject-erased", List.of()),
          Map.entry("audit-exported", List.of(part("filter", OBJECT))),
          Map.entry("turn-rerun", List.of()),
          Map.entry("projection-rebuilt", List.of()),
          Map.entry("dead-letter-retried", List.of()));

  private PersonalContent() {}

  /** Gives what stands in place of a value; null for nothing. */
  private interface Placeholder {
    @Nullable JsonNode of(JsonNode value, ObjectNode within);
  }

  private record Part(List<String> path, Placeholder placeholder) {}

  private static Part part(String path, Placeholder placeholder) {
    return new Part(List.of(path.split("/", -1)), placeholder);
  }

  private static JsonNode read(String json) {
    return Json.MAPPER.readTree(json);
  }

  /** The event types of which it is known what is personal. */
  public static Set<String> types() {
    return PARTS.keySet();
  }

  /**
   * Takes the personal parts out of an event's payload and leaves placeholders.
   *
   * @return what was taken, by its path; empty when there was nothing
   */
  public static ObjectNode takeOut(String type, ObjectNode payload) {
    List<Part> parts = PARTS.get(type);
    if (parts == null) {
      throw new IllegalArgumentException("nobody has said what of " + type + " is personal");
    }
    ObjectNode taken = Json.MAPPER.createObjectNode();
    for (Part part : parts) {
      takeOut(payload, part.path(), "", part.placeholder(), taken);
    }
    return taken;
  }

  private static void takeOut(
      JsonNode parent,
      List<String> path,
      String before,
      Placeholder placeholder,
      ObjectNode taken) {
    String name = path.getFirst();
    if (name.equals(ANY) && parent instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        takeOut(array.get(i), path.subList(1, path.size()), before + i + "/", placeholder, taken);
      }
    } else if (parent instanceof ObjectNode object && object.hasNonNull(name)) {
      JsonNode value = object.get(name);
      if (path.size() > 1) {
        takeOut(value, path.subList(1, path.size()), before + name + "/", placeholder, taken);
        return;
      }
      JsonNode instead = placeholder.of(value, object);
      if (value.equals(instead)) {
        return;
      }
      taken.set(before + name, value);
      if (instead == null) {
        object.remove(name);
      } else {
        object.set(name, instead);
      }
    }
  }

  /** Puts back what {@link #takeOut} took. */
  public static void putBack(ObjectNode payload, ObjectNode taken) {
    taken
        .properties()
        .forEach(
            part -> {
              List<String> path = List.of(part.getKey().split("/", -1));
              JsonNode parent = payload;
              for (String step : path.subList(0, path.size() - 1)) {
                parent =
                    parent instanceof ArrayNode array
                        ? array.get(Integer.parseInt(step))
                        : parent.get(step);
              }
              ((ObjectNode) parent).set(path.getLast(), part.getValue());
            });
  }
}
