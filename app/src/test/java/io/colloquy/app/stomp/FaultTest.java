package io.colloquy.app.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.Awaiting;
import io.colloquy.app.ColloquyTest;
import io.colloquy.app.CuttableNetwork;
import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import io.colloquy.app.config.ColloquySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.socket.config.WebSocketMessageBrokerStats;
import tools.jackson.databind.JsonNode;

/** Clients, clocks and disks that do not do what they should. */
@ColloquyTest
class FaultTest {

  private static final String QUESTION = "Sales by region in 2025";

  @LocalServerPort int port;
  @Autowired JdbcTemplate sql;
  @Autowired WebSocketMessageBrokerStats connections;
  @Autowired ColloquySettings settings;

  private String base() {
    return "http://localhost:" + port;
  }

  private long count(String query, Object... values) {
    return Objects.requireNonNull(sql.queryForObject(query, Long.class, values));
  }

  private int open() {
    return Objects.requireNonNull(connections.getWebSocketSessionStats()).getWebSocketSessions();
  }

  @Test
  void aClientThatDoesNotReadIsDroppedAloneAndGoesOnWhereItWas() throws Exception {
    RestClient manager = RestClient.signedIn(base(), "manager");
    String conversation = manager.openConversation();
    try (CuttableNetwork slow = new CuttableNetwork(port, 8192);
        StompClient quick = new StompClient(base(), manager.token());
        StompClient stuck = new StompClient(slow.base(), manager.token())) {
      quick.subscribe(conversation, -1);
      stuck.subscribe(conversation, -1);
      quick.send(
          "/app/conversations/" + conversation + "/state",
          Map.of("event", "filter_update", "data", Map.of("key", "region", "value", "North")));
      stuck.until(frame -> true);
      long memory = memory();
      int before = open();
      slow.stall(true);
      // More than all buffers between here and there hold.
      String large = "x".repeat(20_000);
      int changes = 600;
      for (int i = 0; i < changes; i++) {
        quick.send(
            "/app/conversations/" + conversation + "/state",
            Map.of("event", "filter_update", "data", Map.of("key", "region", "value", i + large)));
      }
      List<JsonNode> all =
          quick.until(frame -> frame.toString().contains("\"" + (changes - 1) + "xxx"));
      Awaiting.until("it is dropped", () -> open() < before);
      assertThat(quick.isConnected()).isTrue();
      assertThat(memory() - memory).as("bytes it cost").isLessThan(100L << 20);
      slow.stall(false);
      List<JsonNode> got = new ArrayList<>(stuck.received());
      long last = got.isEmpty() ? 0 : got.getLast().get("seq").asLong();
      try (StompClient again = new StompClient(base(), manager.token())) {
        again.subscribe(conversation, last);
        got.addAll(again.until(frame -> frame.equals(all.getLast())));
      }
      assertThat(got).isEqualTo(all.subList(all.size() - got.size(), all.size()));
      assertThat(got.getLast()).isEqualTo(all.getLast());
    }
  }

  private static long memory() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void whatComesTwiceOrInTheWrongOrderHasItsEffectOnce() throws Exception {
    RestClient manager = RestClient.signedIn(base(), "manager");
    String conversation = manager.openConversation();
    try (StompClient stomp = new StompClient(base(), manager.token())) {
      stomp.subscribe(conversation, -1);
      stomp.send("/app/conversations/" + conversation + "/turns/t-1/cancel", Map.of());
      assertThat(stomp.error().get("code").asString())
          .as("stopped before it is asked")
          .isEqualTo("turn_not_found");
      List<Runnable> messages = new ArrayList<>();
      for (int turn = 1; turn <= 5; turn++) {
        String id = "t-" + turn;
        Runnable asked = () -> stomp.ask(conversation, id, QUESTION);
        messages.addAll(List.of(asked, asked, asked));
      }
      Collections.shuffle(messages, new Random(7));
      messages.forEach(Runnable::run);
      for (int turn = 1; turn <= 5; turn++) {
        stomp.untilDone();
      }
      JsonNode widget =
          manager
              .get("/api/conversations/" + conversation + "/frames")
              .json()
              .get("frames")
              .valueStream()
              .filter(frame -> frame.get("type").asString().equals("widget"))
              .findFirst()
              .orElseThrow()
              .get("content");
      Map<String, Object> click =
          Map.of(
              "invocation_id",
              "i-1",
              "widget_id",
              widget.get("widget_id").asString(),
              "action_id",
              widget.get("actions").get(0).get("action_id").asString());
      for (int i = 0; i < 4; i++) {
        stomp.send("/app/conversations/" + conversation + "/actions", click);
      }
      stomp.until(frame -> frame.get("type").asString().equals("action_result"));
    }
    String inLog =
        "select count(*) from domain_event_entry where aggregate_identifier = ? and payload_type = ?";
    assertThat(count(inLog, conversation, "turn-submitted")).isEqualTo(5);
    assertThat(count(inLog, conversation, "turn-completed")).isEqualTo(5);
    assertThat(count(inLog, conversation, "action-authorized")).isEqualTo(1);
  }

  @Test
  void aClockThatJumpsChangesNoOrder() throws Exception {
    RestClient manager = RestClient.signedIn(base(), "manager");
    String conversation = manager.openConversation();
    Clock right = GenericEventMessage.clock;
    try (StompClient stomp = new StompClient(base(), manager.token())) {
      stomp.subscribe(conversation, -1);
      for (int hours : new int[] {0, 5, -7, 0}) {
        GenericEventMessage.clock = Clock.offset(right, Duration.ofHours(hours));
        assertThat(stomp.answer(conversation, QUESTION).getLast().get("type").asString())
            .isEqualTo("done");
      }
    } finally {
      GenericEventMessage.clock = right;
    }
    long before = -1;
    for (JsonNode frame :
        manager.get("/api/conversations/" + conversation + "/frames").json().get("frames")) {
      assertThat(frame.get("seq").asLong()).isGreaterThan(before);
      before = frame.get("seq").asLong();
    }
    assertThat(manager.get("/api/conversations/" + conversation).json().get("turns")).hasSize(4);
    Awaiting.until(
        "all of it is in the audit log",
        () ->
            count("select count(*) from audit_entry where aggregate_id = ?", conversation)
                == count(
                    "select count(*) from domain_event_entry where aggregate_identifier = ?",
                    conversation));
    assertThat(
            RestClient.signedIn(base(), "auditor").get("/api/audit/verify").json().has("problem"))
        .isFalse();
  }

  @Test
  void anExportThatCannotBeWrittenFailsClearlyAndCanBeHadLater() throws Exception {
    RestClient manager = RestClient.signedIn(base(), "manager");
    String conversation = manager.openConversation();
    Path exports = settings.home().resolve("exports");
    Path aside = settings.home().resolve("exports-aside");
    try (StompClient stomp = new StompClient(base(), manager.token())) {
      stomp.subscribe(conversation, -1);
      JsonNode widget = StompClient.content(stomp.answer(conversation, QUESTION), "widget");
      String download =
          widget
              .get("actions")
              .valueStream()
              .filter(action -> action.get("type").asString().equals("download"))
              .findFirst()
              .orElseThrow()
              .get("action_id")
              .asString();
      Map<String, Object> click =
          Map.of("widget_id", widget.get("widget_id").asString(), "action_id", download);
      blockExports(exports, aside);
      RestClient.Answer refused;
      try {
        refused = manager.post("/api/widget/action", click);
      } finally {
        unblockExports(exports, aside);
      }
      assertThat(refused.code()).isEqualTo("internal_error");
      assertThat(refused.text()).doesNotContain(exports.toString(), "Exception");
      assertThat(manager.post("/api/widget/action", click).status()).isEqualTo(200);
    }
  }

  /** A file where the folder is to be: not even root can write into it. */
  private static void blockExports(Path exports, Path aside) throws IOException {
    if (Files.exists(exports)) {
      Files.move(exports, aside);
    }
    Files.createFile(exports);
  }

  private static void unblockExports(Path exports, Path aside) throws IOException {
    Files.delete(exports);
    if (Files.exists(aside)) {
      Files.move(aside, exports);
    }
  }
}
