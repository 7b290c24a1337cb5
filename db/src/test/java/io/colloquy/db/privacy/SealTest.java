package io.colloquy.db.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.api.conversation.ConversationEvent.TurnSubmitted;
import io.colloquy.db.TestDatabase;
import io.colloquy.db.eventstore.PostgresEventStorageEngine;
import io.colloquy.db.eventstore.TestLog;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

class SealTest {

  private final HikariDataSource database = TestDatabase.migrated();
  private final JdbcTemplate jdbc = new JdbcTemplate(database);
  private final SubjectKeys keys = TestSeal.keys(database);
  private final PostgresEventStorageEngine log = log(keys);

  @AfterEach
  void close() {
    database.close();
  }

  private PostgresEventStorageEngine log(SubjectKeys with) {
    return TestLog.of(database, new Seal(with));
  }

  private void append(String conversation, String actor, String content) {
    log.appendEvents(
        List.of(
            new GenericDomainEventMessage<>(
                "conversation",
                conversation,
                0,
                new TurnSubmitted(conversation, "t", content, null),
                Map.of("actor", actor))));
  }

  private String read(PostgresEventStorageEngine from, String conversation) {
    return ((TurnSubmitted) from.readEvents(conversation).next().getPayload()).content();
  }

  @Test
  void whatAPersonWroteStandsNowhereInTheDatabaseAndIsReadAsItWasWritten() {
    append("c-1", "ada", "my secret question");

    assertThat(read(log, "c-1")).isEqualTo("my secret question");
    assertThat(jdbc.queryForObject("select payload::text from domain_event_entry", String.class))
        .contains("[private]", "\"turn_id\": \"t\"")
        .doesNotContain("secret");
  }

  @Test
  void withItsKeyErasedContentIsGoneForThatPersonAloneAndTheEventIsAsItWas() {
    append("c-1", "ada", "of ada");
    append("c-2", "bob", "of bob");
    String before =
        jdbc.queryForObject(
            "select md5(string_agg(payload::text, '')) from domain_event_entry", String.class);

    assertThat(keys.erase("ada")).hasSize(1);

    assertThat(read(log, "c-1")).isEqualTo("[private]");
    assertThat(read(log, "c-2")).isEqualTo("of bob");
    assertThat(read(log(TestSeal.keys(database)), "c-1")).isEqualTo("[private]");
    assertThat(
            jdbc.queryForObject(
                "select md5(string_agg(payload::text, '')) from domain_event_entry", String.class))
        .isEqualTo(Objects.requireNonNull(before));
    append("c-3", "ada", "once more");
    assertThat(read(log, "c-3")).isEqualTo("once more");
    assertThat(read(log, "c-1")).isEqualTo("[private]");
  }

  @Test
  void anotherNodeForgetsAKeyWhenItIsTold() {
    append("c-1", "ada", "of ada");
    SubjectKeys other = TestSeal.keys(database);
    assertThat(read(log(other), "c-1")).isEqualTo("of ada");

    keys.erase("ada");
    other.forget("ada");

    assertThat(read(log(other), "c-1")).isEqualTo("[private]");
  }

  @Test
  void withAnotherInstallationsSecretNothingIsReadAndTheReasonIsSaid() {
    append("c-1", "ada", "of ada");
    byte[] wrong = new byte[32];
    wrong[0] = 1;
    SubjectKeys other =
        new SubjectKeys(JdbcClient.create(database), new JdbcTransactionManager(database), wrong);

    assertThatThrownBy(() -> read(log(other), "c-1")).hasMessageContaining("secret.key");
  }
}
