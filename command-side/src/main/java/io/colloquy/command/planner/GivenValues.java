package io.colloquy.command.planner;

import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.command.catalogue.Catalogue.FieldFilter;
import io.colloquy.command.catalogue.Catalogue.FormDefinition;
import io.colloquy.command.catalogue.Catalogue.Route;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a question already gives of a form or a link. */
final class GivenValues {

  private GivenValues() {}

  /** The values the question already gave, by form field; several are joined by commas. */
  static Map<String, String> inForm(FormDefinition form, QueryReading query) {
    Map<String, String> defaults = new LinkedHashMap<>();
    form.fields()
        .forEach(
            (field, definition) -> {
              FieldFilter filter = definition.filter();
              String value = filter == null ? null : given(filter, query);
              if (value != null) {
                defaults.put(field, value);
              }
            });
    return defaults;
  }

  private static @Nullable String given(FieldFilter restricted, QueryReading query) {
    Conditions conditions = query.conditions();
    List<String> values =
        query
            .reading()
            .terms(Term.OfValue.class)
            .filter(term -> term.dataset().equals(query.name()))
            .filter(term -> term.dimension().equals(restricted.dimension()))
            .map(Term.OfValue::value)
            .distinct()
            .toList();
    if (!values.isEmpty()) {
      return String.join(",", values);
    }
    Conditions.Named named = conditions.named();
    if (named != null && named.dimension().equals(restricted.dimension())) {
      return named.text();
    }
    List<Period> periods = conditions.periods();
    boolean day = "date".equals(restricted.dimension());
    if (day && periods.size() == 1) {
      Period period = periods.getFirst();
      LocalDate end = restricted.operator() == Operator.AT_MOST ? period.to() : period.from();
      return end.toString();
    }
    return conditions.thresholds(query.query().measures().getFirst()).stream()
        .filter(filter -> filter.dimension().equals(restricted.measure()))
        .filter(filter -> filter.operator() == restricted.operator())
        .map(filter -> filter.values().getFirst())
        .findFirst()
        .orElse(null);
  }

  /** What a deep link to a route can carry of the question. */
  static Map<String, String> inLink(Reading reading, Route route) {
    Map<String, String> params = new LinkedHashMap<>();
    for (String param : route.params()) {
      if (param.equals("period") && reading.periods().size() == 1) {
        Period period = reading.periods().getFirst();
        params.put(param, period.from() + "/" + period.to());
      }
      reading
          .terms(Term.OfValue.class)
          .filter(term -> route.about().contains(term.dataset()))
          .filter(term -> term.dimension().equals(param))
          .findFirst()
          .ifPresent(term -> params.put(param, term.value()));
    }
    return params;
  }
}
