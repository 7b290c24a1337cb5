package io.colloquy.api.widget;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.api.access.FieldError;
import io.colloquy.api.widget.WidgetData.FieldType;
import io.colloquy.api.widget.WidgetData.Form.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormRulesTest {

  private static final WidgetData.Form FORM =
      new WidgetData.Form(
          "everything",
          null,
          List.of(
              field("name", FieldType.TEXT, true, null, null, "[A-Z].*"),
              field("amount", FieldType.NUMBER, false, 0, 1000, null),
              choice("state", FieldType.SELECT),
              choice("states", FieldType.MULTI_SELECT),
              field("day", FieldType.DATE, false, "2020-01-01", "2029-12-31", null),
              new Field(
                  "until",
                  FieldType.DATE,
                  "until",
                  null,
                  false,
                  null,
                  null,
                  null,
                  null,
                  null,
                  "day"),
              field("span", FieldType.DATE_RANGE, false, "2020-01-01", "2029-12-31", null),
              field("agree", FieldType.CHECKBOX, true, null, null, null),
              field("notes", FieldType.TEXTAREA, false, null, null, null)),
          "Save");

  private static final Map<String, Object> GOOD =
      Map.of(
          "name",
          "Acme",
          "amount",
          12.5,
          "state",
          "NY",
          "states",
          List.of("NY", "CA"),
          "day",
          "2026-01-31",
          "until",
          "2026-02-01",
          "span",
          Map.of("start_date", "2026-01-01", "end_date", "2026-01-31"),
          "agree",
          true,
          "notes",
          "x".repeat(5000));

  private static Field field(
      String id,
      FieldType type,
      boolean required,
      @Nullable Object min,
      @Nullable Object max,
      @Nullable String pattern) {
    return new Field(id, type, id, "Acme", required, null, null, min, max, pattern, null);
  }

  private static Field choice(String id, FieldType type) {
    return new Field(id, type, id, null, false, List.of("NY", "CA"), null);
  }

  @Test
  void goodValuesAreTaken() {
    assertThat(FormRules.errorsIn(FORM, GOOD)).isEmpty();
  }

  @Test
  void onlyRequiredFieldsMustBeFilledIn() {
    assertThat(FormRules.errorsIn(FORM, Map.of()))
        .extracting(FieldError::field)
        .containsExactly("name", "agree");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name|acme|Please keep to the form shown, such as Acme.",
        "amount|lots|Please give a number.",
        "amount|1e999999999|Please give a number.",
        "amount|-1|Please give at least 0.",
        "amount|1000.01|Please give at most 1000.",
        "state|TX|Please choose one of the options.",
        "states|TX|Please choose among the options.",
        "day|soon|Please give a date like 2026-01-31.",
        "day|2026-02-30|Please give a date like 2026-01-31.",
        "day|+999999999-01-01|Please give a date like 2026-01-31.",
        "day|2019-12-31|Please give 2020-01-01 or a later day.",
        "day|2030-01-01|Please give 2029-12-31 or an earlier day.",
        "until|2026-01-30|Please give 2026-01-31 or a later day.",
        "span|2026-01-01|Please give a first and a last day, like 2026-01-31.",
        "agree|perhaps|Please answer with true or false.",
        "colour|red|This form has no such field.",
      })
  void aWrongValueIsNamedWithItsField(String field, String value, String message) {
    assertThat(errorsWith(field, value)).contains(new FieldError(field, message));
  }

  @Test
  void aValueOfAnotherShapeIsNoValue() {
    for (String field : GOOD.keySet()) {
      assertThat(errorsWith(field, Map.of("a", List.of(1))))
          .extracting(FieldError::field)
          .contains(field);
    }
    assertThat(errorsWith("states", List.of("NY", 7))).hasSize(1);
    assertThat(errorsWith("span", Map.of("start_date", "2026-02-01", "end_date", "2026-01-01")))
        .hasSize(1);
    assertThat(errorsWith("span", Map.of("start_date", "2019-02-01", "end_date", "2026-01-01")))
        .extracting(FieldError::message)
        .containsExactly("Please begin on 2020-01-01 or later.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "notes"})
  void aTextIsNotEndless(String field) {
    assertThat(errorsWith(field, "A".repeat(5001))).hasSize(1);
  }

  private static List<FieldError> errorsWith(String field, Object value) {
    Map<String, Object> values = new HashMap<>(GOOD);
    values.put(field, value);
    return FormRules.errorsIn(FORM, values);
  }
}
