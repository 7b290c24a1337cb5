package io.colloquy.query.audit;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.api.conversation.ConversationEvent.TurnSubmitted;
import io.colloquy.db.TestDatabase;
import io.colloquy.db.eventstore.EventSerializer;
import io.colloquy.db.eventstore.PostgresEventStorageEngine;
import io.colloquy.db.eventstore.TestLog;
import io.colloquy.db.privacy.Seal;
import io.colloquy.db.privacy.TestSeal;
import io.colloquy.proof.SigningKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A log of some events, and the audit log made from it. */
final class AuditDatabase implements AutoCloseable {

  static final SigningKey KEY = SigningKey.generate();

  final HikariDataSource owner = TestDatabase.migrated();
  final HikariDataSource database = TestDatabase.asApplication(owner);
  final JdbcTemplate sql = new JdbcTemplate(owner);
  final JdbcClient jdbc = JdbcClient.create(database);
  final Seal seal = TestSeal.of(database);
  final Checkpoints checkpoints = new Checkpoints(jdbc, "test", KEY, Clock.systemUTC());
  final AuditVerification verification = new AuditVerification(jdbc, checkpoints);
  final AuditEntries entries = new AuditEntries(database, seal, Clock.systemUTC());
  final AuditLog projection =
      new AuditLog(
          jdbc, new JdbcTransactionManager(database), new AuditGrowth(), new EventSerializer());

  private final PostgresEventStorageEngine log = TestLog.of(database, seal);
  private @Nullable TrackingToken position;
  private int appended;

  void append(int count) {
    for (int i = 0; i < count; i++) {
      int number = appended++;
      String conversation = "c-" + number % 7;
      log.appendEvents(
          List.of(
              new GenericDomainEventMessage<>(
                  "conversation",
                  conversation,
                  number / 7,
                  new TurnSubmitted(conversation, "t-" + number, "question " + number, null),
                  Map.of("actor", "user-" + number % 3, "permissions", "viewer"))));
    }
  }

  void project(int batch) {
    while (true) {
      List<? extends TrackedEventMessage<?>> events =
          log.readEvents(position, false).limit(batch).toList();
      if (events.isEmpty()) {
        return;
      }
      projection.project(List.<EventMessage<?>>copyOf(events), jdbc);
      position = events.getLast().trackingToken();
    }
  }

  /** Takes all events in from the beginning. */
  void projectAnew(int batch) {
    position = null;
    project(batch);
  }

  /** Changes the log as only somebody with all power over the database can. */
  void tamper(String statement) {
    try (Connection connection = owner.getConnection();
        Statement tampering = connection.createStatement()) {
      tampering.execute("set session_replication_role = replica");
      tampering.execute(statement);
      tampering.execute("set session_replication_role = origin");
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** What verification finds once a statement has tampered with the log; all is undone after. */
  AuditVerification.Verified verifiedAfter(String statement) {
    try (Connection connection = owner.getConnection();
        Statement tampering = connection.createStatement()) {
      connection.setAutoCommit(false);
      tampering.execute("set local session_replication_role = replica");
      tampering.execute(statement);
      tampering.execute("set local session_replication_role = origin");
      JdbcClient within = JdbcClient.create(new SingleConnectionDataSource(connection, true));
      AuditVerification.Verified verified =
          new AuditVerification(within, new Checkpoints(within, "test", KEY, Clock.systemUTC()))
              .verify(1, 1_000_000);
      connection.rollback();
      return verified;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    database.close();
    owner.close();
  }
}
