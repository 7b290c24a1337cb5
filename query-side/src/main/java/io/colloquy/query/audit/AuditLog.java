package io.colloquy.query.audit;

import io.colloquy.api.privacy.SubjectEvent.SubjectErased;
import io.colloquy.proof.CanonicalJson;
import io.colloquy.proof.Hashes;
import io.colloquy.query.batch.EventBatch;
import io.colloquy.query.batch.Projection;
import java.sql.ResultSet;
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
      select :before + place, event_identifier, time_stamp, payload_type, payload_revision, type, aggregate_identifier,
             sequence_number, payload, meta_data, decode(entry_hash, 'hex'), decode(leaf_hash, 'hex')
      from unnest(:ids, :entry_hashes, :leaf_hashes) with ordinality as row (id, entry_hash, leaf_hash, place)
      join domain_event_entry on event_identifier = row.id
      """;

  private static final String APPEND_TEXT =
      """
      insert into audit_text (seq, key_id, words)
      select :before + place, key_id, to_tsvector('simple', words)
      from unnest(:keys, :words) with ordinality as row (key_id, words, place)
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

  /** Entries by column. What they hold the database copies from the log. */
  private static final class Entries {

    private final String[] ids;
    private final String[] entryHashes;
    private final String[] leafHashes;
    private final @Nullable String[] keys;
    private final String[] words;
    private int count;

    Entries(int size) {
      ids = new String[size];
      entryHashes = new String[size];
      leafHashes = new String[size];
      keys = new @Nullable String[size];
      words = new String[size];
    }

    void add(String id, byte[] entryHash, byte[] leafHash, @Nullable String key, String text) {
      ids[count] = id;
      entryHashes[count] = HexFormat.of().formatHex(entryHash);
      leafHashes[count] = HexFormat.of().formatHex(leafHash);
      keys[count] = key;
      words[count++] = text;
    }

    void append(long before, JdbcClient into) {
      into.sql(APPEND)
          .param("before", before)
          .param("ids", ids)
          .param("entry_hashes", entryHashes)
          .param("leaf_hashes", leafHashes)
          .update();
      into.sql(APPEND_TEXT)
          .param("before", before)
          .param("keys", keys)
          .param("words", words)
          .update();
    }
  }

  @Override
  public void project(List<EventMessage<?>> events, JdbcClient into) {
    Map<String, ObjectNode> stored = stored(events, into);
    Last last =
        into.sql(LAST)
            .query((row, number) -> new Last(row.getLong(1), row.getBytes(2)))
            .optional()
            .orElse(new Last(0, Hashes.beforeFirst()));
    Entries entries = new Entries(events.size());
    byte[] hash = last.hash();
    for (EventMessage<?> event : events) {
      ObjectNode content = Objects.requireNonNull(stored.get(event.getIdentifier()));
      byte[] canonical = CanonicalJson.of(content.put("seq", last.seq() + entries.count + 1));
      hash = Hashes.entry(hash, canonical);
      JsonNode payload = content.path("payload");
      String key = payload.path("sealed").path("key").asString(null);
      entries.add(
          event.getIdentifier(), hash, Hashes.leaf(canonical), key, words(payload, key, event));
    }
    entries.append(last.seq(), into);
    new AuditTree(into).grow(last.seq(), last.seq() + entries.count);
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
  private String words(JsonNode payload, @Nullable String key, EventMessage<?> event) {
    StringBuilder words = new StringBuilder();
    collect(
        key == null ? payload : event.serializePayload(events, JsonNode.class).getData(), words);
    return words.toString();
  }

  /** By name: an event just read has its parts in another order than one read back as an object. */
  private static void collect(JsonNode node, StringBuilder words) {
    if (words.length() > MOST_WORDS) {
      return;
    }
    if (node.isString() || node.isNumber()) {
      words.append(node.asString()).append(' ');
    } else if (node instanceof ObjectNode object) {
      object.propertyNames().stream().sorted().forEach(name -> collect(object.path(name), words));
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
