package io.colloquy.app.source;

import static io.colloquy.app.StompClient.content;
import static io.colloquy.app.StompClient.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colloquy.app.ColloquyTest;
import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Files people bring, from the upload to the very rows behind a citation. */
@ColloquyTest
class SourceTest {

  private static final String LEDGER =
      """
      Booked on,Department,Keeper,Upkeep
      2025-01-15,Design,viewer,1200
      2025-02-10,Design,analyst,300
      2025-02-20,Engineering,viewer,4500
      2025-03-05,Engineering,analyst,2200
      2025-05-05,Support,manager,900
      """;

  @LocalServerPort int port;
  @Autowired JdbcClient jdbc;

  private final List<String> brought = new ArrayList<>();
  private RestClient analyst;

  private String base() {
    return "http://localhost:" + port;
  }

  @BeforeEach
  void signIn() {
    analyst = RestClient.signedIn(base(), "analyst");
  }

  @AfterEach
  void takeAwayWhatWasBrought() {
    RestClient admin = RestClient.signedIn(base(), "admin");
    brought.forEach(
        sourceId ->
            assertThat(admin.delete("/api/sources/" + sourceId).status())
                .as("removing it, again if need be")
                .isEqualTo(204));
  }

  private JsonNode imported(RestClient who, String filename, String text, String readers) {
    RestClient.Answer taken =
        who.upload(filename, text.getBytes(UTF_8), Map.of("permissions", readers));
    assertThat(taken.status()).as(taken.text()).isEqualTo(201);
    String sourceId = taken.json().get("source_id").asString();
    brought.add(sourceId);
    String path = "/api/sources/" + sourceId;
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !who.get(path).json().get("status").asString().equals("importing"));
    return who.get(path).json();
  }

  private List<JsonNode> ask(String user, String question) throws Exception {
    RestClient rest = RestClient.signedIn(base(), user);
    String conversation = rest.openConversation();
    try (StompClient stomp = new StompClient(base(), rest.token())) {
      stomp.subscribe(conversation, -1);
      return stomp.answer(conversation, question);
    }
  }

  @Test
  void anUploadedTableIsAskedDrilledExportedAndItsCitationOpensTheVeryRows() throws Exception {
    JsonNode source = imported(analyst, "upkeep.csv", LEDGER, "viewer");
    assertThat(source.get("status").asString()).isEqualTo("ready");
    assertThat(source.get("rows").asLong()).isEqualTo(5);
    assertThat(source.at("/tables/0/cells").asString()).isEqualTo("A2:D6");

    RestClient manager = RestClient.signedIn(base(), "manager");
    String conversation = manager.openConversation();
    try (StompClient stomp = new StompClient(base(), manager.token())) {
      stomp.subscribe(conversation, -1);
      List<JsonNode> frames = stomp.answer(conversation, "upkeep by department in February 2025");
      JsonNode widget = content(frames, "widget");
      assertThat(widget.at("/data/series/0/values").toString()).isEqualTo("[300,4500]");
      JsonNode citation = content(frames, "citations").get(0);
      assertThat(citation.get("source_name").asString()).isEqualTo("upkeep");
      assertThat(citation.get("location").asString()).isEqualTo("upkeep.csv, A3:D4");

      JsonNode rows =
          manager
              .get(
                  "/api/conversations/%s/turns/%s/citations/0"
                      .formatted(conversation, frames.getFirst().get("turn_id").asString()))
              .json();
      assertThat(rows.get("type").asString()).isEqualTo("rows");
      assertThat(rows.get("total_rows").asLong()).isEqualTo(2);
      assertThat(rows.at("/rows/0/row").asInt()).as("the row of the file").isEqualTo(3);
      assertThat(rows.at("/rows/1/upkeep").asInt()).isEqualTo(4500);

      JsonNode drill =
          manager
              .post(
                  "/api/widget/action",
                  action(widget, "View Details", Map.of("selected_item", "Design")))
              .json();
      assertThat(drill.at("/widget/data/rows").toString())
          .contains("analyst")
          .doesNotContain("viewer");
      JsonNode file =
          manager.post("/api/widget/action", action(widget, "Export CSV", Map.of())).json();
      assertThat(new RestClient(base(), null).get(file.get("url").asString()).text())
          .isEqualTo("Department,Upkeep\r\nDesign,300\r\nEngineering,4500\r\n");
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                RestClient.signedIn(base(), "auditor")
                    .get("/api/audit/entries?type=citation-opened&actor=manager")
                    .text()
                    .contains(conversation));
  }

  private static Map<String, Object> action(
      JsonNode widget, String label, Map<String, Object> params) {
    for (JsonNode action : widget.get("actions")) {
      if (action.get("label").asString().equals(label)) {
        return Map.of(
            "widget_id", widget.get("widget_id").asString(),
            "action_id", action.get("action_id").asString(),
            "params", params);
      }
    }
    throw new AssertionError("no " + label + " in " + widget);
  }

  @Test
  void aSourceIsItsOwnersUntilItIsShared() throws Exception {
    JsonNode source = imported(analyst, "upkeep.csv", LEDGER, "");
    String path = "/api/sources/" + source.get("source_id").asString();

    assertThat(text(ask("analyst", "total upkeep"))).contains("9,100");
    assertThat(text(ask("viewer", "total upkeep"))).contains("I can't answer this");
    assertThat(RestClient.signedIn(base(), "viewer").get(path).status()).isEqualTo(404);
    assertThat(RestClient.signedIn(base(), "viewer").delete(path).status()).isEqualTo(404);
    assertThat(text(ask("admin", "total upkeep"))).contains("9,100");
    assertThat(
            analyst
                .put(
                    path,
                    Map.of("access", Map.of("permissions", List.of("viewer"), "rows", List.of())))
                .status())
        .isEqualTo(200);
    assertThat(text(ask("viewer", "total upkeep"))).contains("9,100");
    assertThat(RestClient.signedIn(base(), "viewer").delete(path).code())
        .isEqualTo("not_permitted");
  }

  @Test
  void aRowRuleHoldsOnEveryPath() throws Exception {
    JsonNode source = imported(analyst, "upkeep.csv", LEDGER, "viewer");
    String dataset = source.at("/tables/0/dataset").asString();
    analyst.put(
        "/api/sources/" + source.get("source_id").asString(),
        Map.of(
            "access",
            Map.of(
                "permissions", List.of("viewer"),
                "rows",
                    List.of(
                        Map.of(
                            "dataset",
                            dataset,
                            "dimension",
                            "keeper",
                            "values",
                            List.of("$user"),
                            "unless",
                            List.of("admin"))))));
    assertThat(text(ask("admin", "total upkeep"))).contains("9,100");

    RestClient manager = RestClient.signedIn(base(), "manager");
    String conversation = manager.openConversation();
    try (StompClient stomp = new StompClient(base(), manager.token())) {
      stomp.subscribe(conversation, -1);
      List<JsonNode> frames = stomp.answer(conversation, "upkeep by department");
      JsonNode widget = content(frames, "widget");
      assertThat(widget.at("/data/series/0/labels").toString())
          .as("chart")
          .isEqualTo("[\"Support\"]");
      assertThat(content(frames, "citations").get(0).get("location").asString())
          .as("citation")
          .endsWith("A6:D6");
      JsonNode drill =
          manager.post("/api/widget/action", action(widget, "View Details", Map.of())).json();
      assertThat(drill.at("/widget/data/total_rows").asInt()).as("drill-down").isEqualTo(1);
      JsonNode file =
          manager.post("/api/widget/action", action(widget, "Export CSV", Map.of())).json();
      assertThat(new RestClient(base(), null).get(file.get("url").asString()).text())
          .as("export")
          .isEqualTo("Department,Upkeep\r\nSupport,900\r\n");
      JsonNode rows =
          manager
              .get(
                  "/api/conversations/%s/turns/%s/citations/0"
                      .formatted(conversation, frames.getFirst().get("turn_id").asString()))
              .json();
      assertThat(rows.get("total_rows").asLong()).as("rows behind it").isEqualTo(1);
      assertThat(text(stomp.answer(conversation, "upkeep of Engineering")))
          .as("values one may not see are as unknown as others")
          .contains("I can't answer this")
          .doesNotContain("4,500");
    }
  }

  @Test
  void theCatalogueEntryCanBeEditedAndOnlySensibly() throws Exception {
    ObjectNode source = (ObjectNode) imported(analyst, "upkeep.csv", LEDGER, "viewer");
    String path = "/api/sources/" + source.get("source_id").asString();
    ObjectNode table = (ObjectNode) source.at("/tables/0");
    ((ObjectNode) table.at("/columns/3"))
        .put("label", "Running cost")
        .putArray("synonyms")
        .add("shelling out");
    RestClient.Answer edited =
        analyst.put(path, Map.of("name", "Upkeep book", "tables", List.of(table)));
    assertThat(edited.status()).as(edited.text()).isEqualTo(200);
    assertThat(text(ask("viewer", "shelling out by department"))).contains("Running cost");

    ((ObjectNode) table.at("/columns/1")).put("role", "measure").put("aggregate", "sum");
    RestClient.Answer wrong = analyst.put(path, Map.of("tables", List.of(table)));
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.json().get("detail").asString())
        .contains("holds text, which cannot be a measure");
    ((ObjectNode) table.at("/columns/1")).put("type", "number");
    assertThat(analyst.put(path, Map.of("tables", List.of(table))).code())
        .isEqualTo("invalid_params");
  }

  @Test
  void whatCannotBeImportedSaysWhyAndLeavesNothing() throws Exception {
    JsonNode ragged = imported(analyst, "ragged.csv", "a,b\n1,2\n1,2,3\n", "viewer");
    assertThat(ragged.get("status").asString()).isEqualTo("failed");
    assertThat(ragged.at("/error/code").asString()).isEqualTo("file_rejected");
    assertThat(ragged.at("/error/message").asString()).contains("Row 3 has 3 cells");
    String table = "t_" + ragged.get("source_id").asString().replace("-", "") + "_0";
    assertThat(
            jdbc.sql("select count(*) from information_schema.tables where table_name = ?")
                .param(table)
                .query(Long.class)
                .single())
        .isZero();

    RestClient.Answer lie = analyst.upload("a.pdf", "no pdf".getBytes(UTF_8), Map.of());
    assertThat(lie.status()).isEqualTo(422);
    assertThat(lie.code()).isEqualTo("file_rejected");
    assertThat(analyst.post("/api/sources", Map.of()).code()).isEqualTo("invalid_request");
    RestClient.Answer viewer =
        RestClient.signedIn(base(), "viewer").upload("a.csv", LEDGER.getBytes(UTF_8), Map.of());
    assertThat(viewer.code()).isEqualTo("not_permitted");
  }

  @Test
  void aRemovedSourceIsGoneAndItsWidgetsSaySo() throws Exception {
    RestClient manager = RestClient.signedIn(base(), "manager");
    JsonNode source = imported(manager, "upkeep.csv", LEDGER, "");
    String conversation = manager.openConversation();
    try (StompClient stomp = new StompClient(base(), manager.token())) {
      stomp.subscribe(conversation, -1);
      JsonNode widget = content(stomp.answer(conversation, "upkeep by department"), "widget");
      assertThat(manager.delete("/api/sources/" + source.get("source_id").asString()).status())
          .isEqualTo(204);

      RestClient.Answer drill =
          manager.post("/api/widget/action", action(widget, "View Details", Map.of()));
      assertThat(drill.code()).isEqualTo("query_refused");
      assertThat(drill.json().get("detail").asString()).contains("may have been removed");
      assertThat(text(stomp.answer(conversation, "total upkeep"))).contains("I can't answer this");
    }
    String table = "t_" + source.get("source_id").asString().replace("-", "") + "_0";
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                jdbc.sql("select count(*) from information_schema.tables where table_name = ?")
                        .param(table)
                        .query(Long.class)
                        .single()
                    == 0);
  }

  @Test
  void documentsAnswerWhatNoTableKnowsAndAreCited() throws Exception {
    imported(
        analyst,
        "rules.md",
        "# Travel\n\nHotels cost at most 180 euros per night.\n\n# Gear\n\nHelmets may be returned within 30 days of delivery.\n",
        "viewer");
    RestClient viewer = RestClient.signedIn(base(), "viewer");
    String conversation = viewer.openConversation();
    try (StompClient stomp = new StompClient(base(), viewer.token())) {
      stomp.subscribe(conversation, -1);
      List<JsonNode> frames = stomp.answer(conversation, "Until when may helmets be returned?");
      assertThat(text(frames)).contains("within 30 days of delivery").doesNotContain("180");
      JsonNode citation = content(frames, "citations").get(0);
      assertThat(citation.get("location").asString()).isEqualTo("rules.md, \"Gear\"");
      assertThat(citation.get("confidence").asDouble()).isBetween(0.5, 1.0);
      JsonNode passage =
          viewer
              .get(
                  "/api/conversations/%s/turns/%s/citations/0"
                      .formatted(conversation, frames.getFirst().get("turn_id").asString()))
              .json();
      assertThat(passage.get("type").asString()).isEqualTo("passage");
      assertThat(passage.get("content").asString()).contains("Helmets may be returned");

      stomp.send(
          "/app/conversations/" + conversation + "/state",
          Map.of("event", "sources_update", "data", Map.of("value", List.of("sales-ledger"))));
      stomp.until(frame -> frame.get("type").asString().equals("state"));
      assertThat(text(stomp.answer(conversation, "Until when may helmets be returned?")))
          .as("only active sources are read")
          .contains("I can't answer this");
    }
  }

  @Test
  void twoSourcesThatFitEquallyAreAskedBackAbout() throws Exception {
    imported(analyst, "north.csv", LEDGER, "viewer");
    imported(analyst, "south.csv", LEDGER.replace("4500", "1"), "viewer");
    RestClient viewer = RestClient.signedIn(base(), "viewer");
    String conversation = viewer.openConversation();
    try (StompClient stomp = new StompClient(base(), viewer.token())) {
      stomp.subscribe(conversation, -1);
      List<JsonNode> frames = stomp.answer(conversation, "total upkeep");
      JsonNode widget = content(frames, "widget");
      assertThat(widget.at("/data/kind").asString()).isEqualTo("choices");
      List<String> asks = new ArrayList<>();
      widget.at("/data/payload/options").forEach(option -> asks.add(option.get("ask").asString()));
      assertThat(asks).containsExactlyInAnyOrder("total upkeep in north", "total upkeep in south");
    }
  }

  @Test
  void aLargeFileIsStreamedWithItsProgress() throws Exception {
    StringBuilder csv = new StringBuilder("Booked on,Shop,Takings\n");
    for (int i = 0; i < 300_000; i++) {
      csv.append("2025-01-")
          .append(1 + i % 28)
          .append(",S")
          .append(i % 50)
          .append(',')
          .append(i % 100)
          .append('\n');
    }
    Map<String, String> fields = new LinkedHashMap<>(Map.of("name", "Kiosks"));
    RestClient.Answer taken =
        analyst.upload(
            "kiosks.csv",
            csv.toString().replaceAll("2025-01-(\\d),", "2025-01-0$1,").getBytes(UTF_8),
            fields);
    String sourceId = taken.json().get("source_id").asString();
    brought.add(sourceId);
    List<String> phases = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              JsonNode now = analyst.get("/api/sources/" + sourceId).json();
              phases.add(now.at("/progress/phase").asString(""));
              return now.get("status").asString().equals("ready");
            });
    assertThat(phases).contains("checking", "loading");
    assertThat(text(ask("analyst", "number of rows in Kiosks"))).contains("300,000");
  }
}
