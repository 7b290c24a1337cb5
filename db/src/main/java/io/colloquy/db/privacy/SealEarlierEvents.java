package io.colloquy.db.privacy;

import io.colloquy.api.json.Json;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.SimpleTransactionStatus;
import tools.jackson.core.type.TypeReference;

/**
 * Seals the personal content of events stored by versions that did not. The one time that stored
 * events are rewritten, before the first hash is taken over them: what was in the open could never
 * be erased. They read as before.
 */
public final class SealEarlierEvents implements JavaMigration {

  private static final MigrationVersion VERSION = MigrationVersion.fromVersion("8");
  private static final int FETCH = 500;
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final byte[] secret;

  /** Seals with keys that are themselves sealed with this secret. */
  public SealEarlierEvents(byte[] secret) {
    this.secret = secret.clone();
  }

  @Override
  public MigrationVersion getVersion() {
    return VERSION;
  }

  @Override
  public String getDescription() {
    return "seal earlier events";
  }

  @Override
  public @Nullable Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws SQLException {
    SingleConnectionDataSource within =
        new SingleConnectionDataSource(context.getConnection(), true);
    Seal seal = new Seal(new SubjectKeys(JdbcClient.create(within), new OneTransaction(), secret));
    try (Statement statement = context.getConnection().createStatement()) {
      statement.execute("alter table domain_event_entry disable trigger append_only");
      seal(context, seal);
      statement.execute("alter table domain_event_entry enable trigger append_only");
      // They hold what was just sealed, and are made again.
      statement.execute("delete from snapshot_event_entry");
    }
  }

  private static void seal(Context context, Seal seal) throws SQLException {
    try (Statement reading = context.getConnection().createStatement();
        PreparedStatement writing =
            context
                .getConnection()
                .prepareStatement(
                    "update domain_event_entry set payload = ?::jsonb where global_index = ?")) {
      reading.setFetchSize(FETCH);
      try (ResultSet row =
          reading.executeQuery(
              "select global_index, payload_type, payload, meta_data from domain_event_entry")) {
        while (row.next()) {
          String payload = row.getString(3);
          String sealed =
              seal.close(
                  row.getString(2), payload, Json.MAPPER.readValue(row.getString(4), OBJECT));
          if (!sealed.equals(payload)) {
            writing.setString(1, sealed);
            writing.setLong(2, row.getLong(1));
            writing.executeUpdate();
          }
        }
      }
    }
  }

  /** The migration's own transaction, which Flyway begins and ends. */
  private static final class OneTransaction implements PlatformTransactionManager {

    @Override
    public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
      return new SimpleTransactionStatus();
    }

    @Override
    public void commit(TransactionStatus status) {
      // Flyway does.
    }

    @Override
    public void rollback(TransactionStatus status) {
      // Flyway does.
    }
  }
}
