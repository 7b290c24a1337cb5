package io.colloquy.command.conversation;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.FieldError;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.widget.ActionType;
import io.colloquy.api.widget.FormRules;
import io.colloquy.api.widget.WidgetAction;
import java.util.List;
import java.util.Map;

/** A form takes the values its fields allow, a dialog a yes or a no. */
final class OnlyAcceptableValuesAreSubmitted {

  private OnlyAcceptableValuesAreSubmitted() {}

  static void check(IssuedWidget widget, WidgetAction action, Map<String, Object> params) {
    if (action.type() == ActionType.DIALOG && !(params.get("confirmed") instanceof Boolean)) {
      throw new Refusal(ErrorCode.INVALID_PARAMS, "\"params.confirmed\" must be true or false.");
    }
    if (action.type() != ActionType.SUBMIT || widget.form() == null) {
      return;
    }
    List<FieldError> errors = FormRules.errorsIn(widget.form(), valuesIn(params));
    if (!errors.isEmpty()) {
      throw new Refusal(ErrorCode.INVALID_PARAMS, "Some fields need another look.", errors);
    }
  }

  /** The reference guide sends a form's values as {@code form_data}. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> valuesIn(Map<String, Object> params) {
    if (params.get("form_data") instanceof Map<?, ?> values) {
      return (Map<String, Object>) values;
    }
    throw new Refusal(
        ErrorCode.INVALID_PARAMS, "\"params.form_data\" must hold the form's values.");
  }
}
