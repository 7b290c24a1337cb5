package io.colloquy.query.audit;

import io.colloquy.proof.CanonicalJson;
import io.colloquy.proof.Checkpoint;
import io.colloquy.proof.Hashes;
import io.colloquy.proof.Problem;
import java.security.PublicKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks the audit log against itself, against the log it was made from, and against what was
 * signed. Works through it part by part, so that a log of any size can be checked.
 */
@Component
public class AuditVerification {

  private static final int PAGE = 500;

  private static final String ENTRIES =
      """
      select seq, event_id, at, type, revision, aggregate_type, aggregate_id, aggregate_seq, payload::text as payload,
             metadata::text as metadata, entry_hash, leaf_hash
      from audit_entry where seq >= :from order by seq limit :limit
      """;

  private static final String EVENTS =
      """
      select event_identifier as event_id, time_stamp as at, payload_type as type, payload_revision as revision,
             type as aggregate_type, aggregate_identifier as aggregate_id, sequence_number as aggregate_seq,
             payload::text as payload, meta_data::text as metadata, transaction_id::text as transaction, global_index
      from domain_event_entry where (transaction_id, global_index) > (:transaction::xid8, :index)
      order by transaction_id, global_index limit :limit
      """;

  private static final String PLACE_OF =
      """
      select transaction_id::text as transaction, global_index from domain_event_entry
      where event_identifier = (select event_id from audit_entry where seq = ?)
      """;

  private static final String PLACE_AT =
      """
      select transaction_id::text as transaction, global_index from domain_event_entry
      order by transaction_id, global_index offset ? limit 1
      """;

  private final JdbcClient jdbc;
  private final Checkpoints checkpoints;

  AuditVerification(JdbcClient jdbc, Checkpoints checkpoints) {
    this.jdbc = jdbc;
    this.checkpoints = checkpoints;
  }

  /**
   * What was checked.
   *
   * @param from the first entry of this part
   * @param to the last entry of this part; before {@code from} when there was none
   * @param size how many entries there are
   * @param checkpoints how many checkpoints in this part were checked: signature, root and head
   * @param latest the latest checkpoint in this part
   * @param complete whether the end was reached
   * @param problem the first thing that is not as it was written; null when all is
   */
  public record Verified(
      long from,
      long to,
      long size,
      int checkpoints,
      @Nullable Checkpoint latest,
      boolean complete,
      @Nullable Problem problem) {}

  private record Entry(
      long seq, String eventId, ObjectNode content, byte[] entryHash, byte[] leafHash) {

    static Entry of(ResultSet row) throws SQLException {
      long seq = row.getLong("seq");
      return new Entry(
          seq,
          row.getString("event_id"),
          AuditContent.of(seq, row),
          row.getBytes("entry_hash"),
          row.getBytes("leaf_hash"));
    }
  }

  /** Where in the event log an event stands. */
  private record Place(String transaction, long index) {

    static final Place BEFORE_ALL = new Place("0", -1);
  }

  private record Event(String eventId, ObjectNode content, Place place) {}

  /** What one page leaves for the next. */
  private record Reached(byte[] hash, Place place) {}

  /**
   * Checks a part.
   *
   * @param from its first entry
   * @param most how many entries
   */
  public Verified verify(long from, long most) {
    long size = checkpoints.size();
    long to = Math.min(size, from + most - 1);
    try {
      Reached reached =
          from == 1 ? new Reached(Hashes.beforeFirst(), Place.BEFORE_ALL) : at(from - 1);
      for (long begin = from; begin <= to; begin += PAGE) {
        int count = (int) Math.min(PAGE, to - begin + 1);
        reached = checkPage(begin, count, reached);
      }
      checkNodes(from - 1, to);
      List<Checkpoint> signed = checkpoints.between(from, Math.max(from, to));
      List<PublicKey> known = checkpoints.known();
      signed.forEach(checkpoint -> check(checkpoint, known));
      checkNothingBeyond(to, size);
      return new Verified(
          from,
          to,
          size,
          signed.size(),
          signed.isEmpty() ? null : signed.getLast(),
          to >= size,
          null);
    } catch (Damaged damaged) {
      return new Verified(from, to, size, 0, null, true, damaged.problem);
    }
  }

  /** An entry checked before. Where its event is missing by now, its number says where it stood. */
  private Reached at(long seq) {
    Place place =
        jdbc.sql(PLACE_OF)
            .param(seq)
            .query((row, number) -> new Place(row.getString(1), row.getLong(2)))
            .optional()
            .or(
                () ->
                    jdbc.sql(PLACE_AT)
                        .param(seq - 1)
                        .query((row, number) -> new Place(row.getString(1), row.getLong(2)))
                        .optional())
            .orElseThrow(() -> removed(seq, "event log"));
    return new Reached(hashOf(seq), place);
  }

  private byte[] hashOf(long seq) {
    return jdbc.sql("select entry_hash from audit_entry where seq = ?")
        .param(seq)
        .query((row, number) -> row.getBytes(1))
        .optional()
        .orElseThrow(() -> removed(seq, "audit log"));
  }

  private Reached checkPage(long begin, int count, Reached before) {
    List<Entry> entries =
        jdbc.sql(ENTRIES)
            .param("from", begin)
            .param("limit", count)
            .query((row, number) -> Entry.of(row))
            .list();
    List<Event> events =
        jdbc.sql(EVENTS)
            .param("transaction", before.place().transaction())
            .param("index", before.place().index())
            .param("limit", count)
            .query(
                (row, number) ->
                    new Event(
                        row.getString("event_id"),
                        AuditContent.of(0, row),
                        new Place(row.getString("transaction"), row.getLong("global_index"))))
            .list();
    byte[] previous = before.hash();
    for (int i = 0; i < count; i++) {
      long seq = begin + i;
      if (i >= entries.size() || entries.get(i).seq() != seq) {
        throw removed(seq, "audit log");
      }
      Entry entry = entries.get(i);
      check(entry, i < events.size() ? events.get(i) : null, previous);
      previous = entry.entryHash();
    }
    return new Reached(previous, events.getLast().place());
  }

  private void check(Entry entry, @Nullable Event event, byte[] previous) {
    byte[] canonical = CanonicalJson.of(entry.content());
    boolean genuine =
        Arrays.equals(Hashes.entry(previous, canonical), entry.entryHash())
            && Arrays.equals(Hashes.leaf(canonical), entry.leafHash());
    if (event == null) {
      throw genuine ? removed(entry.seq(), "event log") : inserted(entry.seq(), "audit log");
    }
    if (!event.eventId().equals(entry.eventId())) {
      throw displaced(entry, event, genuine);
    }
    if (!genuine) {
      throw changed(entry.seq(), "audit log");
    }
    byte[] logged = CanonicalJson.of(event.content().put("seq", entry.seq()));
    if (!Arrays.equals(logged, canonical)) {
      throw changed(entry.seq(), "event log");
    }
  }

  private Damaged displaced(Entry entry, Event event, boolean genuine) {
    boolean entryIsLogged = exists("domain_event_entry where event_identifier", entry.eventId());
    boolean eventIsAudited = exists("audit_entry where event_id", event.eventId());
    if (entryIsLogged && eventIsAudited) {
      return new Damaged(
          entry.seq(),
          "reordered",
          "In the %s entry %d is not in its place."
              .formatted(genuine ? "event log" : "audit log", entry.seq()));
    }
    if (entryIsLogged) {
      return genuine ? inserted(entry.seq(), "event log") : removed(entry.seq(), "audit log");
    }
    if (eventIsAudited) {
      return genuine ? removed(entry.seq(), "event log") : inserted(entry.seq(), "audit log");
    }
    return changed(entry.seq(), genuine ? "event log" : "audit log");
  }

  private boolean exists(String where, String id) {
    return jdbc.sql("select exists (select from %s = ?)".formatted(where))
        .param(id)
        .query(Boolean.class)
        .single();
  }

  private void checkNodes(long before, long now) {
    long wrong = new AuditTree(jdbc).firstWrongAfter(before, now);
    if (wrong > 0) {
      throw new Damaged(
          wrong,
          "tree",
          "The Merkle tree over the entries from %d on was changed.".formatted(wrong));
    }
  }

  private void check(Checkpoint checkpoint, List<PublicKey> known) {
    if (!checkpoints.isGenuine(checkpoint, known)) {
      throw new Damaged(
          checkpoint.size(),
          "signature",
          "The checkpoint at %d is not signed with a key of this log."
              .formatted(checkpoint.size()));
    }
    byte[] head = hashOf(checkpoint.size());
    if (!checkpoint.headHash().equals(HexFormat.of().formatHex(head))
        || !checkpoints.holds(checkpoint)) {
      throw new Damaged(
          checkpoint.size(),
          "changed",
          "Among the entries up to %d at least one was changed, with all hashes after it: the checkpoint signed at %s was over others."
              .formatted(checkpoint.size(), checkpoint.signedAt()));
    }
  }

  /** Entries cut off at the end leave a checkpoint over more than there is. */
  private void checkNothingBeyond(long to, long size) {
    if (to >= size) {
      checkpoints
          .latest()
          .filter(latest -> latest.size() > size)
          .ifPresent(
              latest -> {
                throw removed(size + 1, "audit log");
              });
    }
  }

  private static Damaged changed(long seq, String where) {
    return new Damaged(seq, "changed", "Entry %d was changed in the %s.".formatted(seq, where));
  }

  private static Damaged removed(long seq, String where) {
    return new Damaged(seq, "removed", "Entry %d was removed from the %s.".formatted(seq, where));
  }

  private static Damaged inserted(long seq, String where) {
    return new Damaged(
        seq, "inserted", "At entry %d something was inserted into the %s.".formatted(seq, where));
  }

  private static final class Damaged extends RuntimeException {

    private final transient Problem problem;

    Damaged(long seq, String kind, String sentence) {
      super(sentence, null, false, false);
      this.problem = new Problem(seq, kind, sentence);
    }
  }
}
