package io.colloquy.app.config;

import io.colloquy.proof.SigningKey;
import io.colloquy.query.audit.Checkpoints;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.DeadLetterSchema;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What is signed of the audit log, and where events wait that a projection cannot take in. */
@Configuration
class AuditConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(AuditConfiguration.class);

  /** The audit log is not among them: with an event left out it would prove nothing. */
  private static final String[] WITH_DEAD_LETTERS = {"conversation-state", "widget-cache"};

  private static final int MOST_SEQUENCES = 100_000;
  private static final int LONGEST_SEQUENCE = 100_000;

  private static final DeadLetterSchema DEAD_LETTERS =
      DeadLetterSchema.builder()
          .deadLetterTable("dead_letter_entry")
          .deadLetterIdentifierColumn("dead_letter_identifier")
          .processingGroupColumn("processing_group")
          .sequenceIdentifierColumn("sequence_identifier")
          .sequenceIndexColumn("sequence_index")
          .messageTypeColumn("message_type")
          .eventIdentifierColumn("event_identifier")
          .timestampColumn("time_stamp")
          .payloadTypeColumn("payload_type")
          .payloadRevisionColumn("payload_revision")
          .payloadColumn("payload")
          .metaDataColumn("meta_data")
          .aggregateTypeColumn("aggregate_type")
          .aggregateIdentifierColumn("aggregate_identifier")
          .sequenceNumberColumn("sequence_number")
          .tokenTypeColumn("token_type")
          .tokenColumn("token")
          .enqueuedAtColumn("enqueued_at")
          .lastTouchedColumn("last_touched")
          .processingStartedColumn("processing_started")
          .causeTypeColumn("cause_type")
          .causeMessageColumn("cause_message")
          .diagnosticsColumn("diagnostics")
          .build();

  /**
   * Kept apart from the database: who can change the log there cannot sign what they made of it.
   */
  @Bean
  SigningKey checkpointKey(ColloquySettings settings) {
    byte[] key =
        InstallationSecret.readOrCreate(
            settings.home().resolve("checkpoint.key"),
            () -> SigningKey.generate().text().getBytes(StandardCharsets.UTF_8));
    return SigningKey.of(new String(key, StandardCharsets.UTF_8));
  }

  @Bean
  Checkpoints checkpoints(JdbcClient jdbc, SigningKey checkpointKey, Clock clock) {
    return new Checkpoints(jdbc, "colloquy", checkpointKey, clock);
  }

  /** Signs what the audit log holds, at a fixed interval, while it grows. */
  @Component
  static class Signing {

    private final Checkpoints checkpoints;

    Signing(Checkpoints checkpoints) {
      this.checkpoints = checkpoints;
    }

    @Scheduled(
        initialDelayString = "${colloquy.checkpoint-interval:60s}",
        fixedDelayString = "${colloquy.checkpoint-interval:60s}")
    void sign() {
      checkpoints.sign();
    }
  }

  @Bean
  ConfigurerModule deadLetterQueues(
      ConnectionProvider connections,
      TransactionManager transactions,
      Serializer serializer,
      @Qualifier("eventSerializer") Serializer eventSerializer) {
    return configurer ->
        configurer.eventProcessing(
            processing -> {
              for (String group : WITH_DEAD_LETTERS) {
                processing.registerDeadLetterQueue(
                    group,
                    axon -> queue(group, connections, transactions, serializer, eventSerializer));
                processing.registerDeadLetteringEventHandlerInvokerConfiguration(
                    group, (axon, invoker) -> invoker.enableSequenceIdentifierCache());
              }
            });
  }

  private static SequencedDeadLetterQueue<EventMessage<?>> queue(
      String group,
      ConnectionProvider connections,
      TransactionManager transactions,
      Serializer serializer,
      Serializer eventSerializer) {
    return JdbcSequencedDeadLetterQueue.<EventMessage<?>>builder()
        .processingGroup(group)
        .connectionProvider(connections)
        .transactionManager(transactions)
        .schema(DEAD_LETTERS)
        .genericSerializer(serializer)
        .eventSerializer(eventSerializer)
        .maxSequences(MOST_SEQUENCES)
        .maxSequenceSize(LONGEST_SEQUENCE)
        .build();
  }

  /** Says so when the database would let the application change the log after all. */
  @Bean
  ApplicationRunner appendOnlyCheck(JdbcClient jdbc) {
    return arguments -> {
      boolean owner =
          jdbc.sql(
                  """
                  select pg_has_role(session_user, tableowner::name, 'MEMBER')
                  from pg_tables where schemaname = 'public' and tablename = 'domain_event_entry'
                  """)
              .query(Boolean.class)
              .single();
      if (owner) {
        LOG.warn(
            "The database user of DATAFLOW_DATABASE_URL owns the log and could change it. Let it be one that is only"
                + " granted the role colloquy_app, and set COLLOQUY_OWNER_DATABASE_URL to the owner, for migrations.");
      }
    };
  }
}
