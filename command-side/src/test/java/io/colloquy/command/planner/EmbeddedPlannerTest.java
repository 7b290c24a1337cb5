package io.colloquy.command.planner;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.api.access.Actor;
import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.turn.Intent;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.CatalogueFile;
import io.colloquy.command.catalogue.DataReaders;
import io.colloquy.command.catalogue.Vocabulary;
import io.colloquy.command.planner.TurnPlanner.Earlier;
import io.colloquy.command.planner.TurnPlanner.Question;
import io.colloquy.db.TestDatabase;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class EmbeddedPlannerTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
  private static final HikariDataSource DATABASE = TestDatabase.migrated();
  private static final Catalogue CATALOGUE = CatalogueFile.shipped();
  private static final DataReaders READERS = new DataReaders(CATALOGUE, DATABASE, null);
  private static final Vocabulary VOCABULARY = new Vocabulary(CATALOGUE, READERS);
  private static final EmbeddedPlanner PLANNER = new EmbeddedPlanner(CATALOGUE, VOCABULARY, null);
  private static final Actor VIEWER = new Actor("viewer", Set.of("viewer"), null);

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void whatTheSourcesDoNotHoldIsSaidHonestly() {
    TurnPlan plan = PLANNER.plan(ask("What is our holiday policy?", SharedState.EMPTY));

    assertThat(plan.intent()).isEqualTo(Intent.TEXT_ONLY);
    assertThat(plan.needsWidget()).isFalse();
    assertThat(plan.reply()).contains("I can't answer").contains("holiday policy");
  }

  @Test
  void confidenceIsTheShareOfTermsThatWereResolved() {
    assertThat(PLANNER.plan(ask("Q2 sales by region", SharedState.EMPTY)).confidence())
        .isEqualTo(1.0);
    assertThat(PLANNER.plan(ask("Q2 sales by region and unicorn", SharedState.EMPTY)).confidence())
        .isEqualTo(0.75);
  }

  @Test
  void anUnsaidYearIsAnAssumptionThatIsStated() {
    assertThat(PLANNER.plan(ask("Q2 sales", SharedState.EMPTY)).assumptions())
        .containsExactly("no year was given, so Q2 2026 is meant");
    assertThat(PLANNER.plan(ask("Q2 2025 sales", SharedState.EMPTY)).assumptions()).isEmpty();
  }

  @Test
  void aSearchFormHoldsWhatTheQuestionGave() {
    TurnPlan plan =
        PLANNER.plan(ask("Help me find customers in New York over 100k", SharedState.EMPTY));

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
    TurnPlan revenue = PLANNER.plan(ask("Total revenue", customersOnly));
    assertThat(written(revenue.query())).startsWith("customers: lifetime_revenue");

    TurnPlan units = obeying(ask("Units by product", customersOnly));
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
    TurnPlan plan = obeying(ask("Sales by product", state));

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
    TurnPlan plan = obeying(ask("Sales in the South in 2025", state));

    assertThat(written(plan.query()))
        .isEqualTo("sales: revenue where date 2025-01-01..2025-12-31 and region in South");
    assertThat(plan.assumptions()).hasSize(2).allMatch(said -> said.contains("says otherwise"));
  }

  @Test
  void aDeepLinkCarriesWhatTheQuestionGave() {
    TurnPlan plan =
        PLANNER.plan(ask("Go to the sales dashboard for Q2 2026 in the North", SharedState.EMPTY));
    assertThat(plan.routes()).containsExactly("/dashboard/sales");
    assertThat(plan.formDefaults())
        .containsEntry("period", "2026-04-01/2026-06-30")
        .containsEntry("region", "North");
  }

  private static TurnPlan obeying(Question question) {
    return new ObeyedState(CATALOGUE, VOCABULARY)
        .apply(PLANNER.plan(question), question.state(), question.actor());
  }

  private static Question ask(String content, SharedState state, Earlier... history) {
    return new Question(content, TODAY, state, List.of(history), VIEWER);
  }

  private static String written(@Nullable DataQuery planned) {
    return WrittenQuery.of(Objects.requireNonNull(planned));
  }
}
