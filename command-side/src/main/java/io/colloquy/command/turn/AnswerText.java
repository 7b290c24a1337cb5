package io.colloquy.command.turn;

import static io.colloquy.command.catalogue.QueryResult.figure;
import static io.colloquy.command.catalogue.QueryResult.text;

import io.colloquy.api.data.DataQuery;
import io.colloquy.api.turn.Intent;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Aggregate;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.Measure;
import io.colloquy.command.catalogue.Figures;
import io.colloquy.command.catalogue.QueryResult;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes an answer's sentences from the plan and the rows that were read. Every figure in it stands
 * in those rows.
 */
final class AnswerText {

  private final Catalogue catalogue;

  AnswerText(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** What can be said before any data is read. */
  String opening(TurnPlan plan) {
    if (plan.reply() != null) {
      return plan.reply();
    }
    if (plan.intent() == Intent.NAVIGATION) {
      return plan.routes().size() == 1
          ? "Here is the way to **%s**.".formatted(plan.title())
          : "Here is where you can go from here.";
    }
    String assumed =
        plan.assumptions().isEmpty() ? "" : " (" + String.join("; ", plan.assumptions()) + ")";
    return "Here is **%s**%s.".formatted(plan.title(), assumed);
  }

  /** What the data says. */
  String findings(TurnPlan plan, QueryResult result) {
    DataQuery query = result.query();
    Dataset dataset = catalogue.dataset(query.dataset());
    if (result.rows().isEmpty()) {
      return " No %s match this.".formatted(dataset.noun());
    }
    if (plan.intent() == Intent.SEARCH_FILTER && plan.chartType() == null) {
      return " %,d %s match%s."
          .formatted(
              result.totalRows(),
              dataset.noun(),
              plan.formId() == null ? "" : "; change the form to search again");
    }
    if (result.totalRows() > result.rows().size()) {
      return " %,d rows in all; the first %,d are here, the rest comes page by page."
          .formatted(result.totalRows(), result.rows().size());
    }
    String measure = query.measures().getFirst();
    if (query.dimensions().isEmpty()) {
      return single(query, dataset, result.rows().getFirst());
    }
    return dataset.dimension(query.dimensions().getFirst()).isTime()
        ? overTime(result, dataset, measure)
        : breakdown(result, dataset, measure);
  }

  private static String single(DataQuery query, Dataset dataset, Map<String, Object> row) {
    StringBuilder sentence = new StringBuilder();
    for (String name : query.measures()) {
      Measure measure = dataset.measure(name);
      sentence.append(
          " %s: **%s**.".formatted(measure.label(), Figures.written(figure(row, name), measure)));
    }
    return sentence.toString();
  }

  private static String breakdown(QueryResult result, Dataset dataset, String name) {
    Measure measure = dataset.measure(name);
    List<Map<String, Object>> ranked =
        result.rows().stream()
            .sorted(Comparator.comparing((Map<String, Object> row) -> figure(row, name)).reversed())
            .toList();
    Map<String, Object> first = ranked.getFirst();
    Map<String, Object> last = ranked.getLast();
    boolean adds = measure.aggregate() != Aggregate.AVG;
    BigDecimal total = result.total(name);
    StringBuilder sentence = new StringBuilder();
    if (adds) {
      sentence.append(
          " %s comes to **%s** in all."
              .formatted(measure.label(), Figures.written(total, measure)));
    }
    sentence.append(
        " **%s** leads with %s%s"
            .formatted(
                item(result, first),
                Figures.written(figure(first, name), measure),
                adds ? " (" + Figures.share(figure(first, name), total) + ")" : ""));
    sentence.append(
        ranked.size() > 1
            ? "; **%s** is last with %s."
                .formatted(item(result, last), Figures.written(figure(last, name), measure))
            : ".");
    return sentence.toString();
  }

  private static String overTime(QueryResult result, Dataset dataset, String name) {
    Measure measure = dataset.measure(name);
    String time = result.query().dimensions().getFirst();
    List<Map<String, Object>> rows = result.rows();
    Map<String, Object> peak =
        rows.stream()
            .max(Comparator.comparing((Map<String, Object> row) -> figure(row, name)))
            .orElseThrow();
    String sentence =
        " From %s to %s, %s was highest in **%s** with %s"
            .formatted(
                text(rows.getFirst(), time),
                text(rows.getLast(), time),
                measure.label().toLowerCase(Locale.ROOT),
                item(result, peak),
                Figures.written(figure(peak, name), measure));
    // With several series there is no one figure it ended at.
    return result.query().dimensions().size() > 1
        ? sentence + "."
        : sentence
            + " and ended at %s.".formatted(Figures.written(figure(rows.getLast(), name), measure));
  }

  /** {@code North} or {@code North, Laptop}. */
  private static String item(QueryResult result, Map<String, Object> row) {
    return String.join(
        ", ", result.query().dimensions().stream().map(dimension -> text(row, dimension)).toList());
  }
}
