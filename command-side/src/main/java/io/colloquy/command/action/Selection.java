package io.colloquy.command.action;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.data.DataQuery;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person chose in a widget: one label, which belongs to the widget's first dimension, or an
 * object with a value for each of several dimensions.
 */
final class Selection {

  private Selection() {}

  static Map<String, String> of(@Nullable Object selectedItem, DataQuery query) {
    return switch (selectedItem) {
      case null -> Map.of();
      case String label when label.isBlank() -> Map.of();
      case Map<?, ?> values -> {
        // In the query's order, which is the one people read; JSON objects have none.
        Map<String, String> selection = new LinkedHashMap<>();
        for (String dimension : query.dimensions()) {
          if (values.containsKey(dimension)) {
            selection.put(dimension, label(values.get(dimension)));
          }
        }
        values.forEach(
            (dimension, value) -> selection.putIfAbsent(String.valueOf(dimension), label(value)));
        yield selection;
      }
      default ->
          query.dimensions().isEmpty()
              ? Map.of()
              : Map.of(query.dimensions().getFirst(), label(selectedItem));
    };
  }

  private static String label(@Nullable Object value) {
    return switch (value) {
      case String label -> label;
      case BigDecimal number -> number.toPlainString();
      case Number number -> number.toString();
      case null, default ->
          throw new Refusal(
              ErrorCode.INVALID_PARAMS,
              "\"params.selected_item\" must be a label, or an object with a label by dimension.");
    };
  }
}
