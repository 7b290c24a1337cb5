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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is left after the process ends, one way or the other. */
class RestartTest {

  private static final String QUESTION = "Show me Q2 sales by region with drill-down";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path home;

  @Test
  void aTurnKilledInTheMiddleIsFinishedAfterTheRestartWithNothingLostOrDoubled() throws Exception {
    List<JsonNode> before;
    String conversation;
    try (ServerProcess server = ServerProcess.start(home, Map.of())) {
      String base = server.base();
      RestClient rest = RestClient.signedIn(base, "manager");
      conversation = rest.openConversation();
      try (StompClient stomp = new StompClient(base, rest.token())) {
        stomp.subscribe(conversation, -1);
        stomp.ask(conversation, "t-0", "Total revenue");
        stomp.untilDone();
        // Reading the data takes two seconds now: a turn stands in its middle, its first words
        // already out.
        slowDownReading();
        stomp.ask(conversation, "t-1", QUESTION);
        before = stomp.until(frame -> frame.get("type").asString().equals("text"));
        server.kill();
      }
    }
    try (ServerProcess server = ServerProcess.start(home, Map.of())) {
      String base = server.base();
      RestClient rest = RestClient.signedIn(base, "manager");
      List<JsonNode> after;
      try (StompClient stomp = new StompClient(base, rest.token())) {
        stomp.subscribe(conversation, before.getLast().get("seq").asLong());
        after = stomp.untilDone();
        assertThat(after.getLast().get("type").asString()).isEqualTo("done");
      }
      assertThat(after)
          .filteredOn(frame -> frame.get("type").asString().equals("widget"))
          .hasSize(1);
      try (StompClient stomp = new StompClient(base, rest.token())) {
        stomp.subscribe(conversation, before.getFirst().get("seq").asLong() - 1);
        List<JsonNode> whole = stomp.untilDone();
        assertThat(whole.subList(0, before.size())).isEqualTo(before);
        assertThat(whole.subList(before.size(), whole.size())).isEqualTo(after);
      }
      assertThat(
              ask("select count(*) from domain_event_entry where payload_type = 'turn-submitted'"))
          .isEqualTo("2");
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
      assertThat(
              ask("select count(*) from domain_event_entry where payload_type = 'turn-submitted'"))
          .as("the repeated request had no second effect")
          .isEqualTo("2");
    }
  }

  @Test
  void anExportKilledInItsMiddleIsFinishedAfterTheRestart() throws Exception {
    String conversation;
    long seen;
    try (ServerProcess server = ServerProcess.start(home, Map.of())) {
      RestClient rest = RestClient.signedIn(server.base(), "exporter");
      conversation = rest.openConversation();
      try (StompClient stomp = new StompClient(server.base(), rest.token())) {
        stomp.subscribe(conversation, -1);
        stomp.ask(conversation, "t-1", QUESTION);
        List<JsonNode> frames = stomp.untilDone();
        seen = frames.getLast().get("seq").asLong();
        JsonNode widget =
            frames.stream()
                .filter(frame -> frame.get("type").asString().equals("widget"))
                .findFirst()
                .orElseThrow()
                .get("content");
        slowDownReading();
        stomp.send(
            "/app/conversations/" + conversation + "/actions",
            Map.of(
                "invocation_id", "i-1",
                "widget_id", widget.get("widget_id").asString(),
                "action_id", widget.at("/actions/0/action_id").asString()));
        awaitAuditOf("export-requested");
        server.kill();
      }
    }
    try (ServerProcess server = ServerProcess.start(home, Map.of())) {
      RestClient rest = RestClient.signedIn(server.base(), "exporter");
      try (StompClient stomp = new StompClient(server.base(), rest.token())) {
        stomp.subscribe(conversation, seen);
        JsonNode result =
            stomp.until(frame -> frame.get("type").asString().equals("action_result")).getLast();
        RestClient.Answer file =
            new RestClient(server.base(), null).get(result.at("/content/url").asString());
        assertThat(file.text()).startsWith("Region,Revenue ($)").contains("North");
      }
      assertThat(
              ask("select count(*) from domain_event_entry where payload_type like 'export-%ed'"))
          .as("requested, completed and downloaded, each once")
          .isEqualTo("3");
    }
  }

  @Test
  void aCleanStopLogsNoWarningAndTheNextStartGoesOnWhereTheProcessorsWere() throws Exception {
    String conversation;
    String tokens;
    try (ServerProcess server = ServerProcess.start(home, Map.of())) {
      String base = server.base();
      RestClient rest = RestClient.signedIn(base, "viewer");
      conversation = rest.openConversation();
      try (StompClient stomp = new StompClient(base, rest.token())) {
        stomp.subscribe(conversation, -1);
        stomp.ask(conversation, "t-1", QUESTION);
        stomp.untilDone();
      }
      awaitAuditOf("turn-completed");
      tokens = ask("select string_agg(convert_from(token, 'UTF8'), ' ') from token_entry");
      assertThat(server.stop()).isIn(0, 143);
      assertThat(server.log()).doesNotContain(" WARN ").doesNotContain(" ERROR ");
    }
    assertThat(tokens).contains("transactionId").doesNotContain("null");
    try (ServerProcess server = ServerProcess.start(home, Map.of())) {
      RestClient rest = RestClient.signedIn(server.base(), "viewer");
      JsonNode list = rest.get("/api/conversations").json().get("conversations");
      assertThat(list).hasSize(1);
      assertThat(list.get(0).get("conversation_id").asString()).isEqualTo(conversation);
      rest.openConversation();
      awaitAuditOf("conversation-opened");
      assertThat(
              ask(
                  "select count(*) = count(distinct event_id) and count(*) = max(seq) from audit_entry"))
          .as("nothing was projected twice")
          .isEqualTo("t");
      assertThat(server.log()).doesNotContain(" ERROR ");
    }
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

  private void slowDownReading() throws Exception {
    run(
        """
        alter table sample.sales rename to all_sales;
        create view sample.sales as select all_sales.* from (select pg_sleep(2)) as slowly, sample.all_sales;
        grant select on sample.sales to colloquy_reader
        """);
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
