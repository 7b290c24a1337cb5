package io.colloquy.command.planner;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.api.access.Actor;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.CatalogueFile;
import io.colloquy.command.catalogue.DataReaders;
import io.colloquy.command.catalogue.QueryResult;
import io.colloquy.command.catalogue.Suggestions;
import io.colloquy.command.catalogue.Vocabulary;
import io.colloquy.command.planner.QuestionSet.Asked;
import io.colloquy.db.TestDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionSetTest {

  private static final HikariDataSource DATABASE = TestDatabase.migrated();
  private static final Catalogue CATALOGUE = CatalogueFile.shipped();
  private static final DataReaders READERS = new DataReaders(CATALOGUE, DATABASE, null);
  private static final EmbeddedPlanner PLANNER =
      new EmbeddedPlanner(CATALOGUE, new Vocabulary(CATALOGUE, READERS), null);
  private static final Actor ANALYST = new Actor("analyst", Set.of("viewer", "analyst"), null);

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"development", "reported"})
  void questionsAreUnderstood(String part) throws IOException {
    List<Asked> questions = QuestionSet.part(part);
    List<String> misses = new ArrayList<>();
    int intents = 0;
    int widgets = 0;
    int queries = 0;
    for (Asked asked : questions) {
      TurnPlan plan = asked.plan(PLANNER);
      intents += asked.intentIsRight(plan) ? 1 : 0;
      widgets += asked.widgetIsRight(plan) ? 1 : 0;
      boolean exact = asked.queryIsRight(plan);
      queries += exact ? 1 : 0;
      if (!exact || !asked.intentIsRight(plan) || !asked.widgetIsRight(plan)) {
        misses.add(asked.before() + " " + asked.question() + "\n    is  " + Asked.written(plan));
      }
      if (exact && plan.query() != null) {
        assertThat(figures(plan)).as(asked.question()).isEqualTo(asked.figures());
      }
    }
    String found =
        "%d missed of %d:%n%s"
            .formatted(misses.size(), questions.size(), String.join("\n", misses));
    assertThat((double) intents / questions.size()).as(found).isGreaterThanOrEqualTo(0.95);
    assertThat((double) widgets / questions.size()).as(found).isGreaterThanOrEqualTo(0.95);
    assertThat((double) queries / questions.size()).as(found).isGreaterThanOrEqualTo(0.90);
  }

  @Test
  void whatIsSuggestedIsUnderstood() {
    List<String> suggested = new Suggestions(CATALOGUE).of(ANALYST);
    assertThat(suggested).hasSizeGreaterThan(4);
    for (String question : suggested) {
      TurnPlan plan = new Asked(List.of(), question, "", "", "", "", "").plan(PLANNER);
      assertThat(plan.needsWidget()).as(question).isTrue();
      assertThat(Clarification.is(plan)).as(question + " needs no asking back").isFalse();
    }
  }

  /** The number of rows, and the sum of the first figure over the first two hundred. */
  private static String figures(TurnPlan plan) {
    QueryResult result =
        READERS.of(ANALYST).page(java.util.Objects.requireNonNull(plan.query()), 0, 200);
    return "%d rows, %s"
        .formatted(
            result.totalRows(),
            result
                .total(result.query().measures().getFirst())
                .stripTrailingZeros()
                .toPlainString());
  }
}
