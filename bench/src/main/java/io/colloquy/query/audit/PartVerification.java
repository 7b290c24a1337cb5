package io.colloquy.query.audit;

import io.colloquy.proof.CanonicalJson;
import io.colloquy.proof.Hashes;
import io.colloquy.proof.SigningKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * How fast a large audit log is verified, by the part of it that begins in its middle. A log is
 * verified part by part, so the whole of it takes as many times as long as there are parts.
 */
final class PartVerification {

  /** The entries of two kept subtrees of 65 536. */
  private static final int ENTRIES = 131_072;

  private static final int PAGE = 1000;

  private static final String LOG =
      """
      insert into domain_event_entry (event_identifier, aggregate_identifier, sequence_number, type, payload_type,
                                      payload_revision, payload, meta_data, time_stamp)
      select event_id, aggregate_id, aggregate_seq, aggregate_type, type, revision, payload, metadata, at
      from audit_entry where seq between ? and ? order by seq
      """;

  private static final String STORED =
      """
      select seq, event_id, at, type, revision, aggregate_type, aggregate_id, aggregate_seq, payload::text as payload,
             metadata::text as metadata
      from audit_entry where seq between ? and ? order by seq
      """;

  private static final String HASHED =
      "update audit_entry set entry_hash = ?, leaf_hash = ? where seq = ?";

  private PartVerification() {}

  /** Entries a second, in a log of so many that have no hashes yet. */
  static double perSecond(JdbcTemplate sql, JdbcClient jdbc, long size) {
    long first = size / 2 / 65_536 * 65_536 + 1;
    long last = first + ENTRIES - 1;
    sql.update(LOG, first - 1, last);
    hash(sql, first, last);
    new AuditTree(jdbc).grow(first - 1, last);
    AuditVerification verification =
        new AuditVerification(
            jdbc, new Checkpoints(jdbc, "bench", SigningKey.generate(), Clock.systemUTC()));
    verification.verify(first, ENTRIES / 4);
    long begin = System.nanoTime();
    AuditVerification.Verified verified = verification.verify(first, ENTRIES);
    long nanos = System.nanoTime() - begin;
    if (verified.problem() != null || verified.to() != last) {
      throw new IllegalStateException("not verified: " + verified);
    }
    return ENTRIES * 1e9 / nanos;
  }

  private static void hash(JdbcTemplate sql, long first, long last) {
    sql.execute("alter table audit_entry disable trigger append_only");
    byte[] before =
        sql.query(
                "select entry_hash from audit_entry where seq = ?",
                (row, number) -> row.getBytes(1),
                first - 1)
            .getFirst();
    for (long from = first; from <= last; from += PAGE) {
      long to = Math.min(last, from + PAGE - 1);
      List<ObjectNode> contents =
          sql.query(STORED, (row, number) -> AuditContent.of(row.getLong("seq"), row), from, to);
      List<Object[]> hashes = new ArrayList<>();
      for (ObjectNode content : contents) {
        byte[] canonical = CanonicalJson.of(content);
        before = Hashes.entry(before, canonical);
        hashes.add(new Object[] {before, Hashes.leaf(canonical), content.get("seq").longValue()});
      }
      sql.batchUpdate(HASHED, hashes);
    }
    sql.execute("alter table audit_entry enable trigger append_only");
    sql.execute("vacuum analyze audit_entry");
  }
}
