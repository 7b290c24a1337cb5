package io.colloquy.command.planner;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.turn.Intent;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.DataReader;
import io.colloquy.command.catalogue.Vocabulary;
import io.colloquy.command.planner.TurnPlanner.Question;
import io.colloquy.db.TestDatabase;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class EmbeddedPlannerTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
  private static final HikariDataSource DATABASE = TestDatabase.migrated();
  private static final Catalogue CATALOGUE = Catalogue.read();
  private static final DataReader READER = new DataReader(CATALOGUE, DATABASE);
  private static final Vocabulary VOCABULARY = new Vocabulary(CATALOGUE, READER);
  private static final EmbeddedPlanner PLANNER = new EmbeddedPlanner(CATALOGUE, VOCABULARY);

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/questions.csv", numLinesToSkip = 1, delimiter = '|')
  void aQuestionIsUnderstood(
      String question, String intent, String widget, String chart, String query) {
    TurnPlan plan = PLANNER.plan(new Question(question, TODAY, SharedState.EMPTY));

    assertThat(plan.intent().wireName()).as("intent").isEqualTo(intent);
    assertThat(plan.widgetType() == null ? "none" : plan.widgetType().wireName())
        .as("widget")
        .isEqualTo(widget);
    assertThat(plan.chartType() == null ? null : plan.chartType().wireName())
        .as("chart")
        .isEqualTo(chart);
    assertThat(plan.query() == null ? null : written(plan.query())).as("query").isEqualTo(query);
    if (plan.query() != null) {
      READER.page(plan.query(), 0, 10);
    }
  }

  @Test
  void whatTheSourcesDoNotHoldIsSaidHonestly() {
    TurnPlan plan =
        PLANNER.plan(new Question("What is our holiday policy?", TODAY, SharedState.EMPTY));

    assertThat(plan.intent()).isEqualTo(Intent.TEXT_ONLY);
    assertThat(plan.needsWidget()).isFalse();
    assertThat(plan.reply()).contains("I can't answer").contains("holiday policy");
  }

  @Test
  void confidenceIsTheShareOfTermsThatWereResolved() {
    assertThat(
            PLANNER.plan(new Question("Q2 sales by region", TODAY, SharedState.EMPTY)).confidence())
        .isEqualTo(1.0);
    assertThat(
            PLANNER
                .plan(new Question("Q2 sales by region and unicorn", TODAY, SharedState.EMPTY))
                .confidence())
        .isEqualTo(0.75);
  }

  @Test
  void anUnsaidYearIsAnAssumptionThatIsStated() {
    assertThat(PLANNER.plan(new Question("Q2 sales", TODAY, SharedState.EMPTY)).assumptions())
        .containsExactly("no year was given, so Q2 2026 is meant");
    assertThat(PLANNER.plan(new Question("Q2 2025 sales", TODAY, SharedState.EMPTY)).assumptions())
        .isEmpty();
  }

  @Test
  void aSearchFormHoldsWhatTheQuestionGave() {
    TurnPlan plan =
        PLANNER.plan(
            new Question("Help me find customers in New York over 100k", TODAY, SharedState.EMPTY));

    assertThat(plan.formId()).isEqualTo("customer_search");
    assertThat(plan.formDefaults())
        .containsEntry("city", "New York")
        .containsEntry("state", "NY")
        .containsEntry("revenue_min", "100000");
  }

  @Test
  void whatIsNotActiveIsNotRead() {
    SharedState customersOnly =
        SharedState.EMPTY.after("sources_update", Map.of("value", List.of("customer-directory")));
    TurnPlan revenue = PLANNER.plan(new Question("Total revenue", TODAY, customersOnly));
    assertThat(written(revenue.query())).startsWith("customers: lifetime_revenue");

    TurnPlan units = obeying(new Question("Units by product", TODAY, customersOnly));
    assertThat(units.query()).isNull();
    assertThat(units.reply())
        .contains("needs the source **Sales ledger**")
        .contains("Active: Customer directory");
  }

  @Test
  void activeFiltersAndDaysRestrictWhatIsReadAndAreNamed() {
    SharedState state =
        SharedState.EMPTY
            .after("filter_update", Map.of("key", "regions", "value", List.of("north", "West")))
            .after("filter_update", Map.of("key", "colour", "value", "red"))
            .after(
                "date_range_update",
                Map.of("value", Map.of("start_date", "2026-01-01", "end_date", "2026-03-31")));
    TurnPlan plan = obeying(new Question("Sales by product", TODAY, state));

    assertThat(written(plan.query()))
        .isEqualTo(
            "sales: revenue by product where region in North/West and date 2026-01-01..2026-03-31");
    assertThat(plan.assumptions())
        .containsExactly(
            "active filters: regions north, West, 2026-01-01 to 2026-03-31",
            "the active filter colour red does not fit this data and was left out");
    assertThat(plan.title()).contains("regions north, West").contains("2026-01-01 to 2026-03-31");
  }

  @Test
  void whatTheQuestionSaysGoesBeforeAFilter() {
    SharedState state =
        SharedState.EMPTY
            .after("filter_update", Map.of("key", "region", "value", "North"))
            .after("filter_update", Map.of("key", "start_date", "value", "2026-01-01"));
    TurnPlan plan = obeying(new Question("Sales in the South in 2025", TODAY, state));

    assertThat(written(plan.query()))
        .isEqualTo("sales: revenue where date 2025-01-01..2025-12-31 and region in South");
    assertThat(plan.assumptions()).hasSize(2).allMatch(said -> said.contains("says otherwise"));
  }

  @Test
  void aDeepLinkCarriesWhatTheQuestionGave() {
    TurnPlan plan =
        PLANNER.plan(
            new Question(
                "Go to the sales dashboard for Q2 2026 in the North", TODAY, SharedState.EMPTY));
    assertThat(plan.routes()).containsExactly("/dashboard/sales");
    assertThat(plan.formDefaults())
        .containsEntry("period", "2026-04-01/2026-06-30")
        .containsEntry("region", "North");
  }

  private static TurnPlan obeying(Question question) {
    return new ObeyedState(CATALOGUE, VOCABULARY).apply(PLANNER.plan(question), question.state());
  }

  /** {@code sales: revenue, units by region where date between a..b sort -revenue limit 5}. */
  private static String written(@Nullable DataQuery planned) {
    DataQuery query = Objects.requireNonNull(planned);
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
