package io.colloquy.query.audit;

import io.colloquy.proof.Checkpoint;
import io.colloquy.proof.MerkleTree;
import io.colloquy.proof.Selection;
import io.colloquy.proof.SigningKey;
import java.security.PublicKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Signed statements of what the audit log held, and the proofs that go with them. */
public final class Checkpoints {

  private static final HexFormat HEX = HexFormat.of();

  private final JdbcClient jdbc;
  private final MerkleTree tree;
  private final String origin;
  private final SigningKey key;
  private final Clock clock;

  /**
   * Checkpoints of the audit log in a database.
   *
   * @param origin names the log
   * @param key signs
   */
  public Checkpoints(JdbcClient jdbc, String origin, SigningKey key, Clock clock) {
    this.jdbc = jdbc;
    this.tree = new MerkleTree(new AuditTree(jdbc));
    this.origin = origin;
    this.key = key;
    this.clock = clock;
  }

  /** A public key that checkpoints were signed with. */
  public record PublishedKey(String keyId, String publicKey, String since) {}

  /** Proves that an entry is in the log of a checkpoint. */
  public record Inclusion(long seq, String leafHash, Checkpoint checkpoint, List<String> path) {}

  /** Proves that the log of a checkpoint goes on from that of an earlier one. */
  public record Consistency(Checkpoint earlier, Checkpoint checkpoint, List<String> path) {}

  /** How many entries there are. */
  public long size() {
    return jdbc.sql("select coalesce(max(seq), 0) from audit_entry").query(Long.class).single();
  }

  /** Signs what the log holds now; the same size is signed once. Empty while it holds nothing. */
  public Optional<Checkpoint> sign() {
    long size = size();
    if (size == 0) {
      return Optional.empty();
    }
    return find(size).or(() -> Optional.of(sign(size)));
  }

  private Checkpoint sign(long size) {
    byte[] head =
        jdbc.sql("select entry_hash from audit_entry where seq = ?")
            .param(size)
            .query((row, number) -> row.getBytes(1))
            .single();
    Checkpoint made =
        Checkpoint.sign(
            origin,
            size,
            tree.root(size),
            head,
            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
            key);
    publish();
    jdbc.sql(
            """
            insert into audit_checkpoint (size, origin, root_hash, head_hash, signed_at, key_id, signature)
            values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """)
        .params(
            made.size(),
            made.origin(),
            made.rootHash(),
            made.headHash(),
            made.signedAt(),
            made.keyId(),
            made.signature())
        .update();
    return made;
  }

  /** Others may know the key only once it stands beside what it signs. */
  private void publish() {
    jdbc.sql("insert into audit_key (key_id, public_key) values (?, ?) on conflict do nothing")
        .params(key.id(), SigningKey.text(key.published()))
        .update();
  }

  /** The latest. */
  public Optional<Checkpoint> latest() {
    return list(null, 1).stream().findFirst();
  }

  /**
   * Checkpoints, the latest first.
   *
   * @param before only smaller ones
   */
  public List<Checkpoint> list(@Nullable Long before, int limit) {
    return jdbc.sql(
            """
            select * from audit_checkpoint where :before::bigint is null or size < :before::bigint
            order by size desc limit :limit
            """)
        .param("before", before)
        .param("limit", limit)
        .query((row, number) -> checkpoint(row))
        .list();
  }

  /** The checkpoint of a size, if it was signed. */
  public Optional<Checkpoint> find(long size) {
    return jdbc.sql("select * from audit_checkpoint where size = ? order by signed_at limit 1")
        .param(size)
        .query((row, number) -> checkpoint(row))
        .optional();
  }

  /** All between two sizes, both included, in order. */
  List<Checkpoint> between(long from, long to) {
    return jdbc.sql("select * from audit_checkpoint where size between ? and ? order by size")
        .params(from, to)
        .query((row, number) -> checkpoint(row))
        .list();
  }

  private static Checkpoint checkpoint(ResultSet row) throws SQLException {
    return new Checkpoint(
        row.getString("origin"),
        row.getLong("size"),
        row.getString("root_hash"),
        row.getString("head_hash"),
        row.getString("signed_at"),
        row.getString("key_id"),
        row.getString("signature"));
  }

  /** The keys it was ever signed with. */
  public List<PublishedKey> keys() {
    publish();
    return published();
  }

  private List<PublishedKey> published() {
    return jdbc.sql("select * from audit_key order by since")
        .query(
            (row, number) ->
                new PublishedKey(
                    row.getString("key_id"),
                    row.getString("public_key"),
                    row.getTimestamp("since").toInstant().toString()))
        .list();
  }

  /** The same, to check signatures with. */
  List<PublicKey> known() {
    return published().stream().map(key -> SigningKey.publicKey(key.publicKey())).toList();
  }

  /** Whether it is signed with one of the keys. */
  boolean isGenuine(Checkpoint checkpoint, List<PublicKey> known) {
    return checkpoint.origin().equals(origin) && known.stream().anyMatch(checkpoint::isSignedBy);
  }

  /** Whether the log still has the root that a checkpoint says. */
  boolean holds(Checkpoint checkpoint) {
    return HEX.formatHex(tree.root(checkpoint.size())).equals(checkpoint.rootHash());
  }

  /** The path from an entry's leaf to a checkpoint's root. */
  public Inclusion inclusion(long seq, Checkpoint checkpoint) {
    byte[] leaf =
        jdbc.sql("select leaf_hash from audit_entry where seq = ?")
            .param(seq)
            .query((row, number) -> row.getBytes(1))
            .single();
    return new Inclusion(seq, HEX.formatHex(leaf), checkpoint, path(seq, checkpoint.size()));
  }

  /** The path alone. */
  public List<String> path(long seq, long size) {
    return tree.inclusion(seq - 1, size).stream().map(HEX::formatHex).toList();
  }

  /** The proof that one checkpoint's log begins with another's. */
  public Consistency consistency(Checkpoint earlier, Checkpoint checkpoint) {
    return new Consistency(
        earlier,
        checkpoint,
        tree.consistency(earlier.size(), checkpoint.size()).stream().map(HEX::formatHex).toList());
  }

  /** Signs which entries an export holds. */
  public Selection select(long size, String filter, String seqs) {
    return Selection.sign(size, filter, seqs, key);
  }
}
