package io.colloquy.query.audit;

import io.colloquy.proof.CanonicalJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of an entry is hashed: all that the log holds of the event as it is stored, sealed parts and
 * all, and the entry's number. Its JSON is part of the proof and never changes.
 */
final class AuditContent {

  private AuditContent() {}

  /** The content of a row that has the log's own columns under the audit log's names. */
  static ObjectNode of(long seq, ResultSet row) throws SQLException {
    ObjectNode content =
        CanonicalJson.MAPPER
            .createObjectNode()
            .put("seq", seq)
            .put("event_id", row.getString("event_id"))
            .put("at", row.getObject("at", OffsetDateTime.class).toInstant().toString())
            .put("type", row.getString("type"));
    putIfThere(content, "revision", row);
    putIfThere(content, "aggregate_type", row);
    content.put("aggregate_id", row.getString("aggregate_id"));
    content.put("aggregate_seq", row.getLong("aggregate_seq"));
    content.set("payload", CanonicalJson.MAPPER.readTree(row.getString("payload")));
    content.set("metadata", CanonicalJson.MAPPER.readTree(row.getString("metadata")));
    return content;
  }

  private static void putIfThere(ObjectNode content, String name, ResultSet row)
      throws SQLException {
    String value = row.getString(name);
    if (value != null) {
      content.put(name, value);
    }
  }
}
