package io.colloquy.db.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.db.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The database itself keeps the log as it was written. */
class AppendOnlyTest {

  private static final String[][] ROWS = {
    {
      "domain_event_entry",
      "insert into domain_event_entry (event_identifier, aggregate_identifier, sequence_number, payload_type, payload, meta_data, time_stamp)"
          + " values ('e', 'a', 0, 't', '{}', '{}', now())"
    },
    {
      "audit_entry",
      "insert into audit_entry (seq, event_id, at, type, aggregate_id, aggregate_seq, payload, metadata, entry_hash, leaf_hash)"
          + " values (1, 'e', now(), 't', 'a', 0, '{}', '{}', 'h', 'h')"
    },
    {"audit_node", "insert into audit_node values (8, 0, 'h')"},
    {"audit_checkpoint", "insert into audit_checkpoint values (1, 'o', 'r', 'h', 't', 'k', 's')"},
    {"audit_key", "insert into audit_key (key_id, public_key) values ('k', 'p')"}
  };

  private static final HikariDataSource OWNER = TestDatabase.migrated();
  private static final HikariDataSource APPLICATION = TestDatabase.asApplication(OWNER);

  @BeforeAll
  static void appendAsTheApplicationMay() {
    for (String[] row : ROWS) {
      new JdbcTemplate(APPLICATION).execute(row[1]);
    }
  }

  @AfterAll
  static void close() {
    APPLICATION.close();
    OWNER.close();
  }

  @ParameterizedTest
  @CsvSource({
    "domain_event_entry, payload = '{}'",
    "audit_entry, payload = '{}'",
    "audit_node, hash = 'x'",
    "audit_checkpoint, root_hash = 'x'",
    "audit_key, public_key = 'x'"
  })
  void neitherTheApplicationNorTheOwnerChangesOrRemovesWhatWasWritten(String table, String change) {
    for (HikariDataSource role : new HikariDataSource[] {APPLICATION, OWNER}) {
      for (String attempt :
          new String[] {
            "update %s set %s".formatted(table, change), "delete from " + table, "truncate " + table
          }) {
        assertThatThrownBy(() -> new JdbcTemplate(role).execute(attempt))
            .as(attempt)
            .rootCause()
            .isInstanceOfSatisfying(
                SQLException.class,
                refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
      }
    }
    assertThat(new JdbcTemplate(OWNER).queryForObject("select count(*) from " + table, Long.class))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table domain_event_entry disable trigger append_only",
        "alter table audit_entry disable trigger all",
        "drop trigger append_only on audit_entry",
        "drop table audit_entry",
        "alter table domain_event_entry rename to other",
        "alter table domain_event_entry add column other text",
        "create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'",
        "set session_replication_role = replica",
        "create rule no_refusal as on update to audit_entry do instead nothing",
        "set role postgres",
        "drop schema public cascade"
      })
  void theApplicationCannotGetRoundIt(String attempt) throws SQLException {
    try (Connection connection = APPLICATION.getConnection();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(attempt)).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void theApplicationCannotReplaceTheAuditLogWithOneOfItsOwn() {
    JdbcTemplate sql = new JdbcTemplate(APPLICATION);
    sql.execute("create table rebuild.audit_entry (like public.audit_entry including all)");
    sql.execute("create table rebuild.audit_node (like public.audit_node including all)");
    sql.execute(
        "insert into rebuild.audit_entry (seq, event_id, at, type, aggregate_id, aggregate_seq, payload, metadata, entry_hash, leaf_hash)"
            + " select seq, event_id, at, type, aggregate_id, aggregate_seq, '{\"forged\": true}', metadata, entry_hash, leaf_hash from audit_entry");

    assertThatThrownBy(() -> sql.queryForObject("select replace_audit_log()", Long.class))
        .rootCause()
        .hasMessageContaining("not that of the log");
    assertThat(sql.queryForObject("select payload::text from audit_entry", String.class))
        .isEqualTo("{}");
  }
}
