package io.colloquy.app.stomp;

import static io.colloquy.app.StompClient.content;
import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.ColloquyTest;
import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** A chat turn over a real connection. */
@ColloquyTest
class TurnTest {

  private static final String QUESTION = "Show me Q2 sales by region with drill-down";

  @LocalServerPort int port;

  private String base() {
    return "http://localhost:" + port;
  }

  @Test
  void aTurnIsAnsweredInTheOrderOfTheGuide() throws Exception {
    RestClient rest = RestClient.signedIn(base(), "manager");
    String conversation = rest.openConversation();
    try (StompClient stomp = new StompClient(base(), rest.token())) {
      stomp.subscribe(conversation, -1);
      stomp.ask(conversation, "t-1", QUESTION);
      List<JsonNode> frames = stomp.untilDone();

      assertThat(kinds(frames)).containsExactly("status", "text", "widget", "citations", "done");
      assertThat(frames).extracting(frame -> frame.get("turn_id").asString()).containsOnly("t-1");
      assertThat(seqs(frames)).isSorted().doesNotHaveDuplicates();
      JsonNode widget = content(frames, "widget");
      assertThat(widget.get("type").asString()).isEqualTo("widget");
      assertThat(UUID.fromString(widget.get("widget_id").asString()).version()).isEqualTo(4);
      assertThat(widget.at("/data/chart_type").asString()).isEqualTo("bar");
      assertThat(widget.at("/data/series/0/labels").size()).isEqualTo(4);
      assertThat(widget.at("/config/drill_down_enabled").asBoolean()).isTrue();
      assertThat(labels(widget))
          .containsExactly("View Details", "Export CSV", "Export Excel", "Export PDF");
      assertThat(widget.at("/metadata/sources/0/source_name").asString()).isEqualTo("Sales ledger");
      assertThat(content(frames, "citations").get(0).get("snippet").asString()).contains("North");
    }
  }

  @Test
  void actionsAreIssuedByPermission() throws Exception {
    assertThat(labels(widgetFor("viewer"))).isEmpty();
    assertThat(labels(widgetFor("analyst"))).containsExactly("View Details");
    assertThat(labels(widgetFor("exporter")))
        .containsExactly("Export CSV", "Export Excel", "Export PDF");
  }

  @Test
  void everyWidgetKindComesInTheGuidesJson() throws Exception {
    RestClient rest = RestClient.signedIn(base(), "analyst");
    String conversation = rest.openConversation();
    try (StompClient stomp = new StompClient(base(), rest.token())) {
      stomp.subscribe(conversation, -1);

      stomp.ask(conversation, "card", "Total revenue in 2025");
      assertThat(content(stomp.untilDone(), "widget").at("/data/metric").asString())
          .startsWith("$");

      stomp.ask(conversation, "form", "Help me find customers in New York");
      List<JsonNode> search = stomp.untilDone();
      assertThat(content(search, "widget").at("/data/form_id").asString())
          .isEqualTo("customer_search");
      assertThat(content(search, "widget").at("/data/fields/1/default_value").asString())
          .isEqualTo("New York");
      JsonNode table =
          search.stream()
              .filter(frame -> frame.at("/content/widget_type").asString().equals("table"))
              .findFirst()
              .orElseThrow();
      assertThat(table.at("/content/data/rows").size()).isPositive();

      stomp.ask(conversation, "nav", "What can I do with sales data?");
      assertThat(content(stomp.untilDone(), "widget").at("/data/cards/0/route").asString())
          .isEqualTo("/dashboard/sales");

      stomp.ask(conversation, "text", "What is our holiday policy?");
      List<JsonNode> text = stomp.untilDone();
      assertThat(kinds(text)).containsExactly("status", "text", "citations", "done");
    }
  }

  @Test
  void aSubscriberGoesOnAfterTheLastFrameItSawAndSeesTheSameBytes() throws Exception {
    RestClient rest = RestClient.signedIn(base(), "manager");
    String conversation = rest.openConversation();
    List<JsonNode> live;
    try (StompClient stomp = new StompClient(base(), rest.token())) {
      stomp.subscribe(conversation, -1);
      stomp.ask(conversation, "t-1", QUESTION);
      live = stomp.untilDone();
    }
    long third = live.get(2).get("seq").asLong();
    try (StompClient again = new StompClient(base(), rest.token())) {
      again.subscribe(conversation, third);
      assertThat(again.untilDone()).isEqualTo(live.subList(3, live.size()));
      again.ask(conversation, "t-2", "Total revenue");
      assertThat(again.untilDone())
          .extracting(frame -> frame.get("turn_id").asString())
          .containsOnly("t-2");
    }
    JsonNode replay =
        rest.get("/api/conversations/" + conversation + "/frames?after=" + third).json();
    assertThat(replay.get("frames").get(0)).isEqualTo(live.get(3));
  }

  @Test
  void manySubscribersUnderLoadLoseNothingAndGetNothingTwice() throws Exception {
    RestClient rest = RestClient.signedIn(base(), "manager");
    String conversation = rest.openConversation();
    List<StompClient> clients = new ArrayList<>();
    try (StompClient asking = new StompClient(base(), rest.token())) {
      asking.subscribe(conversation, -1);
      List<JsonNode> all = new ArrayList<>();
      for (int turn = 0; turn < 10; turn++) {
        asking.ask(conversation, "t-" + turn, QUESTION);
        for (int i = 0; i < 4; i++) {
          StompClient client = new StompClient(base(), rest.token());
          clients.add(client);
          client.subscribe(conversation, -1);
        }
        all.addAll(asking.untilDone());
      }
      long last = all.getLast().get("seq").asLong();
      for (StompClient client : clients) {
        assertThat(client.until(frame -> frame.get("seq").asLong() == last)).isEqualTo(all);
      }
    } finally {
      clients.forEach(StompClient::close);
    }
  }

  @Test
  void theSameTurnSentTwiceIsAnsweredOnce() throws Exception {
    RestClient rest = RestClient.signedIn(base(), "viewer");
    String conversation = rest.openConversation();
    try (StompClient stomp = new StompClient(base(), rest.token())) {
      stomp.subscribe(conversation, -1);
      stomp.ask(conversation, "t-1", QUESTION);
      stomp.ask(conversation, "t-1", QUESTION);
      stomp.untilDone();
      stomp.ask(conversation, "t-2", "Total revenue");
      assertThat(stomp.untilDone())
          .extracting(frame -> frame.get("turn_id").asString())
          .containsOnly("t-2");
    }
  }

  @Test
  void sharedStateReachesEveryClient() throws Exception {
    RestClient rest = RestClient.signedIn(base(), "viewer");
    String conversation = rest.openConversation();
    try (StompClient one = new StompClient(base(), rest.token());
        StompClient other = new StompClient(base(), rest.token())) {
      other.subscribe(conversation, -1);
      one.send(
          "/app/conversations/" + conversation + "/state",
          Map.of("event", "filter_update", "data", Map.of("key", "region", "value", "North")));
      JsonNode frame = other.until(f -> f.get("type").asString().equals("state")).getLast();
      assertThat(frame.at("/content/data/value").asString()).isEqualTo("North");
    }
  }

  private JsonNode widgetFor(String user) throws Exception {
    RestClient rest = RestClient.signedIn(base(), user);
    String conversation = rest.openConversation();
    try (StompClient stomp = new StompClient(base(), rest.token())) {
      stomp.subscribe(conversation, -1);
      stomp.ask(conversation, "t-1", QUESTION);
      return content(stomp.untilDone(), "widget");
    }
  }

  /** The kinds of the frames, each run once. */
  private static List<String> kinds(List<JsonNode> frames) {
    List<String> kinds = new ArrayList<>();
    for (JsonNode frame : frames) {
      String kind = frame.get("type").asString();
      if (kinds.isEmpty() || !kinds.getLast().equals(kind)) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  private static List<Long> seqs(List<JsonNode> frames) {
    return frames.stream().map(frame -> frame.get("seq").asLong()).toList();
  }

  private static List<String> labels(JsonNode widget) {
    List<String> labels = new ArrayList<>();
    widget.get("actions").forEach(action -> labels.add(action.get("label").asString()));
    return labels;
  }
}
