package io.colloquy.api.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an auditor asks of the log. */
public sealed interface AuditQuery {

  /**
   * Which entries are asked for; every condition given must hold.
   *
   * @param actor who caused the event
   * @param conversation the conversation it happened in
   * @param widget the widget it is about
   * @param action the action it is about
   * @param type the event's logical name
   * @param outcome {@code ok}, {@code denied} or {@code failed}
   * @param permission what the actor was permitted at that moment
   * @param from not before this instant, ISO-8601
   * @param to before this instant, ISO-8601
   * @param text words that stand in it, as people write them in a search box
   */
  record Filter(
      @Nullable String actor,
      @Nullable String conversation,
      @Nullable String widget,
      @Nullable String action,
      @Nullable String type,
      @Nullable String outcome,
      @Nullable String permission,
      @Nullable String from,
      @Nullable String to,
      @Nullable String text) {

    /** Everything. */
    public static final Filter ALL =
        new Filter(null, null, null, null, null, null, null, null, null, null);

    /** The conditions by their names, those that are given. */
    public Map<String, Object> conditions() {
      Map<String, Object> conditions = new LinkedHashMap<>();
      put(conditions, "actor", actor);
      put(conditions, "conversation", conversation);
      put(conditions, "widget", widget);
      put(conditions, "action", action);
      put(conditions, "type", type);
      put(conditions, "outcome", outcome);
      put(conditions, "permission", permission);
      put(conditions, "from", from);
      put(conditions, "to", to);
      put(conditions, "text", text);
      return conditions;
    }

    private static void put(Map<String, Object> map, String name, @Nullable String value) {
      if (value != null) {
        map.put(name, value);
      }
    }
  }

  /**
   * A page of entries. The log only grows at its end, so pages of a cursor stay what they are.
   *
   * @param cursor the last entry of the page before; absent for the first page
   * @param descending the latest first
   * @param limit at most this many
   */
  record FindEntries(Filter filter, @Nullable Long cursor, boolean descending, int limit)
      implements AuditQuery {}

  /** One entry with what it goes back to and what it led to. */
  record FindEntry(long seq) implements AuditQuery {}

  /** How much happened over time, from the first entry to now where the filter does not say. */
  record FindActivity(Filter filter) implements AuditQuery {}

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
   * @param content {@code open} when nothing of it is personal, {@code sealed} when its personal
   *     content can be read here, {@code erased} when it is gone
   * @param payload the event, with its personal content where that is not erased
   * @param entryHash its hash in the chain, hexadecimal
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
      @Nullable String widgetId,
      @Nullable String actionId,
      String actor,
      String outcome,
      String content,
      Map<String, Object> payload,
      Map<String, Object> metadata,
      String entryHash) {}

  /**
   * An entry among those of the same beginning.
   *
   * @param related they all, in the order of the log, the entry too; each names its cause in {@code
   *     causation_id} of its metadata, which is another's {@code event_id} or the command where it
   *     began
   */
  record EntryInFull(Entry entry, List<Entry> related) {}

  /**
   * How much happened over time.
   *
   * @param step the length of a span, in seconds
   * @param spans those in which something happened
   */
  record Activity(String from, String to, long step, List<Span> spans) {}

  /** A span of time. */
  record Span(String at, long ok, long denied, long failed) {}
}
