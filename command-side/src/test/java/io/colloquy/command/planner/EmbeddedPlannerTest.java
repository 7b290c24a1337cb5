package io.colloquy.command.planner;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.turn.Intent;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.DataReader;
import io.colloquy.command.catalogue.Vocabulary;
import io.colloquy.command.turn.TurnPlanner.Question;
import io.colloquy.db.TestDatabase;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class EmbeddedPlannerTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
  private static final HikariDataSource DATABASE = TestDatabase.migrated();
  private static final Catalogue CATALOGUE = Catalogue.read();
  private static final DataReader READER = new DataReader(CATALOGUE, DATABASE);
  private static final EmbeddedPlanner PLANNER =
      new EmbeddedPlanner(CATALOGUE, new Vocabulary(CATALOGUE, READER));

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/questions.csv", numLinesToSkip = 1, delimiter = '|')
  void aQuestionIsUnderstood(
      String question, String intent, String widget, String chart, String query) {
    TurnPlan plan = PLANNER.plan(new Question(question, TODAY));

    assertThat(plan.intent().wireName()).as("intent").isEqualTo(intent);
    assertThat(plan.widgetType() == null ? "none" : plan.widgetType().wireName())
        .as("widget")
        .isEqualTo(widget);
    assertThat(plan.chartType() == null ? null : plan.chartType().wireName())
        .as("chart")
        .isEqualTo(chart);
    assertThat(plan.query() == null ? null : written(plan.query())).as("query").isEqualTo(query);
    if (plan.query() != null) {
      READER.read(plan.query());
    }
  }

  @Test
  void whatTheSourcesDoNotHoldIsSaidHonestly() {
    TurnPlan plan = PLANNER.plan(new Question("What is our holiday policy?", TODAY));

    assertThat(plan.intent()).isEqualTo(Intent.TEXT_ONLY);
    assertThat(plan.needsWidget()).isFalse();
    assertThat(plan.reply()).contains("I can't answer").contains("holiday policy");
  }

  @Test
  void confidenceIsTheShareOfTermsThatWereResolved() {
    assertThat(PLANNER.plan(new Question("Q2 sales by region", TODAY)).confidence()).isEqualTo(1.0);
    assertThat(PLANNER.plan(new Question("Q2 sales by region and unicorn", TODAY)).confidence())
        .isEqualTo(0.75);
  }

  @Test
  void anUnsaidYearIsAnAssumptionThatIsStated() {
    assertThat(PLANNER.plan(new Question("Q2 sales", TODAY)).assumptions())
        .containsExactly("no year was given, so Q2 2026 is meant");
    assertThat(PLANNER.plan(new Question("Q2 2025 sales", TODAY)).assumptions()).isEmpty();
  }

  @Test
  void aSearchFormHoldsWhatTheQuestionGave() {
    TurnPlan plan =
        PLANNER.plan(new Question("Help me find customers in New York over 100k", TODAY));

    assertThat(plan.formId()).isEqualTo("customer_search");
    assertThat(plan.formDefaults())
        .containsEntry("city", "New York")
        .containsEntry("state", "NY")
        .containsEntry("revenue_min", "100000");
  }

  /** {@code sales: revenue, units by region where date between a..b sort -revenue limit 5}. */
  private static String written(DataQuery query) {
    StringBuilder text =
        new StringBuilder(query.dataset() + ": " + String.join(", ", query.measures()));
    if (!query.dimensions().isEmpty()) {
      text.append(" by ").append(String.join(", ", query.dimensions()));
    }
    if (!query.filters().isEmpty()) {
      text.append(" where ")
          .append(
              query.filters().stream()
                  .map(filter -> filter.dimension() + " " + operator(filter))
                  .collect(Collectors.joining(" and ")));
    }
    query
        .sort()
        .forEach(
            sort ->
                text.append(" sort ").append(sort.descending() ? "-" : "").append(sort.field()));
    if (query.limit() != null) {
      text.append(" limit ").append(query.limit());
    }
    return text.toString();
  }

  private static String operator(DataQuery.Filter filter) {
    List<String> values = filter.values();
    return switch (filter.operator()) {
      case IN -> "in " + String.join("/", values);
      case BETWEEN -> values.getFirst() + ".." + values.getLast();
      case AT_LEAST -> ">= " + values.getFirst();
      case AT_MOST -> "<= " + values.getFirst();
      case CONTAINS -> "contains " + values.getFirst();
    };
  }
}
