package io.colloquy.api.widget;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.api.access.FieldError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormRulesTest {

  private static final WidgetData.Form FORM =
      new WidgetData.Form(
          "customer_search",
          null,
          List.of(
              new WidgetData.Form.Field("name", "text", "Name", null, true, null, null),
              new WidgetData.Form.Field(
                  "state", "select", "State", null, false, List.of("NY", "CA"), null),
              new WidgetData.Form.Field(
                  "revenue_min", "number", "Revenue", null, false, null, null)),
          "Search");

  @Test
  void acceptableValuesHaveNoErrors() {
    assertThat(
            FormRules.errorsIn(FORM, Map.of("name", "Acme", "state", "NY", "revenue_min", "5.5")))
        .isEmpty();
  }

  @Test
  void anEmptyOptionalFieldIsAcceptable() {
    assertThat(FormRules.errorsIn(FORM, Map.of("name", "Acme", "state", "", "revenue_min", " ")))
        .isEmpty();
  }

  @Test
  void everyWrongFieldIsNamed() {
    assertThat(
            FormRules.errorsIn(
                FORM, Map.of("state", "TX", "revenue_min", "many", "password", "secret")))
        .extracting(FieldError::field)
        .containsExactlyInAnyOrder("name", "state", "revenue_min", "password");
  }

  @Test
  void aNestedValueIsRefused() {
    assertThat(FormRules.errorsIn(FORM, Map.of("name", Map.of("$ne", ""))))
        .extracting(FieldError::field)
        .containsExactly("name");
  }
}
