package io.colloquy.db.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.api.conversation.ConversationEvent.TurnCompleted;
import io.colloquy.api.turn.Timings;
import io.colloquy.api.turn.TokenUsage;
import io.colloquy.db.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Events as earlier versions stored them, read by this one. */
class EventUpcastersTest {

  private final HikariDataSource database = TestDatabase.migrated();
  private final JdbcTemplate jdbc = new JdbcTemplate(database);
  private final PostgresEventStorageEngine log = TestLog.of(database);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aCompletedTurnOfRevision1SaysWhoPlannedAndThatNoModelWasAsked() throws IOException {
    store("turn-completed", "1", stored("turn-completed.1.json"));

    assertThat(log.readEvents("c-1").next().getPayload())
        .isEqualTo(
            new TurnCompleted(
                "c-1", "t-1", "embedded", null, new TokenUsage(10, 20), new Timings(1, 2, 3)));
    assertThat(
            jdbc.queryForObject("select payload ->> 'model' from domain_event_entry", String.class))
        .as("the stored event is as it was")
        .isEqualTo("embedded");
  }

  @Test
  void aCompletedTurnOfRevision1ThatAModelPlannedKeepsTheModel() throws IOException {
    store(
        "turn-completed",
        "1",
        stored("turn-completed.1.json").replace("\"embedded\"", "\"openai:gpt\""));

    assertThat(log.readEvents("c-1").next().getPayload())
        .isInstanceOfSatisfying(
            TurnCompleted.class,
            turn -> {
              assertThat(turn.planner()).isEqualTo("openai:gpt");
              assertThat(turn.model()).isEqualTo("openai:gpt");
            });
  }

  private void store(String type, String revision, String payload) {
    jdbc.update(
        """
        insert into domain_event_entry (event_identifier, aggregate_identifier, sequence_number, type, payload_type,
                                        payload_revision, payload, meta_data, time_stamp)
        values ('e-1', 'c-1', 0, 'conversation', ?, ?, ?::jsonb, '{}', now())
        """,
        type,
        revision,
        payload);
  }

  private static String stored(String name) throws IOException {
    try (var file = EventUpcastersTest.class.getResourceAsStream("/stored/" + name)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
