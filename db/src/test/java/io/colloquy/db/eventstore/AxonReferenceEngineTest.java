package io.colloquy.db.eventstore;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.db.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.axonframework.common.jdbc.DataSourceConnectionProvider;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.junit.jupiter.api.AfterEach;

/** Axon's stock engine, on tables of its own. */
class AxonReferenceEngineTest extends EventStorageEngineContract {

  private final HikariDataSource database = TestDatabase.migrated();

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  EventStorageEngine engine() {
    String schema = "axon";
    try (Connection connection = database.getConnection()) {
      connection.createStatement().execute("create schema " + schema);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    Supplier<JdbcEventStorageEngine> stock =
        () ->
            JdbcEventStorageEngine.builder()
                .eventSerializer(new EventSerializer())
                .snapshotSerializer(new EventSerializer())
                .connectionProvider(
                    new DataSourceConnectionProvider(database) {
                      @Override
                      public Connection getConnection() throws SQLException {
                        Connection connection = super.getConnection();
                        connection.setSchema(schema);
                        return connection;
                      }
                    })
                .transactionManager(NoTransactionManager.instance())
                .persistenceExceptionResolver(
                    failure ->
                        failure instanceof SQLException sql && "23505".equals(sql.getSQLState()))
                .build();
    JdbcEventStorageEngine engine = stock.get();
    engine.createSchema(PostgresEventTableFactory.INSTANCE);
    return engine;
  }
}
