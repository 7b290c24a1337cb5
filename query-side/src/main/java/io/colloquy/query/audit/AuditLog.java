package io.colloquy.query.audit;

import io.colloquy.api.access.AccessEvent.AccessRefused;
import io.colloquy.api.access.ActorMetadata;
import io.colloquy.api.audit.AuditQuery.Entry;
import io.colloquy.api.audit.AuditQuery.FindEntries;
import io.colloquy.api.audit.AuditQuery.Page;
import io.colloquy.api.conversation.ConversationEvent.ActionDenied;
import io.colloquy.api.conversation.ConversationEvent.ActionFailed;
import io.colloquy.api.conversation.ConversationEvent.TurnFailed;
import io.colloquy.api.export.ExportEvent.ExportFailed;
import io.colloquy.api.json.Json;
import io.colloquy.query.batch.EventBatch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** The audit log: every event of every aggregate, numbered in the order of the log. */
@Component
@ProcessingGroup("audit-log")
class AuditLog {

  /** One segment writes, so the numbers follow each other; rebuilt, they are the same again. */
  private static final String APPEND =
      """
      insert into audit_entry (seq, event_id, at, type, revision, aggregate_type, aggregate_id, aggregate_seq,
                               conversation_id, turn_id, actor, outcome, payload, metadata)
      select (select coalesce(max(seq), 0) from audit_entry) + place, event_id, at, type, revision, aggregate_type,
             aggregate_id, aggregate_seq, payload ->> 'conversation_id', payload ->> 'turn_id', actor, outcome, payload,
             metadata
      from jsonb_to_recordset(:rows::jsonb) as row (place bigint, event_id text, at timestamptz, type text,
        revision text, aggregate_type text, aggregate_id text, aggregate_seq bigint, actor text, outcome text,
        payload jsonb, metadata jsonb)
      """;

  private static final String FIND =
      """
      select * from audit_entry
      where seq > :after
        and (:actor::text is null or actor = :actor)
        and (:conversation::text is null or conversation_id = :conversation)
        and (:type::text is null or type = :type)
        and (:outcome::text is null or outcome = :outcome)
        and (:from::timestamptz is null or at >= :from::timestamptz)
        and (:to::timestamptz is null or at < :to::timestamptz)
      order by seq limit :limit
      """;

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final Serializer serializer;

  AuditLog(JdbcClient jdbc, @Qualifier("eventSerializer") Serializer serializer) {
    this.jdbc = jdbc;
    this.serializer = serializer;
  }

  private record Row(
      long place,
      String eventId,
      String at,
      String type,
      @Nullable String revision,
      @Nullable String aggregateType,
      String aggregateId,
      long aggregateSeq,
      String actor,
      String outcome,
      JsonNode payload,
      JsonNode metadata) {}

  @EventHandler
  void on(EventMessage<?> event) {
    EventBatch.collect(event, this, this::append);
  }

  private void append(List<EventMessage<?>> events) {
    List<Row> rows = new ArrayList<>(events.size());
    for (EventMessage<?> event : events) {
      rows.add(row(rows.size() + 1, event));
    }
    jdbc.sql(APPEND).param("rows", EventBatch.rows(rows)).update();
  }

  private Row row(long place, EventMessage<?> event) {
    DomainEventMessage<?> message = EventUtils.asDomainEventMessage(event);
    var payload = message.serializePayload(serializer, String.class);
    var metadata = message.serializeMetaData(serializer, String.class);
    return new Row(
        place,
        message.getIdentifier(),
        message.getTimestamp().toString(),
        payload.getType().getName(),
        payload.getType().getRevision(),
        message.getType(),
        message.getAggregateIdentifier(),
        message.getSequenceNumber(),
        ActorMetadata.actorIn(message.getMetaData()).userId(),
        outcome(message.getPayload()),
        Json.MAPPER.readTree(payload.getData()),
        Json.MAPPER.readTree(metadata.getData()));
  }

  private static String outcome(Object payload) {
    return switch (payload) {
      case ActionDenied ignored -> "denied";
      case AccessRefused ignored -> "denied";
      case ActionFailed ignored -> "failed";
      case TurnFailed ignored -> "failed";
      case ExportFailed ignored -> "failed";
      default -> "ok";
    };
  }

  @ResetHandler
  void reset() {
    jdbc.sql("truncate audit_entry").update();
  }

  @QueryHandler
  Page find(FindEntries query) {
    List<Entry> found =
        jdbc.sql(FIND)
            .param("after", query.after())
            .param("actor", query.actor())
            .param("conversation", query.conversation())
            .param("type", query.type())
            .param("outcome", query.outcome())
            .param("from", query.from())
            .param("to", query.to())
            .param("limit", query.limit() + 1)
            .query((row, number) -> entry(row))
            .list();
    boolean more = found.size() > query.limit();
    List<Entry> entries = more ? found.subList(0, query.limit()) : found;
    long cursor = entries.isEmpty() ? query.after() : entries.getLast().seq();
    return new Page(List.copyOf(entries), Long.toString(cursor), more);
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong("seq"),
        row.getString("event_id"),
        row.getTimestamp("at").toInstant().toString(),
        row.getString("type"),
        row.getString("revision"),
        row.getString("aggregate_type"),
        row.getString("aggregate_id"),
        row.getLong("aggregate_seq"),
        row.getString("conversation_id"),
        row.getString("turn_id"),
        row.getString("actor"),
        row.getString("outcome"),
        Json.MAPPER.readValue(row.getString("payload"), OBJECT),
        Json.MAPPER.readValue(row.getString("metadata"), OBJECT));
  }
}
