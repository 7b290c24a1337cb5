package io.colloquy.app.audit;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Permissions;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.audit.AuditQuery.FindEntries;
import io.colloquy.api.audit.AuditQuery.Page;
import io.colloquy.app.access.Caller;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit log, for auditors alone. */
@RestController
class AuditController {

  private static final int LARGEST_PAGE = 1000;

  private final QueryGateway queries;

  AuditController(QueryGateway queries) {
    this.queries = queries;
  }

  @GetMapping("/api/audit/entries")
  Page entries(
      @RequestParam(required = false) @Nullable String actor,
      @RequestParam(required = false) @Nullable String conversation,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(defaultValue = "0") String cursor,
      @RequestParam(defaultValue = "200") int limit,
      @Caller Actor caller) {
    if (!caller.holds(Permissions.AUDITOR)) {
      throw new Refusal(ErrorCode.NOT_PERMITTED, "Only auditors read the audit log.");
    }
    if (!cursor.matches("\\d{1,18}")) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "\"cursor\" must be one that an earlier page gave.");
    }
    return queries
        .query(
            new FindEntries(
                actor,
                conversation,
                type,
                outcome,
                instant(from, "from"),
                instant(to, "to"),
                Long.parseLong(cursor),
                Math.clamp(limit, 1, LARGEST_PAGE)),
            Page.class)
        .join();
  }

  private static @Nullable String instant(@Nullable String text, String name) {
    try {
      return text == null || text.isBlank() ? null : Instant.parse(text).toString();
    } catch (DateTimeParseException notAnInstant) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "\"%s\" must be an instant like 2026-11-24T10:30:00Z.".formatted(name));
    }
  }
}
