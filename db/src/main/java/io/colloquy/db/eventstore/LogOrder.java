package io.colloquy.db.eventstore;

import io.colloquy.db.embedded.SettingsException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The log is ordered by the server's transaction ids, so a server must never fall behind it. */
public final class LogOrder {

  private LogOrder() {}

  /**
   * Lets only a server pass that is further on than the log it holds.
   *
   * @throws SettingsException when new events would come before those there are, as after a logical
   *     dump was restored into a new server
   */
  public static void check(DataSource dataSource) {
    boolean behind =
        JdbcClient.create(dataSource)
            .sql(
                """
                select exists (
                  select from domain_event_entry
                  where transaction_id >= pg_snapshot_xmax(pg_current_snapshot()))
                """)
            .query(Boolean.class)
            .single();
    if (behind) {
      throw new SettingsException(
          "This PostgreSQL server counts its transactions lower than the log it holds, so new events would come before"
              + " old ones. Restore the database physically (pg_basebackup), or into the server it came from.");
    }
  }
}
