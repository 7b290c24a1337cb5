package io.colloquy.app.audit;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.audit.AuditEvent.AuditExported;
import io.colloquy.api.audit.AuditQuery.Filter;
import io.colloquy.api.json.Json;
import io.colloquy.app.access.ActorEvents;
import io.colloquy.proof.CanonicalJson;
import io.colloquy.proof.Checkpoint;
import io.colloquy.proof.ExportLine;
import io.colloquy.proof.Selection;
import io.colloquy.query.audit.AuditRows;
import io.colloquy.query.audit.Checkpoints;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * Takes entries out as a file. A checkpoint is signed first, which covers all the file holds; that
 * somebody took it out is in the log before they have it.
 */
@Component
class AuditExport {

  private static final int EARLIER_CHECKPOINTS = 1000;
  private static final String FORMULA_STARTS = "=+-@\t\r";
  private static final List<String> COLUMNS =
      List.of(
          "seq",
          "at",
          "type",
          "actor",
          "outcome",
          "conversation_id",
          "turn_id",
          "widget_id",
          "action_id",
          "event_id",
          "content",
          "metadata",
          "entry_hash");

  private final AuditRows rows;
  private final Checkpoints checkpoints;
  private final ActorEvents events;

  AuditExport(AuditRows rows, Checkpoints checkpoints, ActorEvents events) {
    this.rows = rows;
    this.checkpoints = checkpoints;
    this.events = events;
  }

  ResponseEntity<StreamingResponseBody> of(Filter filter, AuditFormat format, Actor caller) {
    Checkpoint covering =
        checkpoints
            .sign()
            .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "The log holds nothing yet."));
    events.publish(
        new AuditExported(format.wireName(), filter.conditions(), covering.size()), caller);
    String filename = "audit-%d.%s".formatted(covering.size(), format.wireName());
    StreamingResponseBody body =
        out -> {
          switch (format) {
            case JSONL -> lines(filter, covering, out);
            case CSV -> table(filter, covering, out);
            case PDF -> new AuditReport(rows).write(filter, covering, out);
          }
        };
    return ResponseEntity.ok()
        .contentType(format.mediaType())
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(filename).build().toString())
        .body(body);
  }

  /** As the verifier reads it. Entries stand as they are stored: what is sealed stays sealed. */
  private void lines(Filter filter, Checkpoint covering, OutputStream out) throws IOException {
    boolean whole = filter.equals(Filter.ALL);
    Selection.Ranges seqs = new Selection.Ranges();
    try (Writer writer = writer(out)) {
      write(
          writer,
          new ExportLine.Header(
              1, checkpoints.keys().stream().map(Checkpoints.PublishedKey::publicKey).toList()));
      rows.read(
          filter,
          covering.size(),
          row -> {
            long seq = row.entry().seq();
            seqs.add(seq);
            write(
                writer,
                new ExportLine.Entry(
                    row.content(),
                    row.previousHash(),
                    row.entry().entryHash(),
                    whole ? null : checkpoints.path(seq, covering.size())));
          });
      Checkpoint earlier = null;
      for (Checkpoint checkpoint : signedUntil(covering)) {
        write(writer, new ExportLine.Signed(checkpoint));
        if (earlier != null) {
          write(
              writer,
              new ExportLine.Consistency(
                  earlier.size(),
                  checkpoint.size(),
                  checkpoints.consistency(earlier, checkpoint).path()));
        }
        earlier = checkpoint;
      }
      String asked =
          new String(
              CanonicalJson.of(Json.MAPPER.valueToTree(filter.conditions())),
              StandardCharsets.UTF_8);
      write(
          writer,
          new ExportLine.Selected(checkpoints.select(covering.size(), asked, seqs.toString())));
    }
  }

  private List<Checkpoint> signedUntil(Checkpoint covering) {
    return checkpoints.list(covering.size() + 1, EARLIER_CHECKPOINTS).reversed();
  }

  private static void write(Writer writer, ExportLine line) throws IOException {
    writer.write(line.json());
    writer.write('\n');
  }

  /** The last row is the checkpoint. */
  private void table(Filter filter, Checkpoint covering, OutputStream out) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader(COLUMNS.toArray(String[]::new)).get();
    try (CSVPrinter csv = new CSVPrinter(writer(out), format)) {
      rows.read(
          filter,
          covering.size(),
          row -> {
            var entry = row.entry();
            csv.printRecord(
                entry.seq(),
                entry.at(),
                entry.type(),
                cell(entry.actor()),
                entry.outcome(),
                cell(entry.conversationId()),
                cell(entry.turnId()),
                cell(entry.widgetId()),
                cell(entry.actionId()),
                entry.eventId(),
                Json.MAPPER.writeValueAsString(entry.payload()),
                Json.MAPPER.writeValueAsString(entry.metadata()),
                entry.entryHash());
          });
      csv.printRecord(
          covering.size(),
          covering.signedAt(),
          "checkpoint",
          covering.keyId(),
          "",
          "",
          "",
          "",
          "",
          "",
          Json.MAPPER.writeValueAsString(covering),
          "",
          covering.headHash());
    }
  }

  /** A spreadsheet must not take what somebody wrote for a formula. */
  private static String cell(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    return FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static Writer writer(OutputStream out) {
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }
}
