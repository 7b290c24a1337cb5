package io.colloquy.proof;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A line of an exported log (JSON Lines): {@code kind} says what it is. */
public sealed interface ExportLine {

  /** The JSON mapping of lines: snake_case, nothing for absent values. */
  JsonMapper MAPPER =
      CanonicalJson.MAPPER
          .rebuild()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(
              ignored ->
                  JsonInclude.Value.construct(
                      JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  /** Opens an export; says which version of this form it has and with which keys it is signed. */
  record Header(int version, List<String> publicKeys) implements ExportLine {}

  /**
   * An entry as the log holds it: what is hashed, and the hashes.
   *
   * @param entry what is hashed
   * @param previousHash the chain's hash before it, hexadecimal
   * @param entryHash its own, hexadecimal
   * @param inclusion the path from its leaf to the root of the export's last checkpoint,
   *     hexadecimal; absent where the export holds the whole log
   */
  record Entry(
      ObjectNode entry, String previousHash, String entryHash, @Nullable List<String> inclusion)
      implements ExportLine {

    long seq() {
      return entry.path("seq").asLong(-1);
    }

    boolean isUnchanged() {
      return hashed(entry);
    }

    private boolean hashed(ObjectNode content) {
      byte[] hash = Hashes.entry(HexFormat.of().parseHex(previousHash), CanonicalJson.of(content));
      return HexFormat.of().formatHex(hash).equals(entryHash);
    }

    /** Whether it is another entry under a new number. */
    boolean wasNumbered(long seq) {
      return seq > 0 && hashed(entry.deepCopy().put("seq", seq));
    }
  }

  /** A signed statement of what the log held. */
  record Signed(Checkpoint checkpoint) implements ExportLine {}

  /** Which entries the export holds, signed. */
  record Selected(Selection selection) implements ExportLine {}

  /** Proves that a checkpoint only adds to an earlier one. */
  record Consistency(long earlier, long size, List<String> path) implements ExportLine {}

  /** The line as JSON. */
  default String json() {
    ObjectNode line = MAPPER.createObjectNode().put("kind", kind());
    line.setAll((ObjectNode) MAPPER.<JsonNode>valueToTree(this));
    return MAPPER.writeValueAsString(line);
  }

  private String kind() {
    return switch (this) {
      case Header ignored -> "export";
      case Entry ignored -> "entry";
      case Signed ignored -> "checkpoint";
      case Selected ignored -> "selection";
      case Consistency ignored -> "consistency";
    };
  }

  /**
   * Reads a line.
   *
   * @throws RuntimeException when it is none
   */
  static ExportLine of(String json) {
    JsonNode line = MAPPER.readTree(json);
    Class<? extends ExportLine> kind =
        switch (line.path("kind").asString("")) {
          case "export" -> Header.class;
          case "entry" -> Entry.class;
          case "checkpoint" -> Signed.class;
          case "selection" -> Selected.class;
          case "consistency" -> Consistency.class;
          default -> throw new IllegalArgumentException("no line of an export");
        };
    return MAPPER
        .readerFor(kind)
        .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .readValue(line);
  }
}
