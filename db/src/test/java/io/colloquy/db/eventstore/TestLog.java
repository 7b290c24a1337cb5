package io.colloquy.db.eventstore;

import io.colloquy.db.privacy.Seal;
import io.colloquy.db.privacy.TestSeal;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.springframework.jdbc.core.JdbcTemplate;

/** The log in a test's database, as the application reads and writes it. */
public final class TestLog {

  private TestLog() {}

  /** With the seal of tests. */
  public static PostgresEventStorageEngine of(DataSource database) {
    return of(database, TestSeal.of(database));
  }

  /** With another seal. */
  public static PostgresEventStorageEngine of(DataSource database, Seal seal) {
    return new PostgresEventStorageEngine(
        new JdbcTemplate(database),
        seal,
        new EventSerializer(),
        EventUpcasters.all(),
        SnapshotFilter.allowAll());
  }
}
