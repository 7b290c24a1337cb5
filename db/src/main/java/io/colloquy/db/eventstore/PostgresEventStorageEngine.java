package io.colloquy.db.eventstore;

import io.colloquy.api.json.Json;
import io.colloquy.db.privacy.Seal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.BatchingEventStorageEngine;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.databind.JsonNode;

/**
 * The event store on PostgreSQL.
 *
 * <p>An identity column is assigned before commit, so by it alone events would become visible out
 * of order. Here an event's place is its transaction's id and then its identity, and tracked reads
 * stop below the oldest transaction still running. Readers therefore see one order, without gaps,
 * the same at every replay.
 */
public final class PostgresEventStorageEngine extends BatchingEventStorageEngine {

  private static final PersistenceExceptionResolver DUPLICATE_KEY =
      DuplicateKeyException.class::isInstance;

  private static final String APPEND =
      """
      insert into domain_event_entry (event_identifier, aggregate_identifier, sequence_number, type,
                                      payload_type, payload_revision, payload, meta_data, time_stamp)
      values (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?)
      """;

  private static final int PAYLOAD_TYPE = 4;
  private static final int PAYLOAD = 6;

  private static final String COLUMNS =
      """
      select global_index, transaction_id::text::bigint as transaction, event_identifier, aggregate_identifier,
             sequence_number, type, payload_type, payload_revision, payload, meta_data, time_stamp
      """;

  private static final String OF_AGGREGATE =
      COLUMNS
          + """
          from domain_event_entry
          where aggregate_identifier = ? and sequence_number >= ?
          order by sequence_number limit ?
          """;

  private static final String AFTER =
      COLUMNS
          + """
          from domain_event_entry
          where (transaction_id, global_index) > (?::text::xid8, ?)
            and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
          order by transaction_id, global_index limit ?
          """;

  private static final String LAST_BEFORE =
      """
      select transaction_id::text::bigint as transaction, global_index from domain_event_entry
      where transaction_id < pg_snapshot_xmin(pg_current_snapshot()) and time_stamp < ?
      order by transaction_id desc, global_index desc limit 1
      """;

  private static final String LAST_SEQUENCE_NUMBER =
      "select max(sequence_number) from domain_event_entry where aggregate_identifier = ?";

  private static final String STORE_SNAPSHOT =
      """
      insert into snapshot_event_entry (aggregate_identifier, event_identifier, sequence_number, type,
                                        payload_type, payload_revision, payload, meta_data, time_stamp)
      values (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?)
      on conflict (aggregate_identifier) do update set
        event_identifier = excluded.event_identifier, sequence_number = excluded.sequence_number,
        payload_type = excluded.payload_type, payload_revision = excluded.payload_revision,
        payload = excluded.payload, meta_data = excluded.meta_data, time_stamp = excluded.time_stamp
      where snapshot_event_entry.sequence_number < excluded.sequence_number
      """;

  private static final String SNAPSHOT =
      """
      select event_identifier, aggregate_identifier, sequence_number, type, payload_type, payload_revision,
             payload, meta_data, time_stamp
      from snapshot_event_entry where aggregate_identifier = ?
      """;

  private final RowMapper<GenericDomainEventEntry<JsonNode>> event = (row, number) -> event(row);

  private final JdbcTemplate jdbc;
  private final Seal seal;

  /**
   * An engine on the given database; appends join the caller's Spring transaction.
   *
   * @param seal keeps personal content unreadable to whoever has no key
   * @param upcasters turns old revisions of events into the present ones
   * @param snapshots which stored snapshots may still be used
   */
  public PostgresEventStorageEngine(
      JdbcTemplate jdbc,
      Seal seal,
      Serializer serializer,
      EventUpcaster upcasters,
      SnapshotFilter snapshots) {
    super(
        new Settings()
            .eventSerializer(serializer)
            .snapshotSerializer(serializer)
            .upcasterChain(upcasters)
            .snapshotFilter(snapshots)
            .persistenceExceptionResolver(DUPLICATE_KEY)
            .batchSize(500));
    this.jdbc = jdbc;
    this.seal = seal;
  }

  private GenericDomainEventEntry<JsonNode> event(ResultSet row) throws SQLException {
    return new GenericDomainEventEntry<>(
        row.getString("type"),
        row.getString("aggregate_identifier"),
        row.getLong("sequence_number"),
        row.getString("event_identifier"),
        row.getTimestamp("time_stamp").toInstant(),
        row.getString("payload_type"),
        row.getString("payload_revision"),
        seal.opened(row.getString("payload")),
        Json.MAPPER.readTree(row.getString("meta_data")));
  }

  @Override
  protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
    List<Object[]> rows = new ArrayList<>(events.size());
    for (EventMessage<?> event : events) {
      DomainEventMessage<?> message = EventUtils.asDomainEventMessage(event);
      Object[] row =
          row(message, serializer, message.getIdentifier(), message.getAggregateIdentifier());
      row[PAYLOAD] =
          seal.close((String) row[PAYLOAD_TYPE], (String) row[PAYLOAD], message.getMetaData());
      rows.add(row);
    }
    try {
      jdbc.batchUpdate(APPEND, rows);
    } catch (RuntimeException failure) {
      handlePersistenceException(failure, events.getFirst());
    }
  }

  @Override
  protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
    jdbc.update(
        STORE_SNAPSHOT,
        row(snapshot, serializer, snapshot.getAggregateIdentifier(), snapshot.getIdentifier()));
  }

  private static Object[] row(
      DomainEventMessage<?> message, Serializer serializer, String first, String second) {
    var payload = message.serializePayload(serializer, String.class);
    var metadata = message.serializeMetaData(serializer, String.class);
    return new Object[] {
      first,
      second,
      message.getSequenceNumber(),
      message.getType(),
      payload.getType().getName(),
      payload.getType().getRevision(),
      payload.getData(),
      metadata.getData(),
      Timestamp.from(message.getTimestamp())
    };
  }

  @Override
  protected List<? extends DomainEventData<?>> fetchDomainEvents(
      String aggregateIdentifier, long firstSequenceNumber, int batchSize) {
    return jdbc.query(OF_AGGREGATE, event, aggregateIdentifier, firstSequenceNumber, batchSize);
  }

  @Override
  protected List<? extends TrackedEventData<?>> fetchTrackedEvents(
      @Nullable TrackingToken last, int batchSize) {
    CommitPositionToken from =
        last == null ? new CommitPositionToken(0, -1) : (CommitPositionToken) last;
    return jdbc.query(
        AFTER,
        (row, number) -> new TrackedDomainEventData<>(position(row), event(row)),
        Long.toString(from.transactionId()),
        from.globalIndex(),
        batchSize);
  }

  private static CommitPositionToken position(ResultSet row) throws SQLException {
    return new CommitPositionToken(row.getLong("transaction"), row.getLong("global_index"));
  }

  @Override
  protected Stream<? extends DomainEventData<?>> readSnapshotData(String aggregateIdentifier) {
    return jdbc.query(SNAPSHOT, event, aggregateIdentifier).stream();
  }

  @Override
  public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
    return Optional.ofNullable(
        jdbc.queryForObject(LAST_SEQUENCE_NUMBER, Long.class, aggregateIdentifier));
  }

  @Override
  public @Nullable TrackingToken createTailToken() {
    return null;
  }

  @Override
  public @Nullable TrackingToken createHeadToken() {
    return createTokenAt(Instant.ofEpochSecond(32_503_680_000L));
  }

  @Override
  public @Nullable TrackingToken createTokenAt(Instant instant) {
    return jdbc.query(LAST_BEFORE, (row, number) -> position(row), Timestamp.from(instant)).stream()
        .findFirst()
        .orElse(null);
  }

  private static final class Settings extends BatchingEventStorageEngine.Builder {}
}
