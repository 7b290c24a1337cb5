package io.colloquy.api.source;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column of an uploaded table.
 *
 * @param name its name in questions and queries
 * @param letter its place in the file, as spreadsheets count: A, B, …
 * @param label its name for people
 * @param type what its cells hold
 * @param role what it is good for
 * @param aggregate how several of its figures become one, for measures
 * @param unit written before a figure, such as $
 * @param open whether it has too many values to list
 * @param synonyms other words for it
 */
public record SourceColumn(
    String name,
    String letter,
    String label,
    Type type,
    Role role,
    @Nullable Aggregation aggregate,
    @Nullable String unit,
    boolean open,
    List<String> synonyms) {

  /** Copies the list. */
  public SourceColumn {
    synonyms = List.copyOf(Objects.requireNonNullElse(synonyms, List.of()));
  }

  /** What cells hold. */
  public enum Type {
    TEXT,
    NUMBER,
    DATE,
    BOOLEAN;

    /** The name on the wire. */
    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Type of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  /** What a column is good for. */
  public enum Role {
    /** Figures to add up or average. */
    MEASURE,
    /** Something to break down or filter by. */
    DIMENSION,
    /** The date that years, quarters and months are parts of; one per table. */
    TIME,
    /** Not asked about. */
    NONE;

    /** The name on the wire. */
    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Role of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  /** How several figures become one. */
  public enum Aggregation {
    SUM,
    AVG;

    /** The name on the wire. */
    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Aggregation of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }
}
