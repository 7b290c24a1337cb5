package io.colloquy.app.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import tools.jackson.databind.JsonNode;

/** Widgets live as long as their type's setting says, and every client is told when it is over. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "colloquy.home=target/home-${random.uuid}",
      "colloquy.widget-lifetimes.card=1s",
      "colloquy.expiry-interval=200ms"
    })
@DirtiesContext
class WidgetExpiryTest {

  @LocalServerPort int port;

  @Test
  void anExpiredWidgetIsGoneForItsActionsAndOthersLiveOn() throws Exception {
    String base = "http://localhost:" + port;
    RestClient rest = RestClient.signedIn(base, "viewer");
    String conversation = rest.openConversation();
    try (StompClient stomp = new StompClient(base, rest.token())) {
      stomp.subscribe(conversation, -1);
      stomp.ask(conversation, "t-1", "hello");
      JsonNode card = widget(stomp.until(frame -> frame.get("type").asString().equals("widget")));
      JsonNode over =
          stomp
              .until(frame -> frame.at("/content/event").asString("").equals("widget_expired"))
              .getLast();
      assertThat(over.at("/content/data/widget_id").asString())
          .isEqualTo(card.get("widget_id").asString());

      RestClient.Answer gone = rest.post("/api/widget/action", invocation(card));
      assertThat(gone.status()).isEqualTo(410);
      assertThat(gone.code()).isEqualTo("widget_expired");
      assertThat(rest.post("/api/widget/hello", Map.of()).status()).isEqualTo(403);

      stomp.ask(conversation, "t-2", "Go to the sales dashboard");
      JsonNode navigation =
          widget(stomp.until(frame -> frame.get("type").asString().equals("widget")));
      assertThat(rest.post("/api/widget/action", invocation(navigation)).status()).isEqualTo(200);
    }
  }

  private static JsonNode widget(List<JsonNode> frames) {
    return frames.getLast().get("content");
  }

  private static Map<String, Object> invocation(JsonNode widget) {
    return Map.of(
        "widget_id", widget.get("widget_id").asString(),
        "action_id", widget.at("/actions/0/action_id").asString());
  }
}
