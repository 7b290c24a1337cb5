package io.colloquy.query.audit;

import io.colloquy.api.audit.AuditQuery.Entry;
import io.colloquy.api.audit.AuditQuery.Filter;
import io.colloquy.api.audit.AuditQuery.FindEntries;
import io.colloquy.proof.Hashes;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Reads entries with what they are proved by, for taking them out. */
@Component
public class AuditRows {

  private static final int PAGE = 500;
  private static final String STORED =
      """
      select entry.seq, entry.event_id, entry.at, entry.type, entry.revision, entry.aggregate_type, entry.aggregate_id,
             entry.aggregate_seq, entry.payload::text as payload, entry.metadata::text as metadata,
             before.entry_hash as previous_hash
      from audit_entry entry left join audit_entry before on before.seq = entry.seq - 1
      where entry.seq = any (:seqs)
      """;

  private final AuditEntries entries;
  private final JdbcClient jdbc;

  AuditRows(AuditEntries entries, JdbcClient jdbc) {
    this.entries = entries;
    this.jdbc = jdbc;
  }

  /**
   * An entry.
   *
   * @param entry as people read it
   * @param content as it is stored and hashed
   * @param previousHash the chain's hash before it, hexadecimal
   */
  public record Row(Entry entry, ObjectNode content, String previousHash) {}

  /** Takes rows, one after the other. */
  public interface Sink {
    void take(Row row) throws IOException;
  }

  private record Stored(long seq, ObjectNode content, String previousHash) {}

  /** Gives all entries that match, in order, up to a size of the log. */
  public void read(Filter filter, long size, Sink sink) throws IOException {
    Condition where = entries.where(filter);
    long position = 0;
    boolean more = true;
    while (more) {
      var page = entries.page(where, new FindEntries(filter, position, false, PAGE));
      List<Entry> found = page.entries().stream().filter(entry -> entry.seq() <= size).toList();
      Map<Long, Stored> stored = stored(found);
      for (Entry entry : found) {
        Stored as = stored.get(entry.seq());
        if (as != null) {
          sink.take(new Row(entry, as.content(), as.previousHash()));
        }
        position = entry.seq();
      }
      more = page.more() && found.size() == page.entries().size();
    }
  }

  private Map<Long, Stored> stored(List<Entry> found) {
    return jdbc
        .sql(STORED)
        .param("seqs", found.stream().map(Entry::seq).toArray(Long[]::new))
        .query(
            (row, number) -> {
              long seq = row.getLong("seq");
              byte[] previous = row.getBytes("previous_hash");
              return new Stored(
                  seq,
                  AuditContent.of(seq, row),
                  HexFormat.of().formatHex(previous == null ? Hashes.beforeFirst() : previous));
            })
        .list()
        .stream()
        .collect(Collectors.toMap(Stored::seq, row -> row));
  }
}
