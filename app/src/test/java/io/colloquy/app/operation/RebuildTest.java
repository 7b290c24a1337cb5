package io.colloquy.app.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.Awaiting;
import io.colloquy.app.RestClient;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** Projections are built anew while the system serves; what one cannot take in waits. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "colloquy.home=target/home-${random.uuid}")
class RebuildTest {

  private static final String PROJECTIONS = "/api/operations/projections";

  @LocalServerPort int port;
  @Autowired JdbcTemplate sql;

  @Autowired
  @Qualifier("ownerDataSource")
  DataSource owner;

  private RestClient as(String user) {
    return RestClient.signedIn("http://localhost:" + port, user);
  }

  private String askSomething() {
    RestClient manager = as("manager");
    String conversation = manager.openConversation();
    manager.post(
        "/ai/chat", Map.of("session_id", conversation, "message", "Total revenue in 2025"));
    Awaiting.until(
        "it is projected",
        () -> manager.get("/api/conversations/" + conversation).text().contains("completed"));
    return conversation;
  }

  private String contentOf(String table) {
    return String.valueOf(
        sql.queryForObject(
            "select count(*) || ' ' || md5(string_agg(t::text, '' order by t::text)) from %s t"
                .formatted(table),
            String.class));
  }

  private JsonNode rebuilt(String group) {
    RestClient admin = as("admin");
    assertThat(admin.post(PROJECTIONS + "/" + group + "/rebuild", Map.of()).status())
        .isEqualTo(202);
    Awaiting.until(
        group + " is built",
        () -> !stateOf(admin, group).path("state").asString("").equals("building"));
    JsonNode ended = stateOf(admin, group);
    assertThat(ended.get("state").asString()).as(ended.toString()).isEqualTo("done");
    assertThat(ended.get("events")).isEqualTo(ended.get("total"));
    return ended;
  }

  private static JsonNode stateOf(RestClient admin, String group) {
    for (JsonNode projection : admin.get(PROJECTIONS).json().get("projections")) {
      if (projection.get("group").asString().equals(group)) {
        return projection.path("rebuild");
      }
    }
    throw new AssertionError(group);
  }

  @ParameterizedTest
  @CsvSource({
    "widget-cache, widget, true",
    "conversation-state, conversation, true",
    "conversation-state, turn, true",
    "audit-log, audit_entry, false"
  })
  void aProjectionBuiltAnewIsTheOneThereWasAndGoesOn(String group, String table, boolean replaced) {
    askSomething();
    Awaiting.untilAudited(sql);
    String before = contentOf(table);

    assertThat(rebuilt(group).get("replaced").asBoolean()).isEqualTo(replaced);

    if (!table.equals("audit_entry")) {
      assertThat(contentOf(table)).isEqualTo(before);
    }
    String next = askSomething();
    Awaiting.until(
        "the audit log goes on",
        () ->
            as("auditor")
                .get("/api/audit/entries?conversation=" + next)
                .text()
                .contains("turn-completed"));
    assertThat(as("auditor").get("/api/audit/verify").json().has("problem")).isFalse();
    Awaiting.until(
        "that is in the log",
        () ->
            as("auditor")
                .get("/api/audit/entries?type=projection-rebuilt")
                .text()
                .contains("\"group\":\"" + group + "\""));
  }

  @Test
  void anAuditLogThatWasTamperedWithIsReplacedAndTheOtherKept() throws SQLException {
    askSomething();
    Awaiting.untilAudited(sql);
    tamper("update audit_entry set payload = '{\"forged\": true}' where seq = 2");
    JsonNode problem = as("auditor").get("/api/audit/verify").json().get("problem");
    assertThat(problem.get("kind").asString()).isEqualTo("changed");
    assertThat(problem.get("seq").asLong()).isEqualTo(2);

    assertThat(rebuilt("audit-log").get("replaced").asBoolean()).isTrue();

    assertThat(as("auditor").get("/api/audit/verify").json().has("problem")).isFalse();
    JdbcTemplate all = new JdbcTemplate(owner);
    String kept =
        all.queryForObject(
            "select table_name from information_schema.tables where table_schema = 'replaced'",
            String.class);
    assertThat(
            all.queryForObject(
                "select payload::text from replaced.%s where seq = 2".formatted(kept),
                String.class))
        .contains("forged");
  }

  @Test
  void anEventThatCannotBeTakenInWaitsWithThoseBehindItAndOthersGoOn() throws SQLException {
    String stuck = askSomething();
    tamper(
        """
        create function too_much() returns trigger language plpgsql as $$
        begin
          if new.conversation_id = '%s' then raise exception 'out of paper'; end if;
          return new;
        end $$;
        create trigger too_much before insert on turn for each row execute function too_much()"""
            .formatted(stuck));
    RestClient manager = as("manager");
    manager.post("/ai/chat", Map.of("session_id", stuck, "message", "Sales by region"));
    RestClient admin = as("admin");
    Awaiting.until(
        "it waits",
        () -> admin.get("/api/operations/dead-letters").text().contains("turn-completed"));
    JsonNode letters = admin.get("/api/operations/dead-letters").json().get("dead_letters");
    assertThat(letters.get(0).get("type").asString()).isEqualTo("turn-submitted");
    assertThat(letters.get(0).get("cause").asString()).contains("out of paper");
    assertThat(letters.get(1).has("cause")).as("it only waits behind").isFalse();
    askSomething();

    String retry = "/api/operations/dead-letters/conversation-state/retry?sequence=" + stuck;
    assertThat(as("auditor").post(retry, Map.of()).code()).isEqualTo("not_permitted");
    assertThat(admin.post(retry, Map.of()).json().get("solved").asBoolean()).isFalse();

    tamper("drop trigger too_much on turn; drop function too_much()");
    JsonNode retried = admin.post(retry, Map.of()).json();
    assertThat(retried.get("solved").asBoolean()).isTrue();
    assertThat(retried.get("dead_letters").size()).isZero();
    JsonNode turns = manager.get("/api/conversations/" + stuck).json().get("turns");
    assertThat(turns.get(1).get("status").asString()).isEqualTo("completed");
    String before = contentOf("turn");
    rebuilt("conversation-state");
    assertThat(contentOf("turn")).isEqualTo(before);
    assertThat(admin.post(retry, Map.of()).status()).isEqualTo(404);
  }

  @Test
  void onlyAdministratorsOperate() {
    assertThat(as("auditor").get(PROJECTIONS).status()).isEqualTo(200);
    assertThat(as("auditor").post(PROJECTIONS + "/audit-log/rebuild", Map.of()).code())
        .isEqualTo("not_permitted");
    assertThat(as("manager").get(PROJECTIONS).code()).isEqualTo("not_permitted");
    assertThat(as("admin").post(PROJECTIONS + "/none/rebuild", Map.of()).status()).isEqualTo(404);
    assertThat(
            as("admin")
                .post("/api/operations/dead-letters/none/retry?sequence=x", Map.of())
                .status())
        .isEqualTo(404);
  }

  private void tamper(String statement) throws SQLException {
    try (Connection connection = owner.getConnection();
        Statement tampering = connection.createStatement()) {
      tampering.execute("set session_replication_role = replica");
      tampering.execute(statement);
      tampering.execute("reset session_replication_role");
    }
  }
}
