package io.colloquy.api.widget;

import io.colloquy.api.access.FieldError;
import io.colloquy.api.widget.WidgetData.Form.Field;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What makes a form's values acceptable. */
public final class FormRules {

  private static final int LONGEST_LINE = 500;
  private static final int LONGEST_TEXT = 5000;
  private static final int MOST_DIGITS = 30;

  private FormRules() {}

  /**
   * Finds what is wrong with submitted values.
   *
   * @return an error per wrong field, empty when all is well
   */
  public static List<FieldError> errorsIn(WidgetData.Form form, Map<String, Object> values) {
    List<FieldError> errors = new ArrayList<>();
    for (Field field : form.fields()) {
      String error = errorIn(field, values);
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

  /** Whether a field was left empty. */
  public static boolean isEmpty(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case String text -> text.isBlank();
      case Collection<?> chosen -> chosen.isEmpty();
      case Map<?, ?> range -> range.values().stream().allMatch(FormRules::isEmpty);
      default -> false;
    };
  }

  private static @Nullable String errorIn(Field field, Map<String, Object> values) {
    Object value = values.get(field.fieldId());
    if (isEmpty(value) || (field.type() == WidgetData.FieldType.CHECKBOX && isFalse(value))) {
      return field.required() ? "Please fill in this field." : null;
    }
    Object given = Objects.requireNonNull(value);
    return switch (field.type()) {
      case TEXT -> errorInText(field, given, LONGEST_LINE);
      case TEXTAREA -> errorInText(field, given, LONGEST_TEXT);
      case NUMBER -> errorInNumber(field, given);
      case SELECT -> errorInChoice(field, given);
      case MULTI_SELECT -> errorInChoices(field, given);
      case DATE -> errorInDate(field, given, values);
      case DATE_RANGE -> errorInRange(field, given);
      case CHECKBOX -> isTrue(given) ? null : "Please answer with true or false.";
    };
  }

  private static @Nullable String errorInText(Field field, Object value, int longest) {
    if (!(value instanceof String || value instanceof Number)) {
      return "Please give a single value.";
    }
    String text = value.toString();
    if (text.length() > longest) {
      return "Please use at most " + longest + " characters.";
    }
    return field.pattern() == null || Pattern.matches(field.pattern(), text.strip())
        ? null
        : "Please keep to the form shown"
            + (field.placeholder() == null ? "." : ", such as " + field.placeholder() + ".");
  }

  private static @Nullable String errorInNumber(Field field, Object value) {
    BigDecimal number = number(value);
    if (number == null) {
      return "Please give a number.";
    }
    BigDecimal min = number(field.min());
    BigDecimal max = number(field.max());
    if (min != null && number.compareTo(min) < 0) {
      return "Please give at least " + min.toPlainString() + ".";
    }
    return max != null && number.compareTo(max) > 0
        ? "Please give at most " + max.toPlainString() + "."
        : null;
  }

  private static @Nullable String errorInChoice(Field field, Object value) {
    return value instanceof String text
            && Objects.requireNonNullElse(field.options(), List.of()).contains(text)
        ? null
        : "Please choose one of the options.";
  }

  private static @Nullable String errorInChoices(Field field, Object value) {
    Collection<?> chosen = value instanceof Collection<?> several ? several : List.of(value);
    return chosen.stream()
            .allMatch(one -> one instanceof String && errorInChoice(field, one) == null)
        ? null
        : "Please choose among the options.";
  }

  private static @Nullable String errorInDate(
      Field field, Object value, Map<String, Object> values) {
    LocalDate day = date(value);
    if (day == null) {
      return "Please give a date like 2026-01-31.";
    }
    LocalDate min = date(field.min());
    LocalDate max = date(field.max());
    LocalDate other = field.notBefore() == null ? null : date(values.get(field.notBefore()));
    if (min != null && day.isBefore(min)) {
      return "Please give " + min + " or a later day.";
    }
    if (max != null && day.isAfter(max)) {
      return "Please give " + max + " or an earlier day.";
    }
    return other != null && day.isBefore(other)
        ? "Please give " + other + " or a later day."
        : null;
  }

  private static @Nullable String errorInRange(Field field, Object value) {
    DateRange range = DateRange.of(value);
    if (range == null) {
      return "Please give a first and a last day, like 2026-01-31.";
    }
    LocalDate min = date(field.min());
    LocalDate max = date(field.max());
    if (min != null && range.startDate().isBefore(min)) {
      return "Please begin on " + min + " or later.";
    }
    return max != null && range.endDate().isAfter(max)
        ? "Please end on " + max + " or earlier."
        : null;
  }

  /** The number a value stands for, or null when it is none or too long to be meant. */
  public static @Nullable BigDecimal number(@Nullable Object value) {
    if (!(value instanceof String || value instanceof Number)) {
      return null;
    }
    String text = value.toString().strip();
    if (text.length() > 2 * MOST_DIGITS) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text);
      return number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS
          ? number
          : null;
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }

  /** The day a value stands for, or null when it is none in four-digit years. */
  public static @Nullable LocalDate date(@Nullable Object value) {
    if (!(value instanceof String text) || text.length() != 10) {
      return null;
    }
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException notADay) {
      return null;
    }
  }

  private static boolean isTrue(Object value) {
    return value.equals(true) || value.equals("true");
  }

  private static boolean isFalse(@Nullable Object value) {
    return value == null || value.equals(false) || value.equals("false");
  }
}
