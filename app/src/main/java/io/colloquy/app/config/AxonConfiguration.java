package io.colloquy.app.config;

import io.colloquy.api.access.ActorMetadata;
import io.colloquy.api.access.RoleGrants;
import io.colloquy.command.export.ExportSettings;
import io.colloquy.command.gateway.Cause;
import io.colloquy.command.widget.WidgetLifetimes;
import io.colloquy.command.work.NodeId;
import io.colloquy.db.access.RoleTables;
import io.colloquy.db.eventstore.EventSerializer;
import io.colloquy.db.eventstore.EventUpcasters;
import io.colloquy.db.eventstore.FreshStateDefinition;
import io.colloquy.db.eventstore.PostgresEventStorageEngine;
import io.colloquy.db.eventstore.TokenSerializer;
import io.colloquy.db.eventstore.WakingEventStore;
import io.colloquy.db.privacy.Seal;
import io.colloquy.db.privacy.SealEarlierEvents;
import io.colloquy.db.privacy.SubjectKeys;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Axon on PostgreSQL: the log, the positions of the processing groups, the cache and snapshots of
 * aggregates.
 */
@Configuration
class AxonConfiguration {

  private static final int EVENTS_PER_SNAPSHOT = 200;
  private static final String SUBJECT_KEYS = "subjects";

  @Bean
  @Primary
  Serializer serializer() {
    return TokenSerializer.create();
  }

  @Bean
  @Qualifier("eventSerializer")
  Serializer eventSerializer() {
    return new EventSerializer();
  }

  @Bean
  @Qualifier("messageSerializer")
  Serializer messageSerializer() {
    return new MessageSerializer();
  }

  @Bean
  SubjectKeys subjectKeys(
      JdbcClient jdbc, PlatformTransactionManager transactions, InstallationSecret secret) {
    return new SubjectKeys(jdbc, transactions, secret.keyFor(SUBJECT_KEYS));
  }

  /** Flyway runs it among the other migrations. */
  @Bean
  SealEarlierEvents sealEarlierEvents(InstallationSecret secret) {
    return new SealEarlierEvents(secret.keyFor(SUBJECT_KEYS));
  }

  @Bean
  Seal seal(SubjectKeys keys) {
    return new Seal(keys);
  }

  @Bean
  RoleGrants roleGrants(JdbcClient jdbc) {
    return new RoleTables(jdbc);
  }

  @Bean
  EventUpcaster eventUpcasters() {
    return EventUpcasters.all();
  }

  @Bean
  EventStorageEngine eventStorageEngine(
      JdbcTemplate jdbc,
      Seal seal,
      @Qualifier("eventSerializer") Serializer eventSerializer,
      org.axonframework.config.Configuration axon) {
    return new PostgresEventStorageEngine(
        jdbc, seal, eventSerializer, axon.upcasterChain(), axon.snapshotFilter());
  }

  @Bean(name = "eventBus")
  @Qualifier("eventStore")
  WakingEventStore eventStore(
      EventStorageEngine engine, org.axonframework.config.Configuration axon) {
    return new WakingEventStore(
        EmbeddedEventStore.builder()
            .storageEngine(engine)
            .messageMonitor(axon.messageMonitor(EventStore.class, "eventStore"))
            .spanFactory(axon.getComponent(EventBusSpanFactory.class)));
  }

  /**
   * What a processing group writes and how far it has got are one transaction. Axon's own
   * configuration looks for Spring's transactions before Spring Boot 4 has set them up, and then
   * does without.
   */
  @Bean
  TransactionManager axonTransactionManager(PlatformTransactionManager transactions) {
    return new SpringTransactionManager(transactions);
  }

  @Bean
  TokenStore tokenStore(ConnectionProvider connections, Serializer serializer, NodeId node) {
    return JdbcTokenStore.builder()
        .nodeId(node.value())
        .connectionProvider(connections)
        .serializer(serializer)
        .schema(
            TokenSchema.builder()
                .setTokenTable("token_entry")
                .setProcessorNameColumn("processor_name")
                .setTokenTypeColumn("token_type")
                .build())
        .build();
  }

  @Bean
  static HandlerEnhancerDefinition freshState(ObjectProvider<EventStorageEngine> engine) {
    return new FreshStateDefinition(engine::getObject);
  }

  @Bean
  Cache aggregateCache() {
    return new RecentAggregates();
  }

  @Bean
  SnapshotTriggerDefinition conversationSnapshots(Snapshotter snapshotter) {
    return new EventCountSnapshotTriggerDefinition(snapshotter, EVENTS_PER_SNAPSHOT);
  }

  /** What every event carries over from the message that caused it. */
  @Bean
  CorrelationDataProvider correlationData() {
    return message -> {
      Map<String, Object> data = new HashMap<>();
      for (String key :
          new String[] {
            ActorMetadata.ACTOR, ActorMetadata.PERMISSIONS, ActorMetadata.CLIENT_ADDRESS
          }) {
        if (message.getMetaData().containsKey(key)) {
          data.put(key, message.getMetaData().get(key));
        }
      }
      for (String key : new String[] {Cause.CAUSATION, Cause.CORRELATION}) {
        data.put(key, message.getMetaData().getOrDefault(key, message.getIdentifier()));
      }
      Object trace = message.getMetaData().get(Cause.TRACE);
      data.put(Cause.TRACE, trace == null ? TraceId.current() : trace);
      return data;
    };
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  WidgetLifetimes widgetLifetimes(ColloquySettings settings) {
    return settings.lifetimesOfWidgets();
  }

  @Bean
  ExportSettings exportSettings(ColloquySettings settings, InstallationSecret secret) {
    return new ExportSettings(
        settings.publicUrl(), settings.linkLifetime(), secret.keyFor("links"));
  }
}
