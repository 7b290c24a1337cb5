package io.colloquy.query.audit;

import io.colloquy.proof.Hashes;
import io.colloquy.proof.MerkleTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The Merkle tree over the audit log. Of its complete subtrees only those of 256, 65 536, … entries
 * are kept; the others are computed from at most 255 hashes below.
 */
final class AuditTree implements MerkleTree.Subtrees {

  private static final int LEVELS = 8;

  private final JdbcClient jdbc;

  AuditTree(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public byte[] hash(int level, long index) {
    int kept = level / LEVELS * LEVELS;
    if (kept == level && level > 0) {
      return jdbc.sql("select hash from audit_node where level = ? and index = ?")
          .params(level, index)
          .query((row, number) -> row.getBytes(1))
          .single();
    }
    return join(below(kept, index << (level - kept), 1L << (level - kept)));
  }

  private List<byte[]> below(int level, long first, long count) {
    List<byte[]> hashes =
        (level == 0
                ? jdbc.sql(
                        "select leaf_hash from audit_entry where seq between ? and ? order by seq")
                    .params(first + 1, first + count)
                : jdbc.sql(
                        """
                        select hash from audit_node where level = ? and index between ? and ?
                        order by index
                        """)
                    .params(level, first, first + count - 1))
            .query((row, number) -> row.getBytes(1))
            .list();
    if (hashes.size() != count) {
      throw new IllegalStateException("entries of the audit log are missing");
    }
    return hashes;
  }

  private static byte[] join(List<byte[]> hashes) {
    List<byte[]> level = hashes;
    while (level.size() > 1) {
      List<byte[]> above = new ArrayList<>(level.size() / 2);
      for (int i = 0; i < level.size(); i += 2) {
        above.add(Hashes.node(level.get(i), level.get(i + 1)));
      }
      level = above;
    }
    return level.getFirst();
  }

  /** Keeps the subtrees that are complete now that the log has grown. */
  void grow(long before, long now) {
    for (int level = LEVELS; now >> level > 0; level += LEVELS) {
      for (long index = before >> level; index < now >> level; index++) {
        byte[] hash = join(below(level - LEVELS, index << LEVELS, 1L << LEVELS));
        jdbc.sql("insert into audit_node (level, index, hash) values (?, ?, ?)")
            .params(level, index, hash)
            .update();
      }
    }
  }

  /**
   * The first entry below a kept subtree that is not what its parts make it; 0 when all are.
   *
   * @param before subtrees that were complete at this size are not looked at
   */
  long firstWrongAfter(long before, long now) {
    for (int level = LEVELS; now >> level > 0; level += LEVELS) {
      for (long index = before >> level; index < now >> level; index++) {
        byte[] made = join(below(level - LEVELS, index << LEVELS, 1L << LEVELS));
        byte[] kept =
            jdbc.sql("select hash from audit_node where level = ? and index = ?")
                .params(level, index)
                .query((row, number) -> row.getBytes(1))
                .optional()
                .orElse(new byte[0]);
        if (!Arrays.equals(made, kept)) {
          return (index << level) + 1;
        }
      }
    }
    return 0;
  }
}
