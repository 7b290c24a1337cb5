package io.colloquy.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is left after the process ends, one way or the other. */
class RestartTest {

  private static final String QUESTION = "Show me Q2 sales by region with drill-down";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path home;

  /**
   * One life of a server: killed in the middle of a turn, killed in the middle of an export,
   * stopped cleanly, and started each time where it stood.
   */
  @Test
  void whatIsKilledInItsMiddleIsFinishedAfterTheRestartWithNothingLostOrDoubled() throws Exception {
    String conversation;
    List<JsonNode> before;
    try (ServerProcess server = ServerProcess.start(home, Map.of())) {
      RestClient rest = RestClient.signedIn(server.base(), "admin");
      conversation = rest.openConversation();
      try (StompClient stomp = new StompClient(server.base(), rest.token())) {
        stomp.subscribe(conversation, -1);
        stomp.ask(conversation, "t-0", "Total revenue");
        stomp.untilDone();
        // Reading the data takes two seconds now: a turn stands in its middle, its first words
        // already out.
        run(SlowReading.BEGIN);
        stomp.ask(conversation, "t-1", QUESTION);
        before = stomp.until(frame -> frame.get("type").asString().equals("text"));
        server.kill();
      }
    }
    long seen;
    try (ServerProcess server = ServerProcess.start(home, Map.of())) {
      List<JsonNode> after = theTurnIsFinished(server, conversation, before);
      seen = after.getLast().get("seq").asLong();
      anExportIsKilledInItsMiddle(server, conversation, after);
    }
    try (ServerProcess server = ServerProcess.start(home, Map.of())) {
      theExportIsFinished(server, conversation, seen);
      run(SlowReading.END);
      theProcessorsGoOnWhereTheyWere(server);
      String tokens = ask("select string_agg(convert_from(token, 'UTF8'), ' ') from token_entry");
      assertThat(tokens).contains("transactionId").doesNotContain("null");
      assertThat(server.stop()).isIn(0, 143);
    }
    try (ServerProcess server = ServerProcess.start(home, Map.of())) {
      RestClient rest = RestClient.signedIn(server.base(), "admin");
      JsonNode list = rest.get("/api/conversations").json().get("conversations");
      assertThat(list).hasSize(2);
      assertThat(list.get(1).get("conversation_id").asString()).isEqualTo(conversation);
      theProcessorsGoOnWhereTheyWere(server);
      assertThat(server.stop()).isIn(0, 143);
      assertThat(server.log()).doesNotContain(" WARN ").doesNotContain(" ERROR ");
    }
  }

  private List<JsonNode> theTurnIsFinished(
      ServerProcess server, String conversation, List<JsonNode> before) throws Exception {
    String base = server.base();
    RestClient rest = RestClient.signedIn(base, "admin");
    List<JsonNode> after;
    try (StompClient stomp = new StompClient(base, rest.token())) {
      stomp.subscribe(conversation, before.getLast().get("seq").asLong());
      after = stomp.untilDone();
      assertThat(after.getLast().get("type").asString()).isEqualTo("done");
    }
    assertThat(after).filteredOn(frame -> frame.get("type").asString().equals("widget")).hasSize(1);
    try (StompClient stomp = new StompClient(base, rest.token())) {
      stomp.subscribe(conversation, before.getFirst().get("seq").asLong() - 1);
      List<JsonNode> whole = stomp.untilDone();
      assertThat(whole.subList(0, before.size())).isEqualTo(before);
      assertThat(whole.subList(before.size(), whole.size())).isEqualTo(after);
    }
    String submitted =
        "select count(*) from domain_event_entry where payload_type = 'turn-submitted'";
    assertThat(ask(submitted)).isEqualTo("2");
    assertThat(
            ask(
                "select count(*) = max(sequence_number) + 1 from domain_event_entry"
                    + " where aggregate_identifier = '"
                    + conversation
                    + "'"))
        .as("no gap in the conversation")
        .isEqualTo("t");
    assertThat(
            rest.post(
                    "/api/conversations/" + conversation + "/turns",
                    Map.of("turn_id", "t-1", "content", QUESTION))
                .status())
        .isEqualTo(202);
    assertThat(ask(submitted)).as("the repeated request had no second effect").isEqualTo("2");
    return after;
  }

  private void anExportIsKilledInItsMiddle(
      ServerProcess server, String conversation, List<JsonNode> frames) throws Exception {
    JsonNode widget =
        frames.stream()
            .filter(frame -> frame.get("type").asString().equals("widget"))
            .findFirst()
            .orElseThrow()
            .get("content");
    String export =
        StreamSupport.stream(widget.get("actions").spliterator(), false)
            .filter(action -> action.get("type").asString().equals("download"))
            .findFirst()
            .orElseThrow()
            .get("action_id")
            .asString();
    RestClient rest = RestClient.signedIn(server.base(), "admin");
    try (StompClient stomp = new StompClient(server.base(), rest.token())) {
      stomp.send(
          "/app/conversations/" + conversation + "/actions",
          Map.of(
              "invocation_id",
              "i-1",
              "widget_id",
              widget.get("widget_id").asString(),
              "action_id",
              export));
      awaitAuditOf("export-requested");
      server.kill();
    }
  }

  private void theExportIsFinished(ServerProcess server, String conversation, long seen)
      throws Exception {
    RestClient rest = RestClient.signedIn(server.base(), "admin");
    try (StompClient stomp = new StompClient(server.base(), rest.token())) {
      stomp.subscribe(conversation, seen);
      JsonNode result =
          stomp.until(frame -> frame.get("type").asString().equals("action_result")).getLast();
      RestClient.Answer file =
          new RestClient(server.base(), null).get(result.at("/content/url").asString());
      assertThat(file.text()).startsWith("Region,Revenue ($)").contains("North");
    }
    assertThat(ask("select count(*) from domain_event_entry where payload_type like 'export-%ed'"))
        .as("requested, completed and downloaded, each once")
        .isEqualTo("3");
  }

  private void theProcessorsGoOnWhereTheyWere(ServerProcess server) throws Exception {
    RestClient.signedIn(server.base(), "admin").openConversation();
    awaitAuditOf("conversation-opened");
    assertThat(
            ask(
                "select count(*) = count(distinct event_id) and count(*) = max(seq) from audit_entry"))
        .as("nothing was projected twice")
        .isEqualTo("t");
  }

  @Test
  void contradictorySettingsStopTheStartWithASentence() throws Exception {
    try (ServerProcess server =
        ServerProcess.start(home, Map.of("DATAFLOW_DATABASE_URL", "postgresql://localhost/none"))) {
      assertThat(server.exitCode()).isNotZero();
      assertThat(server.log()).contains("APPLICATION FAILED TO START", "Set COLLOQUY_OIDC_ISSUER");
    }
    try (ServerProcess server =
        ServerProcess.start(
            home, Map.of("AWS_S3_BUCKET", "exports", "AWS_EC2_METADATA_DISABLED", "true"))) {
      assertThat(server.exitCode()).isNotZero();
      assertThat(server.log()).contains("APPLICATION FAILED TO START", "set AWS_REGION");
    }
  }

  private void awaitAuditOf(String lastType) throws Exception {
    Instant patience = Instant.now().plusSeconds(20);
    while (!lastType.equals(ask("select type from audit_entry order by seq desc limit 1"))) {
      assertThat(Instant.now()).isBefore(patience);
    }
  }

  private Connection database() throws Exception {
    String port = Files.readAllLines(home.resolve("postgres/postmaster.pid")).get(3);
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:"
            + port
            + "/postgres?user=postgres&password="
            + Files.readString(home.resolve("postgres.password")));
  }

  private void run(String sql) throws Exception {
    try (Connection connection = database()) {
      connection.createStatement().execute(sql);
    }
  }

  private String ask(String sql) throws Exception {
    try (Connection connection = database();
        ResultSet answer = connection.createStatement().executeQuery(sql)) {
      return answer.next() ? answer.getString(1) : "";
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }
}
