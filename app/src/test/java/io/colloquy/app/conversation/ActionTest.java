package io.colloquy.app.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.ColloquyTest;
import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** What people do with widgets, and what they may not do. */
@ColloquyTest
class ActionTest {

  @LocalServerPort int port;
  @Autowired JdbcTemplate sql;

  private String base() {
    return "http://localhost:" + port;
  }

  @Test
  void drillingDownBringsATableAndGoesDeeper() throws Exception {
    Asked asked = ask("analyst", "Q2 sales by region");
    JsonNode result = asked.invoke("View Details", Map.of("selected_item", "North"), "i-1").json();

    assertThat(result.get("type").asString()).isEqualTo("new_widget");
    assertThat(result.at("/widget/widget_type").asString()).isEqualTo("table");
    assertThat(result.at("/widget/data/columns/0/key").asString()).isEqualTo("product");
    assertThat(result.at("/widget/data/rows").size()).isEqualTo(5);

    RestClient.Answer deeper =
        asked.rest.post(
            "/api/widget/action",
            Map.of(
                "widget_id", result.at("/widget/widget_id").asString(),
                "action_id", result.at("/widget/actions/0/action_id").asString(),
                "params", Map.of("selected_item", "Laptop")));
    assertThat(deeper.json().at("/widget/data/columns/0/key").asString()).isEqualTo("channel");
    assertThat(deeper.json().at("/widget/data/rows").size()).isEqualTo(3);
  }

  @Test
  void theResultAlsoReachesEveryClientAsAFrame() throws Exception {
    Asked asked = ask("analyst", "Q2 sales by region");
    try (StompClient stomp = new StompClient(base(), asked.rest.token())) {
      stomp.subscribe(asked.conversation, asked.lastSeq);
      stomp.send(
          "/app/conversations/" + asked.conversation + "/actions",
          Map.of(
              "invocation_id", "i-1",
              "widget_id", asked.widgetId(),
              "action_id", asked.action("View Details"),
              "params", Map.of("selected_item", "South")));
      JsonNode frame = stomp.until(f -> f.get("type").asString().equals("action_result")).getLast();
      assertThat(frame.at("/content/invocation_id").asString()).isEqualTo("i-1");
      assertThat(frame.at("/content/type").asString()).isEqualTo("new_widget");
    }
  }

  @Test
  void anExportIsAFileWithTheChartsFiguresAndItsDownloadIsLogged() throws Exception {
    Asked asked = ask("exporter", "Q2 sales by region");
    JsonNode result = asked.invoke("Export CSV", Map.of(), "i-1").json();

    assertThat(result.get("type").asString()).isEqualTo("download");
    assertThat(result.get("content_type").asString()).isEqualTo("text/csv");
    assertThat(result.get("url").asString()).endsWith(".csv");
    RestClient.Answer file = new RestClient(base(), null).get(result.get("url").asString());
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.text()).startsWith("Region,Revenue ($)\r\n").contains("North,");
    byte[] bytes = file.text().getBytes(StandardCharsets.UTF_8);
    assertThat(bytes).hasSize(result.get("bytes").asInt());
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
        .isEqualTo(result.get("sha256").asString());
    assertThat(
            sql.queryForObject(
                "select count(*) from domain_event_entry where payload_type = 'export-downloaded'"
                    + " and meta_data ->> 'actor' = 'exporter'",
                Long.class))
        .isPositive();
  }

  @Test
  void aDownloadLinkThatWasChangedIsRefused() throws Exception {
    Asked asked = ask("exporter", "Q2 sales by region");
    String url = asked.invoke("Export CSV", Map.of(), "i-1").json().get("url").asString();

    RestClient.Answer refused = new RestClient(base(), null).get(url.replace(".csv", ".exe"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("link_invalid");
  }

  @Test
  void aSearchFormBringsATableOrNamesTheWrongField() throws Exception {
    Asked asked = ask("viewer", "Help me find customers in New York");

    JsonNode found =
        asked
            .invoke("Search", Map.of("form_data", Map.of("city", "Austin", "state", "TX")), "i-1")
            .json();
    assertThat(found.at("/widget/data/rows/0/city").asString()).isEqualTo("Austin");

    RestClient.Answer wrong =
        asked.invoke("Search", Map.of("form_data", Map.of("revenue_min", "lots")), "i-2");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.code()).isEqualTo("invalid_params");
    assertThat(wrong.json().at("/errors/0/field").asString()).isEqualTo("revenue_min");

    assertThat(
            sql.queryForObject(
                "select count(*) from domain_event_entry where payload_type = 'form-submitted'"
                    + " and aggregate_identifier = ?",
                Long.class,
                asked.conversation))
        .isEqualTo(1);
  }

  @Test
  void navigationIsRecordedAndAnswersWithTheRoute() throws Exception {
    Asked asked = ask("viewer", "Go to the sales dashboard");
    JsonNode result = asked.invoke("Open Sales Dashboard", Map.of(), "i-1").json();

    assertThat(result.get("type").asString()).isEqualTo("navigate");
    assertThat(result.get("route").asString()).isEqualTo("/dashboard/sales");
  }

  @Test
  void aRepeatedInvocationHasNoSecondEffectAndGetsTheFirstResult() throws Exception {
    Asked asked = ask("exporter", "Q2 sales by region");
    RestClient.Answer first = asked.invoke("Export CSV", Map.of(), "same");
    RestClient.Answer again = asked.invoke("Export CSV", Map.of(), "same");

    assertThat(again.json()).isEqualTo(first.json());
    assertThat(events(asked.conversation, "action-authorized")).isEqualTo(1);
    assertThat(events(asked.conversation, "action-completed")).isEqualTo(1);
  }

  @Test
  void aViewerIsRefusedAForgedExportAndTheRefusalIsLogged() throws Exception {
    Asked asked = ask("viewer", "Q2 sales by region");
    RestClient.Answer refused =
        asked.rest.post(
            "/api/widget/action",
            Map.of(
                "widget_id", asked.widgetId(),
                "action_id", UUID.randomUUID().toString(),
                "params", Map.of("format", "csv")));

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.type()).startsWith("application/problem+json");
    assertThat(refused.code()).isEqualTo("action_not_found");
    assertThat(events(asked.conversation, "action-denied")).isEqualTo(1);
  }

  @Test
  void someoneElsesWidgetIsRefusedAndTheRefusalIsLogged() throws Exception {
    Asked asked = ask("exporter", "Q2 sales by region");
    RestClient.Answer refused =
        RestClient.signedIn(base(), "viewer")
            .post(
                "/api/widget/action",
                Map.of("widget_id", asked.widgetId(), "action_id", asked.action("Export CSV")));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("not_a_participant");
    assertThat(events(asked.conversation, "action-denied")).isEqualTo(1);
    assertThat(
            sql.queryForObject(
                "select count(*) from domain_event_entry where payload_type = 'access-refused'"
                    + " and payload ->> 'resource' = 'POST /api/widget/action'",
                Long.class))
        .as("one refusal, one event")
        .isZero();
  }

  @Test
  void anUnknownWidgetIsRefusedAndTheRefusalIsLogged() throws Exception {
    String widget = UUID.randomUUID().toString();
    RestClient.Answer refused =
        RestClient.signedIn(base(), "viewer")
            .post("/api/widget/action", Map.of("widget_id", widget, "action_id", "a"));

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.code()).isEqualTo("widget_not_found");
    assertThat(
            sql.queryForObject(
                "select count(*) from domain_event_entry where payload_type = 'action-denied'"
                    + " and payload ->> 'widget_id' = ?",
                Long.class,
                widget))
        .isEqualTo(1);
  }

  @Test
  void aPermissionTakenAwaySinceIssuanceIsMissedAtInvocation() throws Exception {
    Asked asked = ask("admin", "Q2 sales by region");
    sql.update("delete from user_role where username = 'admin'");
    sql.update("insert into user_role (username, role) values ('admin', 'viewer')");
    try {
      RestClient.Answer refused = asked.invoke("Export CSV", Map.of(), "i-1");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.code()).isEqualTo("not_permitted");
      assertThat(events(asked.conversation, "action-denied")).isEqualTo(1);
    } finally {
      sql.update("update user_role set role = 'admin' where username = 'admin'");
    }
  }

  @Test
  void aDrillDownToNothingSaysSo() throws Exception {
    Asked asked = ask("analyst", "Q2 sales by region");
    RestClient.Answer failed =
        asked.invoke("View Details", Map.of("selected_item", "Atlantis"), "i-1");

    assertThat(failed.status()).isEqualTo(422);
    assertThat(failed.json().get("detail").asString()).contains("Atlantis");
    assertThat(events(asked.conversation, "action-failed")).isEqualTo(1);
  }

  @Test
  void aRowOfSeveralDimensionsLeadsToAnyDeeperLevel() throws Exception {
    Asked asked = ask("analyst", "Sales by region and product as a table");
    JsonNode result =
        asked
            .invoke(
                "View Details",
                Map.of(
                    "selected_item",
                    Map.of("region", "North", "product", "Laptop"),
                    "level",
                    "month"),
                "i-1")
            .json();
    assertThat(result.at("/widget/data/columns/0/key").asString()).isEqualTo("month");
    assertThat(result.at("/widget/data/title").asString()).contains("North", "Laptop");

    RestClient.Answer wrong = asked.invoke("View Details", Map.of("level", "colour"), "i-2");
    assertThat(wrong.status()).isEqualTo(422);
  }

  @Test
  void aLongTableIsPagedSortedAndFilteredByTheServer() throws Exception {
    Asked asked = ask("viewer", "Sales by date and product as a table");
    assertThat(asked.widget.at("/data/rows")).hasSize(200);
    assertThat(asked.widget.at("/data/total_rows").asInt()).isEqualTo(7000);
    assertThat(asked.widget.at("/data/columns/0/type").asString()).isEqualTo("date");

    JsonNode second = asked.invoke("Load rows", Map.of("page", 2), "i-1").json();
    assertThat(second.get("type").asString()).isEqualTo("data");
    assertThat(second.at("/data/rows")).hasSize(200);
    assertThat(second.at("/data/rows/0")).isNotEqualTo(asked.widget.at("/data/rows/0"));

    JsonNode found =
        asked
            .invoke(
                "Load rows",
                Map.of(
                    "sort", Map.of("field", "revenue", "descending", true),
                    "filters", Map.of("product", "phone", "date", "2026-01")),
                "i-2")
            .json();
    assertThat(found.at("/data/total_rows").asInt()).isEqualTo(31);
    assertThat(found.at("/data/rows"))
        .extracting(row -> row.get("revenue").decimalValue())
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(events(asked.conversation, "data-queried")).isEqualTo(3);

    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("page", 0),
            Map.of("page", "two"),
            Map.of("sort", Map.of("field", "password")),
            Map.of("filters", Map.of("password", "x")))) {
      RestClient.Answer refused = asked.invoke("Load rows", wrong, UUID.randomUUID().toString());
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.code()).isEqualTo("invalid_params");
    }
  }

  @Test
  void whatIsMarkedConfirmRunsOnlyAfterTheDialogSaidYes() throws Exception {
    Asked asked = ask("viewer", "Add a new customer");
    Map<String, Object> values =
        Map.of("form_data", Map.of("name", "Zephyr Foods", "city", "Austin", "state", "TX"));

    RestClient.Answer early = asked.invoke("Send", values, "i-1");
    assertThat(early.status()).isEqualTo(409);
    assertThat(early.code()).isEqualTo("confirmation_required");

    JsonNode dismissed = asked.invoke("Confirm", Map.of("confirmed", false), "d-1").json();
    assertThat(dismissed.get("type").asString()).isEqualTo("dialog");
    assertThat(dismissed.get("confirmed").asBoolean()).isFalse();
    assertThat(asked.invoke("Send", values, "i-2").status()).isEqualTo(409);

    assertThat(
            asked
                .invoke("Confirm", Map.of("confirmed", true), "d-2")
                .json()
                .get("confirmed")
                .asBoolean())
        .isTrue();
    JsonNode sent = asked.invoke("Send", values, "i-3").json();
    assertThat(sent.get("type").asString()).isEqualTo("success");
    assertThat(asked.invoke("Send", values, "i-4").status()).as("one yes, one run").isEqualTo(409);
    assertThat(events(asked.conversation, "form-submitted")).isEqualTo(1);
  }

  @Test
  void everyFieldOfAFormIsCheckedByItsRules() throws Exception {
    Asked asked = ask("viewer", "Add a new customer");
    RestClient.Answer wrong =
        asked.invoke(
            "Send",
            Map.of(
                "form_data",
                Map.of(
                    "name", "<script>",
                    "state", "ZZ",
                    "channels", List.of("Pigeon"),
                    "expected_revenue", -1,
                    "customer_since", "1980-01-01",
                    "contract", "forever",
                    "newsletter", "perhaps")),
            "i-1");
    assertThat(wrong.json().get("errors"))
        .extracting(error -> error.get("field").asString())
        .containsExactly(
            "name",
            "city",
            "state",
            "channels",
            "expected_revenue",
            "customer_since",
            "contract",
            "newsletter");
  }

  private long events(String conversation, String type) {
    Long count =
        sql.queryForObject(
            "select count(*) from domain_event_entry where aggregate_identifier = ? and payload_type = ?",
            Long.class,
            conversation,
            type);
    return count == null ? 0 : count;
  }

  private Asked ask(String user, String question) throws Exception {
    RestClient rest = RestClient.signedIn(base(), user);
    String conversation = rest.openConversation();
    try (StompClient stomp = new StompClient(base(), rest.token())) {
      stomp.subscribe(conversation, -1);
      stomp.ask(conversation, "t-1", question);
      var frames = stomp.untilDone();
      JsonNode widget =
          frames.stream()
              .filter(frame -> frame.get("type").asString().equals("widget"))
              .findFirst()
              .orElseThrow()
              .get("content");
      return new Asked(rest, conversation, widget, frames.getLast().get("seq").asLong());
    }
  }

  private record Asked(RestClient rest, String conversation, JsonNode widget, long lastSeq) {

    String widgetId() {
      return widget.get("widget_id").asString();
    }

    String action(String label) {
      for (JsonNode action : widget.get("actions")) {
        if (action.get("label").asString().equals(label)) {
          return action.get("action_id").asString();
        }
      }
      throw new AssertionError(label + " was not issued");
    }

    RestClient.Answer invoke(String label, Map<String, Object> params, String invocation) {
      return rest.post(
          "/api/widget/action",
          Map.of(
              "widget_id",
              widgetId(),
              "action_id",
              action(label),
              "invocation_id",
              invocation,
              "params",
              params));
    }
  }
}
