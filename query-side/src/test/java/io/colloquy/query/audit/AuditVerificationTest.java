package io.colloquy.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.db.privacy.TestSeal;
import io.colloquy.proof.CanonicalJson;
import io.colloquy.proof.Checkpoint;
import io.colloquy.proof.Hashes;
import io.colloquy.proof.MerkleTree;
import io.colloquy.proof.Problem;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditVerificationTest {

  private static final int SIZE = 700;
  private static final HexFormat HEX = HexFormat.of();

  private static final AuditDatabase LOG = new AuditDatabase();

  @BeforeAll
  static void aLogWithCheckpoints() {
    LOG.append(300);
    LOG.project(100);
    LOG.checkpoints.sign();
    LOG.append(SIZE - 300);
    LOG.project(128);
    LOG.checkpoints.sign();
  }

  @AfterAll
  static void close() {
    LOG.close();
  }

  private AuditVerification.Verified verify() {
    return LOG.verification.verify(1, Long.MAX_VALUE / 2);
  }

  @Test
  void aLogThatNobodyTouchedIsAsWrittenWholeOrPartByPart() {
    AuditVerification.Verified whole = verify();
    assertThat(whole.problem()).isNull();
    assertThat(whole.complete()).isTrue();
    assertThat(whole.to()).isEqualTo(SIZE);
    assertThat(whole.checkpoints()).isEqualTo(2);

    long from = 1;
    int checkpoints = 0;
    AuditVerification.Verified part;
    do {
      part = LOG.verification.verify(from, 111);
      assertThat(part.problem()).isNull();
      checkpoints += part.checkpoints();
      from = part.to() + 1;
    } while (!part.complete());
    assertThat(from).isEqualTo(SIZE + 1);
    assertThat(checkpoints).isEqualTo(2);
  }

  /**
   * Tampering, each in a copy of the log: the statement, what it is, and the first entry it hits.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          changed   | 42  | event log | update domain_event_entry set payload = jsonb_set(payload, '{turn_id}', '"x"') where global_index = (select global_index from domain_event_entry order by global_index offset 41 limit 1)
          changed   | 42  | event log | update domain_event_entry set meta_data = jsonb_set(meta_data, '{actor}', '"x"') where global_index = (select global_index from domain_event_entry order by global_index offset 41 limit 1)
          changed   | 42  | event log | update domain_event_entry set time_stamp = time_stamp - interval '1 second' where global_index = (select global_index from domain_event_entry order by global_index offset 41 limit 1)
          removed   | 42  | event log | delete from domain_event_entry where global_index = (select global_index from domain_event_entry order by global_index offset 41 limit 1)
          removed   | 700 | event log | delete from domain_event_entry where global_index = (select max(global_index) from domain_event_entry)
          inserted  | 42  | event log | insert into domain_event_entry (global_index, transaction_id, event_identifier, aggregate_identifier, sequence_number, payload_type, payload, meta_data, time_stamp) overriding system value select -global_index, transaction_id, 'forged', 'x', 0, payload_type, payload, meta_data, time_stamp from domain_event_entry order by global_index offset 41 limit 1
          reordered | 42  | event log | update domain_event_entry set transaction_id = (select max(transaction_id) from domain_event_entry) where global_index = (select global_index from domain_event_entry order by global_index offset 41 limit 1)
          changed   | 42  | audit log | update audit_entry set payload = jsonb_set(payload, '{turn_id}', '"x"') where seq = 42
          changed   | 42  | audit log | update audit_entry set metadata = jsonb_set(metadata, '{actor}', '"x"') where seq = 42
          changed   | 42  | audit log | update audit_entry set type = 'x' where seq = 42
          changed   | 42  | audit log | update audit_entry set entry_hash = sha256('x') where seq = 42
          changed   | 42  | audit log | update audit_entry set leaf_hash = sha256('x') where seq = 42
          removed   | 42  | audit log | delete from audit_entry where seq = 42
          removed   | 1   | audit log | delete from audit_entry where seq = 1
          removed   | 700 | audit log | delete from audit_entry where seq = 700
          removed   | 42  | audit log | delete from audit_entry where seq = 42; update audit_entry set seq = -seq + 1 where seq > 42; update audit_entry set seq = -seq where seq < 0
          inserted  | 42  | audit log | update audit_entry set seq = -seq - 1 where seq >= 42; update audit_entry set seq = -seq where seq < 0; insert into audit_entry (seq, event_id, at, type, aggregate_id, aggregate_seq, payload, metadata, entry_hash, leaf_hash) select 42, 'forged', at, type, 'x', 0, payload, metadata, entry_hash, leaf_hash from audit_entry where seq = 41
          reordered | 42  | audit log | update audit_entry set seq = -seq where seq in (42, 43); update audit_entry set seq = case seq when -42 then 43 else 42 end where seq < 0
          tree      | 257 | Merkle    | update audit_node set hash = sha256('x') where level = 8 and index = 1
          signature | 300 | checkpoint | update audit_checkpoint set root_hash = repeat('a', 64) where size = 300
          """)
  void whatIsTamperedWithIsNamed(String kind, long seq, String where, String statement) {
    Problem problem = Objects.requireNonNull(LOG.verifiedAfter(statement).problem());
    assertThat(problem.kind()).as(problem.sentence()).isEqualTo(kind);
    assertThat(problem.seq()).as(problem.sentence()).isEqualTo(seq);
    assertThat(problem.sentence()).contains(where);
  }

  @Test
  void whoChangesBothLogsAndMakesAllHashesAnewIsFoundByTheCheckpoints() {
    String event =
        "update domain_event_entry set payload = jsonb_set(payload, '{turn_id}', '\"%s\"') where global_index = (select global_index from domain_event_entry order by global_index offset 41 limit 1)";
    LOG.tamper(event.formatted("x"));
    LOG.tamper("truncate audit_entry, audit_node, audit_text");
    LOG.projectAnew(97);

    Problem problem = Objects.requireNonNull(verify().problem());
    LOG.tamper(event.formatted("t-41"));
    LOG.tamper("truncate audit_entry, audit_node, audit_text");
    LOG.projectAnew(500);
    assertThat(verify().problem()).as("with all put back").isNull();
    assertThat(problem.kind()).isEqualTo("changed");
    assertThat(problem.sentence()).contains("up to 300", "signed at");
  }

  @Test
  void proofsHoldAgainstWhatWasSignedAndNothingElse() {
    Checkpoint early = LOG.checkpoints.find(300).orElseThrow();
    Checkpoint late = LOG.checkpoints.latest().orElseThrow();
    assertThat(late.size()).isEqualTo(SIZE);

    for (long seq : new long[] {1, 2, 255, 256, 257, 299, 300}) {
      for (Checkpoint checkpoint : List.of(early, late)) {
        Checkpoints.Inclusion proof = LOG.checkpoints.inclusion(seq, checkpoint);
        List<byte[]> path = proof.path().stream().map(HEX::parseHex).toList();
        byte[] root = HEX.parseHex(checkpoint.rootHash());
        byte[] leaf = HEX.parseHex(proof.leafHash());
        assertThat(MerkleTree.includes(leaf, seq - 1, checkpoint.size(), path, root)).isTrue();
        assertThat(MerkleTree.includes(leaf, seq, checkpoint.size(), path, root)).isFalse();
      }
    }
    Checkpoints.Consistency consistency = LOG.checkpoints.consistency(early, late);
    assertThat(
            MerkleTree.extended(
                early.size(),
                HEX.parseHex(early.rootHash()),
                late.size(),
                HEX.parseHex(late.rootHash()),
                consistency.path().stream().map(HEX::parseHex).toList()))
        .isTrue();
  }

  @Test
  void theTreeOfTheDatabaseIsThatOfTheRfc() {
    MerkleTree.Growing growing = new MerkleTree.Growing();
    LOG.jdbc
        .sql(
            "select seq, event_id, at, type, revision, aggregate_type, aggregate_id, aggregate_seq, payload::text as payload, metadata::text as metadata from audit_entry order by seq")
        .query((row, number) -> AuditContent.of(row.getLong("seq"), row))
        .list()
        .forEach(content -> growing.add(Hashes.leaf(CanonicalJson.of(content))));

    assertThat(LOG.checkpoints.latest().orElseThrow().rootHash())
        .isEqualTo(HEX.formatHex(growing.root()));
  }

  @Test
  void howTheEventsWereBatchedMakesNoDifference() {
    String hashes =
        "select string_agg(encode(entry_hash, 'hex'), ',' order by seq) from audit_entry";
    String nodes =
        "select string_agg(encode(hash, 'hex'), ',' order by level, index) from audit_node";
    String before = LOG.sql.queryForObject(hashes, String.class);
    String nodesBefore = LOG.sql.queryForObject(nodes, String.class);
    LOG.tamper("truncate audit_entry, audit_node, audit_text");

    LOG.projectAnew(97);

    assertThat(LOG.sql.queryForObject(hashes, String.class)).isEqualTo(before);
    assertThat(LOG.sql.queryForObject(nodes, String.class)).isEqualTo(nodesBefore);
  }

  @Test
  void withPersonalContentErasedEverythingVerifiesStill() {
    assertThat(TestSeal.keys(LOG.owner).erase("user-1")).hasSize(1);

    assertThat(verify().problem()).isNull();
  }
}
