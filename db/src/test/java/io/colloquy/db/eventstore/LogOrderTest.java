package io.colloquy.db.eventstore;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.db.TestDatabase;
import io.colloquy.db.embedded.SettingsException;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class LogOrderTest {

  private static final String APPEND =
      """
      insert into domain_event_entry (event_identifier, aggregate_identifier, sequence_number, type, payload_type,
                                      payload_revision, payload, meta_data, time_stamp, transaction_id)
      values (?, 'c', ?, 'conversation', 'conversation-closed', '1', '{}', '{}', now(), %s)
      """;

  @Test
  void aServerBehindItsLogIsNotUsed() {
    try (HikariDataSource database = TestDatabase.migrated()) {
      JdbcTemplate sql = new JdbcTemplate(database);
      sql.update(APPEND.formatted("pg_current_xact_id()"), "e-0", 0);
      assertThatCode(() -> LogOrder.check(database)).doesNotThrowAnyException();
      sql.update(APPEND.formatted("'4000000000'::xid8"), "e-1", 1);
      assertThatExceptionOfType(SettingsException.class)
          .isThrownBy(() -> LogOrder.check(database))
          .withMessageContaining("Restore the database physically");
    }
  }
}
