package io.colloquy.command.source;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.FieldError;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.source.SourceAccess;
import io.colloquy.api.source.SourceAccess.RowAccess;
import io.colloquy.api.source.SourceColumn;
import io.colloquy.api.source.SourceColumn.Role;
import io.colloquy.api.source.SourceColumn.Type;
import io.colloquy.api.source.SourceTable;
import java.util.ArrayList;
import java.util.List;

/** A catalogue entry may rename and regroup what was imported, and nothing else. */
final class OnlySensibleEntries {

  private static final int LONGEST_NAME = 120;
  private static final int MOST_SYNONYMS = 30;

  private OnlySensibleEntries() {}

  static void checkName(String name) {
    if (name.isBlank() || name.strip().length() > LONGEST_NAME) {
      throw invalid("name", "A source's name has 1 to %d characters.".formatted(LONGEST_NAME));
    }
  }

  static void check(SourceAccess access, List<SourceTable> tables) {
    for (RowAccess rule : access.rows()) {
      boolean known =
          tables.stream()
              .filter(table -> table.dataset().equals(rule.dataset()))
              .flatMap(table -> table.columns().stream())
              .anyMatch(
                  column ->
                      column.name().equals(rule.dimension()) && column.role() == Role.DIMENSION);
      if (!known || rule.values().isEmpty()) {
        throw invalid(
            "access.rows",
            "A row rule needs a dataset of this source, one of its dimensions, and values.");
      }
    }
    for (SourceTable table : tables) {
      checkTable(table);
    }
  }

  private static void checkTable(SourceTable table) {
    if (table.columns().stream().filter(column -> column.role() == Role.TIME).count() > 1) {
      throw invalid(
          "tables", "Only one column of \"%s\" can be its time.".formatted(table.title()));
    }
    checkWords(table.title(), table.synonyms());
    for (SourceColumn column : table.columns()) {
      checkWords(column.label(), column.synonyms());
      boolean fits =
          switch (column.role()) {
            case MEASURE -> column.type() == Type.NUMBER && column.aggregate() != null;
            case TIME -> column.type() == Type.DATE;
            case DIMENSION, NONE -> true;
          };
      if (!fits) {
        throw invalid(
            "tables",
            "\"%s\" holds %s, which cannot be a %s."
                .formatted(column.label(), column.type().wireName(), column.role().wireName()));
      }
    }
  }

  private static void checkWords(String label, List<String> synonyms) {
    List<String> words = new ArrayList<>(synonyms);
    words.add(label);
    boolean sensible =
        synonyms.size() <= MOST_SYNONYMS
            && words.stream().noneMatch(word -> word.isBlank() || word.length() > LONGEST_NAME);
    if (!sensible) {
      throw invalid(
          "tables",
          "Labels and synonyms have 1 to %d characters, and there are at most %d synonyms."
              .formatted(LONGEST_NAME, MOST_SYNONYMS));
    }
  }

  static void checkSameColumns(List<SourceTable> before, List<SourceTable> after) {
    boolean same = before.size() == after.size();
    for (int i = 0; same && i < before.size(); i++) {
      same = shape(before.get(i)).equals(shape(after.get(i)));
    }
    if (!same) {
      throw invalid(
          "tables", "The tables and columns are those of the file: their names and types stay.");
    }
  }

  private static List<Object> shape(SourceTable table) {
    List<Object> shape = new ArrayList<>(List.of(table.dataset(), table.cells(), table.rows()));
    table.columns().forEach(column -> shape.add(column.name() + column.letter() + column.type()));
    return shape;
  }

  private static Refusal invalid(String field, String sentence) {
    return new Refusal(
        ErrorCode.INVALID_PARAMS, sentence, List.of(new FieldError(field, sentence)));
  }
}
