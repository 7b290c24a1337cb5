package io.colloquy.command.form;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.FieldError;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.turn.TurnMetadata;
import io.colloquy.api.widget.FormRules;
import io.colloquy.api.widget.WidgetData;
import io.colloquy.api.widget.WidgetData.FieldType;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.FieldDefinition;
import io.colloquy.command.catalogue.Catalogue.FormDefinition;
import io.colloquy.command.catalogue.Vocabulary;
import io.colloquy.command.conversation.OnlyKnownFormsAreFilledIn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The forms of the catalogue, with the options the data really holds. */
@Component
public class Forms implements OnlyKnownFormsAreFilledIn {

  private final Catalogue catalogue;
  private final Vocabulary vocabulary;

  /** Forms over the catalogue. */
  public Forms(Catalogue catalogue, Vocabulary vocabulary) {
    this.catalogue = catalogue;
    this.vocabulary = vocabulary;
  }

  /**
   * A form to fill in.
   *
   * @param defaults values by field; several values of one field are joined by commas
   * @param actor whose it is: it offers what they may read
   */
  public WidgetData.Form form(String formId, Map<String, String> defaults, Actor actor) {
    FormDefinition form = catalogue.form(formId);
    List<WidgetData.Form.Field> fields = new ArrayList<>();
    form.fields()
        .forEach((id, field) -> fields.add(field(form, id, field, defaults.get(id), actor)));
    return new WidgetData.Form(formId, form.title(), fields, form.submit());
  }

  private WidgetData.Form.Field field(
      FormDefinition form, String id, FieldDefinition field, @Nullable String given, Actor actor) {
    List<String> options = options(form, field, actor);
    return new WidgetData.Form.Field(
        id,
        field.type(),
        field.label(),
        field.placeholder(),
        field.required(),
        options,
        given == null ? null : defaultValue(field.type(), options, given),
        field.min(),
        field.max(),
        field.pattern(),
        field.notBefore());
  }

  private static @Nullable Object defaultValue(
      FieldType type, @Nullable List<String> options, String given) {
    return type == FieldType.MULTI_SELECT
        ? Arrays.stream(given.split(","))
            .filter(value -> Objects.requireNonNullElse(options, List.of()).contains(value))
            .toList()
        : given;
  }

  private @Nullable List<String> options(FormDefinition form, FieldDefinition field, Actor actor) {
    String dataset = field.optionsDataset() == null ? form.dataset() : field.optionsDataset();
    return field.optionsOf() == null || dataset == null
        ? null
        : vocabulary.valuesFor(actor, dataset, field.optionsOf());
  }

  /** The form whose submit action leads to an endpoint. */
  public Optional<String> formAt(String endpoint) {
    return catalogue.forms().entrySet().stream()
        .filter(form -> form.getValue().endpoint().equals(endpoint))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * The form that a turn's values belong to: the named one, or when none is named the first reading
   * form that has all their fields.
   *
   * @throws Refusal when there is no such form
   */
  public String formOf(@Nullable String formId, Map<String, Object> values) {
    if (formId != null) {
      catalogue.form(formId);
      return formId;
    }
    return catalogue.forms().entrySet().stream()
        .filter(form -> form.getValue().dataset() != null)
        .filter(form -> form.getValue().fields().keySet().containsAll(values.keySet()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.INVALID_PARAMS,
                    "\"metadata.form_id\" must say which form these values belong to."));
  }

  /** A turn may bring the values of a form that reads data, and only acceptable ones. */
  @Override
  public void check(@Nullable TurnMetadata metadata, Actor actor) {
    if (metadata == null || (metadata.formId() == null && metadata.formData() == null)) {
      return;
    }
    Map<String, Object> values = Objects.requireNonNullElse(metadata.formData(), Map.of());
    String formId = formOf(metadata.formId(), values);
    if (catalogue.form(formId).dataset() == null) {
      throw new Refusal(
          ErrorCode.INVALID_PARAMS, "This form is sent with its own button, not with a question.");
    }
    List<FieldError> errors = FormRules.errorsIn(form(formId, Map.of(), actor), values);
    if (!errors.isEmpty()) {
      throw new Refusal(ErrorCode.INVALID_PARAMS, "Some fields need another look.", errors);
    }
  }
}
