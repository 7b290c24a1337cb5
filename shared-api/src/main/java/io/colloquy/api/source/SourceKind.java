package io.colloquy.api.source;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a file holds. */
public enum SourceKind {
  CSV,
  XLSX,
  PDF,
  MARKDOWN,
  TEXT;

  /** Whether its rows become a table; otherwise its words become passages to cite. */
  public boolean isTable() {
    return this == CSV || this == XLSX;
  }

  /** The name on the wire. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static SourceKind of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
