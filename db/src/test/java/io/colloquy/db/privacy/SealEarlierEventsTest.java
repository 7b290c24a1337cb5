package io.colloquy.db.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.db.TestDatabase;
import io.colloquy.db.eventstore.TestLog;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class SealEarlierEventsTest {

  private static final String STORE =
      """
      insert into domain_event_entry (event_identifier, aggregate_identifier, sequence_number, type, payload_type,
                                      payload_revision, payload, meta_data, time_stamp)
      values (?, 'c', ?, 'conversation', ?, '1', ?::jsonb, ?::jsonb, now())
      """;

  @Test
  void whatEarlierVersionsStoredInTheOpenIsSealedAndReadsAsBefore() {
    try (HikariDataSource database = TestDatabase.migratedTo("7")) {
      JdbcTemplate sql = new JdbcTemplate(database);
      sql.update(
          STORE,
          "e-0",
          0,
          "turn-submitted",
          """
          {"turn_id": "t", "content": "my secret", "metadata": {"form_data": {"zeta": 1.50, "alpha": "x"}}, "conversation_id": "c"}""",
          "{\"actor\": \"ada\"}");
      sql.update(
          STORE,
          "e-1",
          1,
          "answer-text-appended",
          "{\"turn_id\": \"t\", \"offset\": 0, \"delta\": \"a secret too\", \"conversation_id\": \"c\"}",
          "{\"actor\": \"ada\"}");
      sql.update(
          STORE,
          "e-2",
          2,
          "turn-cancelled",
          "{\"turn_id\": \"t\", \"conversation_id\": \"c\"}",
          "{}");
      List<?> before = payloads(database);

      Flyway.configure()
          .dataSource(database)
          .javaMigrations(new SealEarlierEvents(new byte[32]))
          .load()
          .migrate();

      assertThat(
              sql.queryForObject(
                  "select string_agg(payload::text, ' ') from domain_event_entry", String.class))
          .doesNotContain("secret")
          .contains("sealed", "[private]");
      assertThat(payloads(database)).isEqualTo(before);
      TestSeal.keys(database).erase("ada");
      assertThat(payloads(database).toString()).doesNotContain("secret").contains("[private]");
    }
  }

  private static List<?> payloads(HikariDataSource database) {
    return TestLog.of(database)
        .readEvents("c")
        .asStream()
        .map(DomainEventMessage::getPayload)
        .toList();
  }
}
