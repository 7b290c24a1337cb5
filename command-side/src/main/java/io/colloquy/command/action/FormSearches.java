package io.colloquy.command.action;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.api.data.DataQuery.Sort;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.FieldFilter;
import io.colloquy.command.catalogue.Catalogue.SearchForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Turns the values of a search form into a query. */
final class FormSearches {

  private final Catalogue catalogue;

  FormSearches(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The form whose submit action leads to an endpoint. */
  Optional<String> formAt(String endpoint) {
    return catalogue.forms().entrySet().stream()
        .filter(form -> form.getValue().endpoint().equals(endpoint))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  String resultTitle(String formId) {
    return catalogue.dataset(catalogue.form(formId).dataset()).title() + " found";
  }

  DataQuery query(String formId, Map<String, Object> values) {
    SearchForm form = catalogue.form(formId);
    Dataset dataset = catalogue.dataset(form.dataset());
    List<Filter> filters = new ArrayList<>();
    form.fields()
        .forEach(
            (id, field) -> {
              String value = String.valueOf(values.getOrDefault(id, "")).strip();
              if (!value.isEmpty()) {
                filters.add(filter(field.filter(), value));
              }
            });
    String measure = dataset.searchMeasure();
    List<String> dimensions = dataset.searchDimensions();
    if (measure == null || dimensions == null) {
      throw new Refusal(ErrorCode.QUERY_REFUSED, dataset.title() + " cannot be searched.");
    }
    return new DataQuery(
        form.dataset(),
        List.of(measure),
        dimensions,
        filters,
        List.of(new Sort(measure, true)),
        null);
  }

  private static Filter filter(FieldFilter filter, String value) {
    String field =
        Objects.requireNonNullElseGet(
            filter.dimension(), () -> Objects.requireNonNull(filter.measure()));
    return new Filter(
        field, Operator.valueOf(filter.operator().toUpperCase(Locale.ROOT)), List.of(value));
  }
}
