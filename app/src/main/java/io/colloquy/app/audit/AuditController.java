package io.colloquy.app.audit;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.audit.AuditQuery.Activity;
import io.colloquy.api.audit.AuditQuery.EntryInFull;
import io.colloquy.api.audit.AuditQuery.Filter;
import io.colloquy.api.audit.AuditQuery.FindActivity;
import io.colloquy.api.audit.AuditQuery.FindEntries;
import io.colloquy.api.audit.AuditQuery.FindEntry;
import io.colloquy.api.audit.AuditQuery.Page;
import io.colloquy.app.access.Allowed;
import io.colloquy.app.access.Caller;
import java.time.Instant;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** The audit log, for auditors alone. */
@RestController
@RequestMapping("/api/audit")
class AuditController {

  private static final int LARGEST_PAGE = 1000;

  private final QueryGateway queries;
  private final AuditExport exports;

  AuditController(QueryGateway queries, AuditExport exports) {
    this.queries = queries;
    this.exports = exports;
  }

  /** A page of entries; pages follow each other by their cursors. */
  @GetMapping("/entries")
  Page entries(
      @ModelAttribute Filter asked,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "asc") String order,
      @RequestParam(defaultValue = "200") int limit,
      @Caller Actor caller) {
    Allowed.audit(caller);
    if (!order.matches("asc|desc")) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, "\"order\" must be asc or desc.");
    }
    if (cursor != null && !cursor.matches("\\d{1,18}")) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "\"cursor\" must be one that an earlier page gave.");
    }
    return queries
        .query(
            new FindEntries(
                AuditConditions.checked(asked),
                cursor == null ? null : Long.valueOf(cursor),
                order.equals("desc"),
                Math.clamp(limit, 1, LARGEST_PAGE)),
            Page.class)
        .join();
  }

  /** All entries that match, as a file, with the checkpoint that covers it. */
  @GetMapping("/entries.{format:csv|jsonl|pdf}")
  ResponseEntity<StreamingResponseBody> export(
      @PathVariable String format, @ModelAttribute Filter asked, @Caller Actor caller) {
    Allowed.audit(caller);
    return exports.of(AuditConditions.checked(asked), AuditFormat.of(format), caller);
  }

  /** An entry, with all that goes back to the same beginning. */
  @GetMapping("/entries/{seq}")
  EntryInFull entry(@PathVariable long seq, @Caller Actor caller) {
    Allowed.audit(caller);
    EntryInFull entry = queries.query(new FindEntry(seq), EntryInFull.class).join();
    if (entry == null) {
      throw new Refusal(ErrorCode.NOT_FOUND, "There is no such entry.");
    }
    return entry;
  }

  /** How much happened, and was refused or failed, over time. */
  @GetMapping("/activity")
  Activity activity(@ModelAttribute Filter asked, @Caller Actor caller) {
    Allowed.audit(caller);
    Filter filter = AuditConditions.checked(asked);
    if (filter.from() != null
        && filter.to() != null
        && !Instant.parse(filter.from()).isBefore(Instant.parse(filter.to()))) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, "\"from\" must be before \"to\".");
    }
    return queries.query(new FindActivity(filter), Activity.class).join();
  }
}
