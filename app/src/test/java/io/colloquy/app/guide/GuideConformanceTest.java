package io.colloquy.app.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.api.json.Json;
import io.colloquy.app.ColloquyTest;
import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import io.colloquy.app.guide.GuideParser.Received;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * A client written from the reference guide alone works, over each of the guide's own transports.
 */
@ColloquyTest
class GuideConformanceTest {

  @LocalServerPort int port;
  @Autowired JdbcTemplate sql;

  private final String session = UUID.randomUUID().toString();

  private String base() {
    return "http://localhost:" + port;
  }

  private RestClient as(String user) {
    return RestClient.signedIn(base(), user);
  }

  private GuideClient connect(String user) {
    return GuideClient.connect(base(), session, String.valueOf(as(user).token()));
  }

  /** For a client that may join later than another asks. */
  private GuideClient connectFromTheBeginning(String user) {
    GuideClient client = GuideClient.open(base(), "?session_id=" + session + "&last_seq=-1");
    client.send(Map.of("type", "auth", "token", String.valueOf(as(user).token())));
    return client;
  }

  private RestClient.Answer invoke(
      String user, Received widget, String label, Map<String, ?> params) {
    return as(user)
        .post(
            "/api/widget/action",
            Map.of(
                "widget_id", widget.content().get("widget_id").asString(),
                "action_id", widget.action(label).get("action_id").asString(),
                "params", params));
  }

  private static Received widgetIn(List<Received> frames) {
    return frames.stream()
        .filter(frame -> frame.type().equals("widget"))
        .reduce((first, last) -> last)
        .orElseThrow(() -> new AssertionError("No widget in " + frames));
  }

  private static List<String> types(List<Received> frames) {
    return frames.stream().map(Received::type).distinct().toList();
  }

  @Test
  void theHelloWidgetAnswersHello() throws Exception {
    try (GuideClient chat = connect("viewer")) {
      chat.ask("hello");
      List<Received> frames = chat.untilDone();
      assertThat(types(frames)).startsWith("status", "text").contains("widget", "done");
      Received card = widgetIn(frames);
      assertThat(card.content().get("widget_type").asString()).isEqualTo("card");
      JsonNode click = card.action("Click Me");

      RestClient.Answer answer =
          as("viewer").post(click.at("/params/endpoint").asString(), Map.of());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().get("message").asString()).isEqualTo("Hello from backend!");
    }
  }

  @Test
  void anAnswerStreamsInTheGuidesOrder() throws Exception {
    try (GuideClient chat = connect("manager")) {
      chat.ask("Show me Q2 sales by region with drill-down");
      List<Received> frames = chat.untilDone();

      assertThat(types(frames)).containsExactly("status", "text", "widget", "citations", "done");
      assertThat(frames.getFirst().text()).isEqualTo("Analyzing query...");
      assertThat(frames.get(1).text()).isEqualTo("Generating visualization...");
      Received chart = widgetIn(frames);
      assertThat(chart.data().get("chart_type").asString()).isIn("bar", "line");
      assertThat(chart.data().at("/series/0/labels").size())
          .isEqualTo(chart.data().at("/series/0/values").size());
      assertThat(chart.content().at("/config/interactive").asBoolean()).isTrue();
      assertThat(chart.content().at("/metadata/sources")).hasSize(1);
      assertThat(chart.actionTypes()).contains("api_call", "download");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Total revenue in 2025, card",
    "Revenue over time, chart",
    "Sales by region as a table, table",
    "Help me find customers in New York, form",
    "Add a new customer, form",
    "What can I do with sales data?, navigation",
    "Heat map of revenue by region and quarter, custom",
  })
  void everyWidgetTypePassesTheGuidesParser(String question, String type) throws Exception {
    try (GuideClient chat = connect("manager")) {
      chat.ask(question);
      assertThat(chat.untilDone())
          .filteredOn(frame -> frame.type().equals("widget"))
          .extracting(frame -> frame.content().get("widget_type").asString())
          .contains(type);
    }
  }

  @Test
  void tappingABarDrillsDownAndANewWidgetComes() throws Exception {
    try (GuideClient chat = connect("analyst")) {
      chat.ask("Q2 sales by region");
      Received chart = widgetIn(chat.untilDone());
      JsonNode drill = chart.action("View Details");

      RestClient.Answer answer =
          as("analyst")
              .post(
                  drill.at("/params/endpoint").asString(),
                  Map.of(
                      "data_key", drill.at("/params/data_key").asString(),
                      "selected_item", chart.data().at("/series/0/labels/0").asString()));
      assertThat(answer.json().get("type").asString()).isEqualTo("new_widget");
      GuideParser.widget(answer.json().get("widget"));
      assertThat(answer.json().at("/widget/widget_type").asString()).isEqualTo("table");
      assertThat(answer.json().at("/widget/data/rows").size()).isPositive();
    }
  }

  @Test
  void aDrillDownWithoutAWidgetOfOnesOwnIsRefusedAndTheRefusalIsLogged() throws Exception {
    String dataKey;
    try (GuideClient chat = connect("manager")) {
      chat.ask("Q2 sales by region");
      dataKey = widgetIn(chat.untilDone()).action("View Details").at("/params/data_key").asString();
    }
    for (String user : List.of("analyst", "viewer", "auditor")) {
      RestClient.Answer refused =
          as(user)
              .post("/api/data/drilldown", Map.of("data_key", dataKey, "selected_item", "North"));
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.code()).isEqualTo("not_permitted");
    }
    assertThat(
            sql.queryForObject(
                "select count(*) from domain_event_entry where payload_type = 'access-refused'"
                    + " and payload ->> 'resource' = 'POST /api/data/drilldown'",
                Long.class))
        .isGreaterThanOrEqualTo(3);
  }

  @Test
  void aFormsValuesBecomeTextAndAFilteredChart() throws Exception {
    try (GuideClient chat = connect("viewer")) {
      chat.ask("Filter and visualize sales data");
      Received form =
          chat.untilDone().stream()
              .filter(frame -> frame.content().path("widget_type").asString("").equals("form"))
              .findFirst()
              .orElseThrow();
      Map<String, Object> formData =
          Map.of(
              "start_date", "2026-01-01",
              "end_date", "2026-03-31",
              "regions", List.of("North", "South"));

      chat.ask(
          "Filter and visualize sales data",
          Map.of("form_data", formData, "form_id", form.data().get("form_id").asString()));
      List<Received> frames = chat.untilDone();
      assertThat(types(frames)).containsSubsequence("text", "widget", "done");
      JsonNode chart = widgetIn(frames).data();
      assertThat(chart.at("/series/0/labels"))
          .extracting(JsonNode::asString)
          .containsExactly("North", "South");
      assertThat(chart.get("title").asString()).contains("2026-01-01", "2026-03-31", "North");

      RestClient.Answer submitted =
          invoke("viewer", form, "Show chart", Map.of("form_data", formData));
      assertThat(submitted.json().at("/widget/data/series")).isEqualTo(chart.get("series"));
    }
  }

  @Test
  void aCustomerSearchBringsATableAndNamesAWrongField() throws Exception {
    try (GuideClient chat = connect("viewer")) {
      chat.ask("Help me find customers in New York");
      chat.untilDone();
      RestClient viewer = as("viewer");
      for (Object body :
          List.of(
              Map.of("city", "Austin", "state", "TX"),
              Map.of("form_data", Map.of("city", "Austin", "state", "TX")))) {
        JsonNode found = viewer.post("/api/customers/search", body).json();
        assertThat(found.get("type").asString()).isEqualTo("new_widget");
        assertThat(found.at("/widget/data/rows/0/city").asString()).isEqualTo("Austin");
      }
      RestClient.Answer wrong =
          viewer.post("/api/customers/search", Map.of("revenue_min", "lots", "state", "ZZ"));
      assertThat(wrong.status()).isEqualTo(422);
      assertThat(wrong.json().get("errors"))
          .extracting(error -> error.get("field").asString())
          .containsExactly("state", "revenue_min");
    }
  }

  @Test
  void oneRequestAsksAndStreamsTheAnswerLineByLine() {
    RestClient.Answer answer =
        as("manager")
            .post("/ai/chat", Map.of("session_id", session, "message", "Q2 sales by region"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.type()).startsWith("application/x-ndjson");
    List<Received> frames =
        answer.text().lines().map(line -> GuideParser.parse(Json.MAPPER.readTree(line))).toList();
    assertThat(types(frames)).containsExactly("status", "text", "widget", "citations", "done");

    String turn = frames.getFirst().whole().get("turn_id").asString();
    RestClient.Answer again =
        as("manager")
            .post(
                "/ai/chat",
                Map.of("session_id", session, "message", "Q2 sales by region", "turn_id", turn));
    assertThat(again.text()).as("the same turn, the same bytes").isEqualTo(answer.text());
  }

  @Test
  void actionsAreFilteredByPermissionAndWhatAClientClaimsAddsNone() throws Exception {
    try (GuideClient chat = GuideClient.open(base(), "?session_id=" + session)) {
      chat.send(
          Map.of(
              "type",
              "auth",
              "user_context",
              Map.of(
                  "token", String.valueOf(as("viewer").token()),
                  "user_id", "admin",
                  "permissions", List.of("manager", "data_exporter"))));
      chat.ask("Sales by region");
      assertThat(widgetIn(chat.untilDone()).actionTypes()).isEmpty();
    }
    String other = UUID.randomUUID().toString();
    try (GuideClient chat = GuideClient.open(base(), "?session_id=" + other)) {
      chat.send(
          Map.of(
              "type",
              "auth",
              "user_context",
              Map.of(
                  "token", String.valueOf(as("manager").token()),
                  "permissions", List.of("data_exporter"))));
      chat.ask("Sales by region");
      assertThat(widgetIn(chat.untilDone()).actionTypes())
          .as("narrowed to exporting")
          .containsOnly("download");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Export CSV, .csv, text/csv",
    "Export Excel, .xlsx, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "Export PDF, .pdf, application/pdf",
  })
  void aDownloadActionAnswersWithALinkToTheFile(String label, String ending, String contentType)
      throws Exception {
    try (GuideClient chat = connect("exporter")) {
      chat.ask("Q2 sales by region");
      Received chart = widgetIn(chat.untilDone());
      JsonNode answer = invoke("exporter", chart, label, Map.of()).json();
      assertThat(answer.get("type").asString()).isEqualTo("download");
      assertThat(answer.get("url").asString()).endsWith(ending);
      assertThat(answer.get("content_type").asString()).isEqualTo(contentType);
      RestClient.Answer file = new RestClient(base(), null).get(answer.get("url").asString());
      assertThat(file.status()).isEqualTo(200);
      assertThat(file.type()).startsWith(contentType);
    }
  }

  @Test
  void aNavigationCardOpensItsRouteWithItsParams() throws Exception {
    try (GuideClient chat = connect("viewer")) {
      chat.ask("Go to the sales dashboard for Q2 2026 in the North");
      Received navigation = widgetIn(chat.untilDone());
      JsonNode card = navigation.data().at("/cards/0");
      assertThat(card.get("route").asString()).isEqualTo("/dashboard/sales");
      assertThat(card.get("badge").asString()).startsWith("Data to 20");
      assertThat(card.get("badge_color").asString()).isIn("success", "warning");
      JsonNode opened = invoke("viewer", navigation, "Open Sales Dashboard", Map.of()).json();
      assertThat(opened.get("type").asString()).isEqualTo("navigate");
      assertThat(opened.get("params")).isEqualTo(card.get("params"));
      assertThat(opened.at("/params/region").asString()).isEqualTo("North");
    }
  }

  @Test
  void clientsThatComeAtTheSameTimeShareTheirNewSession() throws Exception {
    List<GuideClient> clients =
        Stream.generate(() -> GuideClient.open(base(), "?session_id=" + session + "&last_seq=-1"))
            .limit(8)
            .toList();
    String token = String.valueOf(as("viewer").token());
    clients.forEach(client -> client.send(Map.of("type", "auth", "token", token)));
    clients.getFirst().ask("Total revenue in 2025");
    for (GuideClient client : clients) {
      assertThat(types(client.untilDone())).contains("widget", "done");
      client.close();
    }
  }

  @Test
  void aFilterReachesEveryClientAndLaterAnswersObeyAndNameIt() throws Exception {
    try (GuideClient chat = connect("viewer");
        GuideClient tablet = connectFromTheBeginning("viewer");
        StompClient web = new StompClient(base(), as("viewer").token())) {
      chat.ask("Total revenue in 2025");
      chat.untilDone();
      tablet.untilDone();
      web.subscribe(session, -1);

      chat.send(Map.of("type", "filter_update", "data", Map.of("key", "region", "value", "North")));
      assertThat(chat.next("state").content().at("/data/value").asString()).isEqualTo("North");
      assertThat(tablet.next("state").content().get("event").asString()).isEqualTo("filter_update");
      web.until(frame -> frame.get("type").asString().equals("state"));

      tablet.ask("Sales by product");
      List<Received> frames = tablet.untilDone();
      String text =
          String.join(
              "",
              frames.stream().filter(f -> f.type().equals("text")).map(Received::text).toList());
      assertThat(text).contains("active filters: region North");
      assertThat(widgetIn(frames).data().get("title").asString()).contains("region North");

      chat.send(Map.of("type", "state", "event", "filter_update", "data", Map.of("key", "all")));
      tablet.next("state");
      tablet.ask("Sales by product");
      assertThat(widgetIn(tablet.untilDone()).data().get("title").asString())
          .isEqualTo("Sales by Product");
    }
  }

  @Test
  void theSourcesAndPreferencesOfAUserContextAreTakenOver() throws Exception {
    RestClient viewer = as("viewer");
    try (GuideClient chat = GuideClient.open(base(), "?session_id=" + session)) {
      chat.send(
          Map.of(
              "type",
              "auth",
              "user_context",
              Map.of(
                  "token", String.valueOf(viewer.token()),
                  "active_sources", List.of("customer-directory"),
                  "preferences", Map.of("number_format", "de-DE"))));
      chat.next("state");
      chat.ask("Units by product");
      List<Received> frames = chat.untilDone();
      assertThat(types(frames)).doesNotContain("widget");
      assertThat(frames.stream().map(f -> f.content().asString("")).toList())
          .anyMatch(text -> text.contains("not active in this conversation"));
    }
    assertThat(viewer.get("/api/preferences").json().get("number_format").asString())
        .isEqualTo("de-DE");
  }

  @Test
  void aClientThatComesBackGetsWhatItMissedOnceAndInOrder() throws Exception {
    String token = String.valueOf(as("viewer").token());
    List<Long> seen = new ArrayList<>();
    try (GuideClient chat = connect("viewer")) {
      chat.ask("Sales by region");
      chat.until(frame -> frame.type().equals("text"))
          .forEach(frame -> seen.add(frame.whole().get("seq").asLong()));
    }
    try (GuideClient chat =
        GuideClient.open(base(), "?session_id=" + session + "&last_seq=" + seen.getLast())) {
      chat.send(Map.of("type", "auth", "token", token));
      chat.untilDone().forEach(frame -> seen.add(frame.whole().get("seq").asLong()));
    }
    JsonNode all = as("viewer").get("/api/conversations/" + session + "/frames").json();
    assertThat(seen)
        .isEqualTo(
            all.get("frames").valueStream().map(frame -> frame.get("seq").asLong()).toList());
  }

  @Test
  void anAnswerCanBeStopped() throws Exception {
    try (GuideClient chat = connect("viewer")) {
      chat.send(Map.of("type", "cancel", "turn_id", "never-asked"));
      assertThat(chat.next("error").content().get("code").asString()).isEqualTo("turn_not_found");
      chat.send(Map.of("type", "message", "turn_id", "t-1", "content", "Sales by month"));
      chat.send(Map.of("type", "cancel", "turn_id", "t-1"));
      assertThat(chat.untilDone().getLast().content().get("outcome").asString())
          .isIn("cancelled", "completed");
    }
  }

  @Test
  void anActionOverTheSocketAnswersWithAFrame() throws Exception {
    try (GuideClient chat = connect("analyst")) {
      chat.ask("Q2 sales by region");
      Received chart = widgetIn(chat.untilDone());
      chat.send(
          Map.of(
              "type", "action",
              "invocation_id", "i-1",
              "widget_id", chart.content().get("widget_id").asString(),
              "action_id", chart.action("View Details").get("action_id").asString(),
              "params", Map.of("selected_item", "North", "level", "channel")));
      Received result = chat.next("action_result");
      assertThat(result.content().at("/widget/data/columns/0/key").asString()).isEqualTo("channel");
    }
  }

  @Test
  void nobodyGetsInWithoutATokenOrIntoSomeoneElsesSession() throws Exception {
    try (GuideClient chat = GuideClient.open(base(), "?session_id=" + session)) {
      chat.ask("Sales by region");
      assertThat(chat.next("error").content().get("code").asString()).isEqualTo("unauthenticated");
      chat.send(Map.of("type", "auth", "token", "forged"));
      assertThat(chat.next("error").content().get("code").asString()).isEqualTo("unauthenticated");
      chat.send(Map.of("type", "auth", "user_context", Map.of("user_id", "admin")));
      assertThat(chat.next("error").content().get("code").asString()).isEqualTo("unauthenticated");
    }
    try (GuideClient chat = connect("viewer")) {
      chat.ask("hello");
      chat.untilDone();
    }
    try (GuideClient chat = connect("analyst")) {
      assertThat(chat.next("error").content().get("code").asString())
          .isEqualTo("not_a_participant");
      chat.ask("Sales by region");
      assertThat(chat.next("error").content().get("code").asString()).isEqualTo("unauthenticated");
    }
    try (GuideClient chat = GuideClient.open(base(), "")) {
      chat.send(Map.of("type", "auth", "token", String.valueOf(as("viewer").token())));
      assertThat(chat.next("error").content().get("code").asString()).isEqualTo("invalid_request");
    }
  }

  @Test
  void idsOfActionsAndWidgetsAreNeverGivenTwice() throws Exception {
    Set<String> ids = new HashSet<>();
    try (GuideClient chat = connect("manager")) {
      for (int i = 0; i < 3; i++) {
        chat.ask("Sales by region");
        Received chart = widgetIn(chat.untilDone());
        assertThat(ids.add(chart.content().get("widget_id").asString())).isTrue();
        chart
            .content()
            .get("actions")
            .forEach(action -> assertThat(ids.add(action.get("action_id").asString())).isTrue());
      }
    }
  }
}
