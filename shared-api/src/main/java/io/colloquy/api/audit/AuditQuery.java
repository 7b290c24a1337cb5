package io.colloquy.api.audit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an auditor asks of the log. */
public sealed interface AuditQuery {

  /**
   * Entries in the order of the log; every condition given must hold.
   *
   * @param actor who caused the event
   * @param conversation the conversation it happened in
   * @param type the event's logical name
   * @param outcome {@code ok}, {@code denied} or {@code failed}
   * @param from not before this instant, ISO-8601
   * @param to before this instant, ISO-8601
   * @param after only entries with a higher sequence number
   * @param limit at most this many
   */
  record FindEntries(
      @Nullable String actor,
      @Nullable String conversation,
      @Nullable String type,
      @Nullable String outcome,
      @Nullable String from,
      @Nullable String to,
      long after,
      int limit)
      implements AuditQuery {}

  /**
   * A page of entries.
   *
   * @param entries the entries
   * @param nextCursor ask again with it for the entries that follow; the log grows, so there always
   *     is one
   * @param more whether entries follow already
   */
  record Page(List<Entry> entries, String nextCursor, boolean more) {}

  /**
   * An event as the audit log holds it.
   *
   * @param seq its place in the log, from 1, without gaps
   * @param type the event's logical name
   * @param revision the revision of its JSON
   * @param aggregateSeq its place in its aggregate
   * @param outcome {@code ok}, {@code denied} or {@code failed}
   */
  record Entry(
      long seq,
      String eventId,
      String at,
      String type,
      @Nullable String revision,
      @Nullable String aggregateType,
      String aggregateId,
      long aggregateSeq,
      @Nullable String conversationId,
      @Nullable String turnId,
      String actor,
      String outcome,
      Map<String, Object> payload,
      Map<String, Object> metadata) {}
}
