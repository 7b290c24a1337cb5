package io.colloquy.app.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.api.json.Json;
import io.colloquy.app.Awaiting;
import io.colloquy.app.RestClient;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** What a person wrote can be erased, and the log proves itself still. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "colloquy.home=target/home-${random.uuid}")
class ErasureTest {

  private static final String SECRET = "Chrysanthemum";

  @LocalServerPort int port;

  @Autowired
  @Qualifier("ownerDataSource")
  DataSource owner;

  private RestClient as(String user) {
    return RestClient.signedIn("http://localhost:" + port, user);
  }

  @Test
  void whatAPersonWroteIsReadableNowhereAndEveryHashVerifies() {
    RestClient exporter = as("exporter");
    RestClient admin = as("admin");
    String conversation = exporter.openConversation();
    exporter.post("/api/conversations", Map.of("title", SECRET + " plans"));
    exporter.post(
        "/ai/chat",
        Map.of("session_id", conversation, "message", "Find customers named " + SECRET));
    exporter.post(
        "/ai/chat", Map.of("session_id", conversation, "message", "Sales by region in 2025"));
    exporter.put("/api/preferences", Map.of("motto", SECRET));
    JsonNode chart = widgetWith(exporter, conversation, "download");
    String link =
        exporter
            .post(
                "/api/widget/action",
                Map.of(
                    "widget_id", chart.get("widget_id"),
                    "action_id", downloadOf(chart),
                    "params", Map.of()))
            .json()
            .get("url")
            .asString();
    assertThat(exporter.get(link).status()).isEqualTo(200);
    String fork =
        exporter
            .post("/api/conversations/" + conversation + "/fork", Map.of())
            .json()
            .get("conversation_id")
            .asString();
    RestClient auditor = as("auditor");
    Awaiting.until(
        "all is projected",
        () ->
            auditor.get("/api/audit/entries?text=" + SECRET).text().contains(SECRET)
                && exporter.get("/api/conversations/" + fork).text().contains(SECRET));
    String hashes = auditor.get("/api/audit/entries?limit=1000").text();
    String exported = auditor.get("/api/audit/entries.jsonl").text();

    assertThat(as("viewer").delete("/api/subjects/exporter").code()).isEqualTo("not_permitted");
    assertThat(admin.delete("/api/subjects/exporter").status()).isEqualTo(204);

    Awaiting.until(
        "projections have forgotten",
        () -> !exporter.get("/api/conversations/" + fork).text().contains(SECRET));
    Awaiting.until(
        "nothing of it stands anywhere: " + found(SECRET), () -> found(SECRET).isEmpty());
    for (String id : new String[] {conversation, fork}) {
      assertThat(exporter.get("/api/conversations/" + id + "/frames").text())
          .doesNotContain(SECRET)
          .contains("[private]");
      assertThat(exporter.get("/api/conversations/" + id + "/replay").text())
          .doesNotContain(SECRET);
      assertThat(exporter.get("/api/conversations/" + id).text()).doesNotContain(SECRET);
    }
    assertThat(exporter.get("/api/conversations").text()).doesNotContain(SECRET);
    assertThat(exporter.get("/api/preferences").text()).doesNotContain(SECRET);
    assertThat(exported).as("an export taken before holds it sealed").doesNotContain(SECRET);
    assertThat(auditor.get("/api/audit/entries.csv").text()).doesNotContain(SECRET);
    Awaiting.until("the file is gone", () -> exporter.get(link).status() == 404);

    JsonNode verified = auditor.get("/api/audit/verify").json();
    assertThat(verified.has("problem")).as(verified.toString()).isFalse();
    assertThat(hashesIn(auditor.get("/api/audit/entries?limit=1000").text()))
        .startsWith(hashesIn(hashes).toArray(String[]::new));
    assertThat(auditor.get("/api/audit/entries?type=subject-erased").text())
        .contains("\"subject_id\":\"exporter\"", "\"actor\":\"admin\"");

    exporter.post("/ai/chat", Map.of("session_id", conversation, "message", "Total revenue"));
    assertThat(exporter.get("/api/conversations/" + conversation + "/frames").text())
        .as("they may go on")
        .contains("Total revenue");
  }

  private static JsonNode widgetWith(RestClient client, String conversation, String actionType) {
    for (JsonNode frame :
        client.get("/api/conversations/" + conversation + "/frames").json().get("frames")) {
      if (frame.get("type").asString().equals("widget")) {
        for (JsonNode action : frame.get("content").get("actions")) {
          if (action.get("type").asString().equals(actionType)) {
            return frame.get("content");
          }
        }
      }
    }
    throw new AssertionError("no widget with " + actionType);
  }

  private static JsonNode downloadOf(JsonNode widget) {
    for (JsonNode action : widget.get("actions")) {
      if (action.get("type").asString().equals("download")) {
        return action.get("action_id");
      }
    }
    throw new AssertionError("no download");
  }

  private static List<String> hashesIn(String page) {
    return Json.MAPPER
        .readTree(page)
        .get("entries")
        .valueStream()
        .map(entry -> entry.get("entry_hash").asString())
        .toList();
  }

  /** Where in the whole database a word stands. */
  private List<String> found(String word) {
    JdbcTemplate sql = new JdbcTemplate(owner);
    return sql
        .query(
            """
            select table_schema || '.' || table_name from information_schema.tables
            where table_schema in ('public', 'rebuild', 'source') and table_type = 'BASE TABLE'
            """,
            (row, number) -> row.getString(1))
        .stream()
        .filter(
            table ->
                Boolean.TRUE.equals(
                    sql.queryForObject(
                        "select exists (select from %s t where t::text ilike '%%%s%%')"
                            .formatted(table, word),
                        Boolean.class)))
        .toList();
  }
}
