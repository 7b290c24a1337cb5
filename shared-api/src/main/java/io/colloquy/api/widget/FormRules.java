package io.colloquy.api.widget;

import io.colloquy.api.access.FieldError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What makes a form's values acceptable. */
public final class FormRules {

  private static final int LONGEST_VALUE = 500;

  private FormRules() {}

  /**
   * Finds what is wrong with submitted values.
   *
   * @return an error per wrong field, empty when all is well
   */
  public static List<FieldError> errorsIn(WidgetData.Form form, Map<String, Object> values) {
    List<FieldError> errors = new ArrayList<>();
    for (WidgetData.Form.Field field : form.fields()) {
      String error = errorIn(field, values.get(field.fieldId()));
      if (error != null) {
        errors.add(new FieldError(field.fieldId(), error));
      }
    }
    for (String name : values.keySet()) {
      if (form.fields().stream().noneMatch(field -> field.fieldId().equals(name))) {
        errors.add(new FieldError(name, "This form has no such field."));
      }
    }
    return errors;
  }

  private static @Nullable String errorIn(WidgetData.Form.Field field, @Nullable Object value) {
    if (value == null || value.toString().isBlank()) {
      return field.required() ? "Please fill in this field." : null;
    }
    if (!(value instanceof String || value instanceof Number)) {
      return "Please give a single value.";
    }
    String text = value.toString();
    if (text.length() > LONGEST_VALUE) {
      return "Please use at most " + LONGEST_VALUE + " characters.";
    }
    return switch (field.type()) {
      case "number" -> isNumber(text) ? null : "Please give a number.";
      case "select" ->
          Objects.requireNonNullElse(field.options(), List.of()).contains(text)
              ? null
              : "Please choose one of the options.";
      default -> null;
    };
  }

  private static boolean isNumber(String text) {
    try {
      return new BigDecimal(text.strip()).precision() <= 30;
    } catch (NumberFormatException notANumber) {
      return false;
    }
  }
}
