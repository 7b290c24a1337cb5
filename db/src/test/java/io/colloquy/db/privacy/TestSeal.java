package io.colloquy.db.privacy;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A seal with a secret that everybody knows, for tests. */
public final class TestSeal {

  private TestSeal() {}

  /** A seal with keys in the database. */
  public static Seal of(DataSource database) {
    return new Seal(keys(database));
  }

  /** The keys alone. */
  public static SubjectKeys keys(DataSource database) {
    return new SubjectKeys(
        JdbcClient.create(database), new JdbcTransactionManager(database), new byte[32]);
  }
}
