package io.colloquy.db.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.db.TestDatabase;
import java.util.concurrent.CountDownLatch;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class PostgresEventStorageEngineTest extends EventStorageEngineContract {

  private final HikariDataSource database = TestDatabase.migrated();
  private final JdbcTemplate jdbc = new JdbcTemplate(database);
  private final PostgresEventStorageEngine engine = TestLog.of(database);

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  EventStorageEngine engine() {
    return engine;
  }

  @Test
  void aTransactionThatCommitsLateIsNeitherSkippedNorMovedBefore() throws Exception {
    TransactionTemplate transactions =
        new TransactionTemplate(new DataSourceTransactionManager(database));
    CountDownLatch appended = new CountDownLatch(1);
    CountDownLatch mayCommit = new CountDownLatch(1);
    Thread early =
        Thread.ofVirtual()
            .start(
                () ->
                    transactions.executeWithoutResult(
                        status -> {
                          engine.appendEvents(events("early", 0, 1));
                          appended.countDown();
                          await(mayCommit);
                        }));
    await(appended);
    engine.appendEvents(events("late", 0, 1));

    assertThat(engine.readEvents(null, false)).as("held back by the open transaction").isEmpty();
    assertThat(engine.createHeadToken()).isNull();

    mayCommit.countDown();
    early.join();
    assertThat(engine.readEvents(null, false).map(PostgresEventStorageEngineTest::aggregate))
        .containsExactly("early", "late");
  }

  @Test
  void aLongLogIsReadOnFromAPlaceWithoutLookingAtAllOfIt() {
    jdbc.update(
        """
        insert into domain_event_entry (transaction_id, event_identifier, aggregate_identifier, sequence_number, type,
                                        payload_type, payload_revision, payload, meta_data, time_stamp)
        select (n / 100)::text::xid8, 'e-' || n, 'c', n, 'conversation', 'answer-text-appended', '1', '{}', '{}', now()
        from generate_series(1, 20000) n
        """);
    jdbc.execute("analyze domain_event_entry");
    new TransactionTemplate(new DataSourceTransactionManager(database))
        .executeWithoutResult(
            status -> {
              assertThat(engine.createHeadToken()).isEqualTo(new CommitPositionToken(200, 20000));
              assertThat(engine.readEvents(new CommitPositionToken(150, 0), false).limit(10))
                  .hasSize(10);
              assertThat(
                      jdbc.queryForObject(
                          "select seq_scan from pg_stat_xact_user_tables where relname = 'domain_event_entry'",
                          Long.class))
                  .as("how often all of it was looked at")
                  .isZero();
            });
  }

  @Test
  void theLogIsReadableWithPlainSql() {
    engine.appendEvents(events("a", 0, 1));

    assertThat(
            jdbc.queryForMap(
                "select payload_type, payload_revision, payload ->> 'turn_id' as turn from domain_event_entry"))
        .containsEntry("payload_type", "answer-text-appended")
        .containsEntry("payload_revision", "1")
        .containsEntry("turn", "t-1");
  }

  @Test
  void aTokenSurvivesItsSerializer() {
    Serializer serializer = TokenSerializer.create();
    TrackingToken token = new CommitPositionToken(815, 4711);

    assertThat(
            serializer.<String, TrackingToken>deserialize(
                serializer.serialize(token, String.class)))
        .isEqualTo(token);
  }

  private static String aggregate(TrackedEventMessage<?> event) {
    return ((DomainEventMessage<?>) event).getAggregateIdentifier();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
