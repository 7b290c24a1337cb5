package io.colloquy.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.Awaiting;
import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** A server that is killed again and again while people use it. */
class KillTest {

  /** As many as fit beside all the other tests; CONTRIBUTING.md tells how to have more. */
  private static final int ROUNDS = Integer.getInteger("kill.rounds", 6);

  /** After so many rounds it is killed once more, while it starts. */
  private static final int KILLED_STARTING = 3;

  private static final int LONGEST_LOAD_MILLIS = 1200;
  private static final int LONGEST_START_MILLIS = 3000;
  private static final int PEOPLE = 4;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void whatWasAcknowledgedIsInTheLogOnceHoweverOftenTheServerIsKilled() throws Exception {
    long seed = Long.getLong("kill.seed", System.nanoTime());
    Random random = new Random(seed);
    System.out.printf("Killing a server %d times, seed %d%n", ROUNDS, seed);
    Load load = new Load(seed);
    try (Installation installation = Installation.in(folder)) {
      JdbcTemplate sql = installation.sql();
      FreshProjections fresh = null;
      String followed = null;
      List<JsonNode> seen = new ArrayList<>();
      for (int round = 1; round <= ROUNDS; round++) {
        if (round % KILLED_STARTING == 0) {
          try (ServerProcess server = installation.startNode()) {
            pause(random.nextInt(LONGEST_START_MILLIS));
            server.kill();
          }
        }
        try (ServerProcess server = installation.startNode()) {
          String base = server.base();
          RestClient ada = installation.client(base, "ada");
          if (followed == null) {
            followed = ada.openConversation();
            load.conversations().add(followed);
            fresh = new FreshProjections(installation.jdbcUrl(), installation.home());
          }
          try (Follower follower = new Follower(base, ada.token(), followed, seen)) {
            load.start(PEOPLE, () -> ada);
            pause(random.nextInt(LONGEST_LOAD_MILLIS));
            server.kill();
            load.close();
          }
        }
        load.assertInLogOnce(sql);
        fresh.assertEqual();
      }
      try (ServerProcess server = installation.startNode()) {
        everythingEnds(installation, server, load, sql);
        theFollowerSawWhatTheLogHolds(installation, server, followed, seen);
        fresh.assertEqual();
        assertThat(server.stop()).isIn(0, 143);
      }
      fresh.close();
      System.out.printf(
          "Killed %d times under load and %d times while starting: %d acknowledged commands and %d events, each there once;"
              + " projections and hashes as those of a process that was never killed%n",
          ROUNDS,
          ROUNDS / KILLED_STARTING,
          load.acknowledged(),
          sql.queryForObject("select count(*) from domain_event_entry", Long.class));
    }
  }

  private static void everythingEnds(
      Installation installation, ServerProcess server, Load load, JdbcTemplate sql)
      throws Exception {
    RestClient auditor = installation.client(server.base(), "auditor");
    Awaiting.until("all work has ended", () -> Load.allHasEnded(sql));
    load.assertInLogOnce(sql);
    load.assertEndedOnce(sql);
    JsonNode verified = auditor.get("/api/audit/verify").json();
    assertThat(verified.has("problem")).as(verified.toString()).isFalse();
  }

  private static void theFollowerSawWhatTheLogHolds(
      Installation installation, ServerProcess server, String followed, List<JsonNode> seen)
      throws Exception {
    RestClient ada = installation.client(server.base(), "ada");
    List<JsonNode> all = new ArrayList<>();
    long after = -1;
    while (true) {
      JsonNode page = ada.get("/api/conversations/" + followed + "/frames?after=" + after).json();
      page.get("frames").forEach(all::add);
      if (!page.hasNonNull("next")) {
        break;
      }
      after = page.get("next").asLong();
    }
    assertThat(seen).isNotEmpty();
    assertThat(all.subList(0, seen.size())).as("frames, in order and once").isEqualTo(seen);
  }

  private static void pause(int millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Somebody who reads along, and goes on at the next server after the last frame seen. */
  private static final class Follower implements AutoCloseable {

    private final StompClient stomp;
    private final List<JsonNode> seen;

    Follower(String base, String token, String conversation, List<JsonNode> seen) throws Exception {
      this.seen = seen;
      this.stomp = new StompClient(base, token);
      stomp.subscribe(conversation, seen.isEmpty() ? -1 : seen.getLast().get("seq").asLong());
    }

    @Override
    public void close() {
      seen.addAll(stomp.received());
      stomp.close();
    }
  }
}
