package io.colloquy.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.Awaiting;
import io.colloquy.app.RestClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** One server that lives on while its database does not, or can hardly be reached. */
class DatabaseFaultTest {

  private static final int PEOPLE = 4;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private interface Fault {
    void happen() throws Exception;
  }

  private record Named(String name, Fault fault) {}

  @Test
  void theServerOutlivesItsDatabaseAndLosesNothing() throws Exception {
    try (Installation installation = Installation.in(folder);
        ServerProcess server = installation.startNode();
        Load load = new Load(1)) {
      String base = server.base();
      RestClient ada = installation.client(base, "ada");
      for (int i = 0; i < 3; i++) {
        load.conversations().add(ada.openConversation());
      }
      List<Named> faults =
          List.of(
              new Named(
                  "PostgreSQL is stopped and started",
                  () -> {
                    installation.stopDatabase();
                    installation.startDatabase();
                  }),
              new Named(
                  "PostgreSQL is killed and started",
                  () -> {
                    installation.killDatabase();
                    installation.startDatabase();
                  }),
              new Named(
                  "the connections are cut",
                  () -> {
                    installation.network().cut();
                    pause(Duration.ofMillis(500));
                    installation.network().mend();
                  }),
              new Named(
                  "the connections are slow",
                  () -> {
                    installation.network().slowDown(Duration.ofMillis(100));
                    pause(Duration.ofSeconds(2));
                    installation.network().slowDown(Duration.ZERO);
                  }));
      for (Named fault : faults) {
        int before = load.acknowledged();
        load.start(PEOPLE, () -> ada);
        Awaiting.until("there is load", () -> load.acknowledged() > before + 3);
        fault.fault().happen();
        int after = load.acknowledged();
        Awaiting.until("it serves again", () -> load.acknowledged() > after + 3);
        load.close();
        JdbcTemplate sql = installation.sql();
        Awaiting.until("all is done after " + fault.name(), () -> Load.allHasEnded(sql));
        load.assertInLogOnce(sql);
        load.assertEndedOnce(sql);
        try (FreshProjections fresh =
            new FreshProjections(installation.jdbcUrl(), installation.home())) {
          fresh.assertEqual();
        }
        assertThat(ada.get("/actuator/health").status()).as(fault.name()).isEqualTo(200);
        assertThat(ada.get("/api/audit/verify").json().has("problem")).isFalse();
        System.out.printf(
            "After \"%s\": %d acknowledged commands, each in the log once%n",
            fault.name(), load.acknowledged());
      }
    }
  }

  private static void pause(Duration time) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(time.toMillis()));
  }
}
