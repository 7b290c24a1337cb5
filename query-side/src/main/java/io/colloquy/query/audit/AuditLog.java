package io.colloquy.query.audit;

import io.colloquy.api.privacy.SubjectEvent.SubjectErased;
import io.colloquy.proof.CanonicalJson;
import io.colloquy.proof.Hashes;
import io.colloquy.query.batch.EventBatch;
import io.colloquy.query.batch.Projection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The audit log: every event of every aggregate as the log stores it, numbered in the order of the
 * log, each entry hashed over the one before. Built anew, it has the same hashes.
 */
@Component
@ProcessingGroup(AuditLog.GROUP)
class AuditLog implements Projection {

  static final String GROUP = "audit-log";

  private static final int MOST_WORDS = 50_000;

  private static final String STORED =
      """
      select event_identifier as event_id, time_stamp as at, payload_type as type, payload_revision as revision,
             type as aggregate_type, aggregate_identifier as aggregate_id, sequence_number as aggregate_seq,
             payload::text as payload, meta_data::text as metadata
      from domain_event_entry where event_identifier = any (:ids)
      """;

  /** One segment writes, so the numbers follow each other. */
  private static final String LAST =
      "select seq, entry_hash from audit_entry order by seq desc limit 1";

  private static final String APPEND =
      """
      insert into audit_entry (seq, event_id, at, type, revision, aggregate_type, aggregate_id, aggregate_seq, payload,
                               metadata, entry_hash, leaf_hash)
      select seq, event_id, at, type, revision, aggregate_type, aggregate_id, aggregate_seq, payload, metadata,
             decode(entry_hash, 'hex'), decode(leaf_hash, 'hex')
      from jsonb_to_recordset(:rows::jsonb) as row (seq bigint, event_id text, at timestamptz, type text,
        revision text, aggregate_type text, aggregate_id text, aggregate_seq bigint, payload jsonb, metadata jsonb,
        entry_hash text, leaf_hash text)
      """;

  private static final String APPEND_TEXT =
      """
      insert into audit_text (seq, key_id, words)
      select seq, key_id, to_tsvector('simple', words)
      from jsonb_to_recordset(:rows::jsonb) as row (seq bigint, key_id text, words text)
      """;

  private final AuditGrowth growth;
  private final Serializer events;
  private final EventBatch batch;

  AuditLog(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      AuditGrowth growth,
      @Qualifier("eventSerializer") Serializer events) {
    this.events = events;
    this.growth = growth;
    this.batch = new EventBatch(this, jdbc, transactions);
  }

  @Override
  public String group() {
    return GROUP;
  }

  @Override
  public List<String> tables() {
    return List.of("audit_entry", "audit_node", "audit_text");
  }

  @EventHandler
  void on(EventMessage<?> event) {
    batch.collect(event);
    CurrentUnitOfWork.get()
        .root()
        .getOrComputeResource(
            AuditGrowth.class.getName(),
            key -> {
              CurrentUnitOfWork.get().root().afterCommit(committed -> growth.tell());
              return growth;
            });
  }

  private record Last(long seq, byte[] hash) {}

  private record Text(long seq, @Nullable String keyId, String words) {}

  @Override
  public void project(List<EventMessage<?>> events, JdbcClient into) {
    Map<String, ObjectNode> stored = stored(events, into);
    Last last =
        into.sql(LAST)
            .query((row, number) -> new Last(row.getLong(1), row.getBytes(2)))
            .optional()
            .orElse(new Last(0, Hashes.beforeFirst()));
    List<ObjectNode> rows = new ArrayList<>(events.size());
    List<Text> texts = new ArrayList<>(events.size());
    long seq = last.seq();
    byte[] hash = last.hash();
    for (EventMessage<?> event : events) {
      ObjectNode content = Objects.requireNonNull(stored.get(event.getIdentifier()));
      content.put("seq", ++seq);
      byte[] canonical = CanonicalJson.of(content);
      hash = Hashes.entry(hash, canonical);
      texts.add(text(seq, content, event));
      rows.add(
          content
              .put("entry_hash", HexFormat.of().formatHex(hash))
              .put("leaf_hash", HexFormat.of().formatHex(Hashes.leaf(canonical))));
    }
    into.sql(APPEND).param("rows", EventBatch.rows(rows)).update();
    into.sql(APPEND_TEXT).param("rows", EventBatch.rows(texts)).update();
    new AuditTree(into).grow(last.seq(), seq);
    events.stream()
        .filter(event -> event.getPayloadType() == SubjectErased.class)
        .forEach(event -> forget((SubjectErased) event.getPayload(), into));
  }

  private static Map<String, ObjectNode> stored(List<EventMessage<?>> events, JdbcClient from) {
    Map<String, ObjectNode> stored = new HashMap<>();
    from.sql(STORED)
        .param("ids", events.stream().map(EventMessage::getIdentifier).toArray(String[]::new))
        .query(
            (ResultSet row) -> {
              stored.put(row.getString("event_id"), AuditContent.of(0, row));
            });
    return stored;
  }

  /** What is sealed where it is stored has been opened for the event already. */
  private Text text(long seq, ObjectNode content, EventMessage<?> event) {
    JsonNode payload = content.path("payload");
    String key = payload.path("sealed").path("key").asString(null);
    StringBuilder words = new StringBuilder();
    collect(
        key == null ? payload : event.serializePayload(events, JsonNode.class).getData(), words);
    return new Text(seq, key, words.toString());
  }

  private static void collect(JsonNode node, StringBuilder words) {
    if (words.length() > MOST_WORDS) {
      return;
    }
    if (node.isString() || node.isNumber()) {
      words.append(node.asString()).append(' ');
    } else {
      node.forEach(child -> collect(child, words));
    }
  }

  private static void forget(SubjectErased event, JdbcClient from) {
    from.sql("delete from audit_text where key_id = any (:keys)")
        .param("keys", event.keyIds().toArray(String[]::new))
        .update();
  }
}
