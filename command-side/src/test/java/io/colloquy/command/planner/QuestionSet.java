package io.colloquy.command.planner;

import io.colloquy.api.access.Actor;
import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.command.planner.TurnPlanner.Earlier;
import io.colloquy.command.planner.TurnPlanner.Question;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.jspecify.annotations.Nullable;

/**
 * Questions to the sample data with what is expected of a planner. The development part may be
 * looked at when the planner is changed; the reported part says how good it is.
 */
public final class QuestionSet {

  /** The day all questions are asked. */
  public static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

  private static final Actor ASKING = new Actor("analyst", Set.of("viewer", "analyst"), null);

  private QuestionSet() {}

  /**
   * A question.
   *
   * @param before the questions of the same conversation before it
   * @param chart the kind of chart, empty for none
   * @param query the query in a line, empty for none
   * @param figures the number of rows and the sum of the first figure, worked out by SQL of its own
   */
  public record Asked(
      List<String> before,
      String question,
      String intent,
      String widget,
      String chart,
      String query,
      String figures) {

    /** Asks a planner, the questions before included. */
    public TurnPlan plan(TurnPlanner planner) {
      List<Earlier> history = new ArrayList<>();
      for (String earlier : before) {
        history.add(new Earlier(earlier, planner.plan(question(earlier, history))));
      }
      return planner.plan(question(question, history));
    }

    private static Question question(String content, List<Earlier> history) {
      return new Question(content, TODAY, SharedState.EMPTY, history, ASKING);
    }

    /** Whether the intent and the widget are as expected. */
    public boolean intentIsRight(TurnPlan plan) {
      return plan.intent().wireName().equals(intent);
    }

    /** Whether the widget and its kind are as expected. */
    public boolean widgetIsRight(TurnPlan plan) {
      String type = plan.widgetType() == null ? "none" : plan.widgetType().wireName();
      String kind = plan.chartType() == null ? "" : plan.chartType().wireName();
      return type.equals(widget) && kind.equals(chart);
    }

    /** Whether the query is exactly as expected. */
    public boolean queryIsRight(TurnPlan plan) {
      return query.equals(plan.query() == null ? "" : WrittenQuery.of(plan.query()));
    }

    /** What a planner made of it, to be compared by people. */
    public static String written(@Nullable TurnPlan plan) {
      TurnPlan planned = Objects.requireNonNull(plan);
      return "%s|%s|%s|%s"
          .formatted(
              planned.intent().wireName(),
              planned.widgetType() == null ? "none" : planned.widgetType().wireName(),
              planned.chartType() == null ? "" : planned.chartType().wireName(),
              planned.query() == null ? "" : WrittenQuery.of(planned.query()));
    }
  }

  /** The questions of a part, {@code development} or {@code reported}. */
  public static List<Asked> part(String part) throws IOException {
    try (Reader file =
            new InputStreamReader(
                Objects.requireNonNull(
                    QuestionSet.class.getResourceAsStream("/questions/" + part + ".csv")),
                StandardCharsets.UTF_8);
        CSVParser rows =
            CSVFormat.DEFAULT
                .builder()
                .setDelimiter('|')
                .setHeader()
                .setSkipHeaderRecord(true)
                .setQuote(null)
                .get()
                .parse(file)) {
      return rows.stream()
          .map(
              row ->
                  new Asked(
                      row.get("before").isEmpty()
                          ? List.of()
                          : List.of(row.get("before").split(" // ", -1)),
                      row.get("question"),
                      row.get("intent"),
                      row.get("widget"),
                      row.get("chart"),
                      row.get("query"),
                      row.get("figures")))
          .toList();
    }
  }
}
