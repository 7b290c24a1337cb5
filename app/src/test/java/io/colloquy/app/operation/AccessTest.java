package io.colloquy.app.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.Awaiting;
import io.colloquy.app.ColloquyTest;
import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Giving and taking roles, and what comes of it. */
@ColloquyTest
class AccessTest {

  @LocalServerPort int port;
  @Autowired JdbcClient jdbc;

  private RestClient as(String user) {
    return RestClient.signedIn("http://localhost:" + port, user);
  }

  private static void give(RestClient by, String role) {
    RestClient.Answer answer = by.put("/api/access/viewer/" + role, Map.of());
    assertThat(answer.status()).as(answer.text()).isEqualTo(204);
  }

  @AfterEach
  void asBefore() {
    RestClient admin = as("admin");
    for (String role : List.of("data_exporter", "auditor")) {
      assertThat(admin.delete("/api/access/viewer/" + role).status()).isEqualTo(204);
    }
  }

  private List<String> logged(String type) {
    return jdbc.sql(
            """
            select payload ->> 'user_id' || ' ' || (payload ->> 'role') || ' by ' || (meta_data ->> 'actor')
            from domain_event_entry where payload_type = ? order by global_index""")
        .param(type)
        .query((row, number) -> row.getString(1))
        .list();
  }

  @Test
  void aRoleHoldsForTheNextRequestAndIsInTheLogOnce() throws Exception {
    RestClient viewer = as("viewer");
    RestClient admin = as("admin");
    String conversation = viewer.openConversation();
    try (StompClient stomp = new StompClient("http://localhost:" + port, viewer.token())) {
      stomp.subscribe(conversation, -1);
      assertThat(actionsOf(stomp.answer(conversation, "Sales by region in 2025")))
          .doesNotContain("Export CSV");
      int before = logged("permission-granted").size();
      give(admin, "data_exporter");
      give(admin, "data_exporter");
      assertThat(logged("permission-granted"))
          .hasSize(before + 1)
          .last()
          .isEqualTo("viewer data_exporter by admin");
      assertThat(actionsOf(stomp.answer(conversation, "Sales by product in 2025")))
          .contains("Export CSV");
      JsonNode access = as("auditor").get("/api/access").json();
      assertThat(access.at("/roles/manager").toString()).contains("data_exporter");
      assertThat(access.get("users").toString())
          .contains("{\"user_id\":\"viewer\",\"roles\":[\"data_exporter\",\"viewer\"]}");
    }
  }

  private static String actionsOf(List<JsonNode> frames) {
    return StompClient.content(frames, "widget").get("actions").toString();
  }

  @Test
  void whatIsTakenIsTakenFromOpenConnectionsToo() throws Exception {
    RestClient admin = as("admin");
    give(admin, "auditor");
    RestClient viewer = as("viewer");
    try (StompClient stomp = new StompClient("http://localhost:" + port, viewer.token())) {
      stomp.subscribeTo("/topic/audit", Map.of("last-seq", "0"));
      assertThat(stomp.until(frame -> true)).isNotEmpty();
      assertThat(admin.delete("/api/access/viewer/auditor").status()).isEqualTo(204);
      assertThat(logged("permission-revoked")).last().isEqualTo("viewer auditor by admin");
      RestClient manager = as("manager");
      Awaiting.until(
          "the connection has ended with what happened since",
          () -> {
            manager.openConversation();
            return !stomp.isConnected();
          });
      assertThat(stomp.ending()).contains("Only auditors");
    }
    assertThat(viewer.get("/api/audit/entries").status()).isEqualTo(403);
  }

  @Test
  void onlyAdministratorsGiveRolesAndOnlyThoseThereAre() {
    assertThat(as("manager").get("/api/access").status()).isEqualTo(403);
    for (String user : List.of("viewer", "auditor")) {
      RestClient.Answer refused = as(user).put("/api/access/viewer/admin", Map.of());
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.code()).isEqualTo("not_permitted");
    }
    assertThat(as("admin").put("/api/access/viewer/emperor", Map.of()).code())
        .isEqualTo("invalid_request");
    assertThat(as("admin").delete("/api/access/admin/admin").code()).isEqualTo("not_permitted");
  }
}
