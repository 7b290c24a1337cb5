package io.colloquy.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.CatalogueFile;
import io.colloquy.command.catalogue.DataReaders;
import io.colloquy.command.catalogue.Vocabulary;
import io.colloquy.command.model.Model;
import io.colloquy.command.model.ModelPlanner;
import io.colloquy.command.model.ModelSettings;
import io.colloquy.command.planner.EmbeddedPlanner;
import io.colloquy.command.planner.PlanningFailed;
import io.colloquy.command.planner.QuestionSet;
import io.colloquy.command.planner.QuestionSet.Asked;
import io.colloquy.command.planner.TurnPlanner;
import io.colloquy.db.TestDatabase;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often each planner understands the questions of the question set: the embedded one, and the
 * model that {@code LLM_PROVIDER}, {@code LLM_API_KEY}, {@code LLM_MODEL} and {@code LLM_BASE_URL}
 * name. With {@code misses} as the argument, what was missed in the development part is printed
 * too.
 */
public final class PlannerAccuracy {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private PlannerAccuracy() {}

  /** Prints the table. */
  public static void main(String[] arguments) throws IOException {
    try (HikariDataSource database = TestDatabase.migrated()) {
      Catalogue catalogue = CatalogueFile.shipped();
      Vocabulary vocabulary = new Vocabulary(catalogue, new DataReaders(catalogue, database, null));
      EmbeddedPlanner embedded = new EmbeddedPlanner(catalogue, vocabulary, null);
      List<TurnPlanner> planners = new ArrayList<>(List.of(embedded));
      ModelSettings settings = settings(System.getenv());
      if (settings != null) {
        planners.add(new ModelPlanner(new Model(settings), catalogue, vocabulary, embedded));
      }
      boolean showMisses = List.of(arguments).contains("misses");
      PrintStream out = System.out;
      out.printf(
          "%n%-28s %-12s %9s %8s %8s %8s %9s %9s%n",
          "planner", "part", "questions", "intent", "widget", "query", "p50", "p99");
      for (TurnPlanner planner : planners) {
        for (String part : List.of("development", "reported")) {
          print(out, planner, part, showMisses && part.equals("development"));
        }
      }
      out.println();
    }
  }

  private static void print(PrintStream out, TurnPlanner planner, String part, boolean showMisses)
      throws IOException {
    List<Asked> questions = QuestionSet.part(part);
    List<Long> nanos = new ArrayList<>();
    List<String> misses = new ArrayList<>();
    int intents = 0;
    int widgets = 0;
    int queries = 0;
    for (Asked asked : questions) {
      long start = System.nanoTime();
      TurnPlan plan = plan(asked, planner);
      nanos.add(System.nanoTime() - start);
      if (plan != null) {
        intents += asked.intentIsRight(plan) ? 1 : 0;
        widgets += asked.widgetIsRight(plan) ? 1 : 0;
        queries += asked.queryIsRight(plan) ? 1 : 0;
      }
      if (plan == null || !asked.queryIsRight(plan) || !asked.widgetIsRight(plan)) {
        misses.add(asked.question() + "  →  " + (plan == null ? "no plan" : Asked.written(plan)));
      }
    }
    nanos.sort(null);
    out.printf(
        Locale.ROOT,
        "%-28s %-12s %9d %7.1f%% %7.1f%% %7.1f%% %6.1f ms %6.1f ms%n",
        planner.name(),
        part,
        questions.size(),
        100.0 * intents / questions.size(),
        100.0 * widgets / questions.size(),
        100.0 * queries / questions.size(),
        nanos.get(nanos.size() / 2) / 1e6,
        nanos.get(nanos.size() * 99 / 100) / 1e6);
    if (showMisses) {
      misses.forEach(miss -> out.println("    " + miss));
    }
  }

  private static @Nullable TurnPlan plan(Asked asked, TurnPlanner planner) {
    try {
      return asked.plan(planner);
    } catch (PlanningFailed failed) {
      return null;
    }
  }

  private static @Nullable ModelSettings settings(Map<String, String> environment) {
    String key = environment.getOrDefault("LLM_API_KEY", "");
    String provider = environment.getOrDefault("LLM_PROVIDER", key.isEmpty() ? "" : "openai");
    if (provider.isEmpty()) {
      return null;
    }
    return new ModelSettings(
        ModelSettings.Provider.valueOf(provider.toUpperCase(Locale.ROOT)),
        key,
        environment.get("LLM_BASE_URL"),
        environment.get("LLM_MODEL"),
        PATIENCE,
        PATIENCE,
        3);
  }
}
