package io.colloquy.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.api.json.Json;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.WidgetSchema;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.CatalogueFile;
import io.colloquy.command.catalogue.DataReaders;
import io.colloquy.command.catalogue.Vocabulary;
import io.colloquy.command.planner.EmbeddedPlanner;
import io.colloquy.command.planner.QuestionSet;
import io.colloquy.command.planner.QuestionSet.Asked;
import io.colloquy.db.TestDatabase;
import io.colloquy.proof.CanonicalJson;
import io.colloquy.proof.Hashes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import tools.jackson.databind.JsonNode;

/** What is done for every turn, widget and audit entry, by itself (JMH). */
@State(Scope.Benchmark)
public class Functions {

  private static final String WIDGET =
      """
      {"widget_id":"0d3a55e2-6f0e-4b8e-9c50-3a5f6f2e8d11","widget_type":"chart",
       "data":{"chart_type":"bar","labels":["North","South","East","West"],
               "datasets":[{"label":"Revenue","data":[120.5,98.25,143,77.75]}]},
       "config":{"title":"Q2 Sales by Region"},
       "actions":[{"action_id":"a-1","label":"View Details","type":"api_call",
                   "params":{"endpoint":"/api/data/drilldown","data_key":"k"},"permissions":["viewer"]}],
       "metadata":{"sources":[{"source_id":"sales","source_name":"Sales","confidence":0.98,"location":"sales"}],
                   "generated_at":"2026-11-24T10:30:00Z","expires_at":"2026-12-01T10:30:00Z",
                   "query":"select","user_id":"ada"}}
      """;

  private final HikariDataSource database;
  private final EmbeddedPlanner planner;
  private final List<Asked> questions;
  private final JsonNode widget;
  private byte[] previous = Hashes.beforeFirst();
  private int next;

  /** Makes what is measured. */
  public Functions() {
    database = TestDatabase.migrated();
    Catalogue catalogue = CatalogueFile.shipped();
    planner =
        new EmbeddedPlanner(
            catalogue, new Vocabulary(catalogue, new DataReaders(catalogue, database, null)), null);
    questions = questions();
    widget = Json.MAPPER.readTree(WIDGET);
  }

  private static List<Asked> questions() {
    try {
      return QuestionSet.part("development").stream()
          .filter(asked -> asked.before().isEmpty())
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Gives it up. */
  @TearDown(Level.Trial)
  public void close() {
    database.close();
  }

  /** A question of the question set. */
  @Benchmark
  public TurnPlan planner() {
    return questions.get(next++ % questions.size()).plan(planner);
  }

  /** A chart. */
  @Benchmark
  public List<String> descriptorValidation() {
    return WidgetSchema.errorsIn(widget);
  }

  /** An entry of the size of a chart. */
  @Benchmark
  public byte[] canonicalJsonAndHash() {
    previous = Hashes.entry(previous, CanonicalJson.of(widget));
    return previous;
  }

  static void measure(Figures figures) throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(Functions.class.getName())
                    .forks(1)
                    .warmupIterations(4)
                    .warmupTime(TimeValue.seconds(2))
                    .measurementIterations(3)
                    .measurementTime(TimeValue.seconds(3))
                    .mode(Mode.AverageTime)
                    .timeUnit(TimeUnit.MICROSECONDS)
                    .jvmArgsAppend(
                        "-Xmx1g",
                        "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener")
                    .build())
            .run();
    for (RunResult result : results) {
      figures.value(
          result.getParams().getBenchmark().replaceFirst(".*\\.", "") + " (JMH)",
          result.getPrimaryResult().getScore(),
          "µs",
          null);
    }
  }
}
