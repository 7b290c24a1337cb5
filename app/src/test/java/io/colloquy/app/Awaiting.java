package io.colloquy.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.JdbcTemplate;

/** Waits on conditions. */
public final class Awaiting {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private static final String AUDITED =
      "select (select count(*) from audit_entry) = (select count(*) from domain_event_entry)";

  private Awaiting() {}

  /** Waits until the audit log holds every event. */
  public static void untilAudited(JdbcTemplate sql) {
    until(
        "the audit log has all",
        () -> Boolean.TRUE.equals(sql.queryForObject(AUDITED, Boolean.class)));
  }

  /** Waits until it is so. */
  public static void until(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("still waiting until " + what).isBefore(end);
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }
}
