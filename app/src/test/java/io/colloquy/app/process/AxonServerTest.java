package io.colloquy.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.Awaiting;
import io.colloquy.app.ColloquyApplication;
import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** Two nodes whose commands go by way of Axon Server, each handled by the other. */
class AxonServerTest {

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private ConfigurableApplicationContext node(
      String name, Installation installation, AxonServerStandIn server) {
    return SpringApplication.run(
        ColloquyApplication.class,
        "--spring.profiles.active=axon-server",
        "--axon.axonserver.servers=localhost:" + server.port(),
        "--axon.axonserver.client-id=" + name,
        "--axon.axonserver.heartbeat.enabled=false",
        "--server.port=0",
        "--server.shutdown=immediate",
        "--colloquy.home=" + installation.home(),
        "--colloquy.database-url=" + installation.databaseUrl(),
        "--colloquy.oidc-issuer=" + installation.issuer().url());
  }

  private static String base(ConfigurableApplicationContext node) {
    return "http://localhost:"
        + Objects.requireNonNull(((WebServerApplicationContext) node).getWebServer()).getPort();
  }

  @Test
  void commandsAreHandledByAnotherNodeAndWhatRefusesThemComesBack() throws Exception {
    try (Installation installation = Installation.in(folder);
        AxonServerStandIn server = AxonServerStandIn.start();
        ConfigurableApplicationContext one = node("one", installation, server)) {
      RestClient ada = installation.client(base(one), "ada");
      String conversation;
      try (ConfigurableApplicationContext two = node("two", installation, server)) {
        conversation = ada.openConversation();
        assertThat(server.givenTo("two")).isPositive();
        turnsAndActionsAreAnswered(ada, conversation, base(two));
        refusalsAreThoseOfOneNode(
            ada,
            new RestClient(base(one), installation.issuer().token("bob", "viewer")),
            conversation);
        whatWasSaidIsCarriedIntoAFork(ada, conversation);
      }
      turnsAndActionsAreAnswered(ada, conversation, base(one));
    }
  }

  private static void turnsAndActionsAreAnswered(
      RestClient ada, String conversation, String listeningAt) throws Exception {
    try (StompClient stomp = new StompClient(listeningAt, ada.token())) {
      stomp.subscribe(conversation, -1);
      String turn = UUID.randomUUID().toString();
      Awaiting.until(
          "the command finds a node",
          () ->
              ada.post(
                          "/api/conversations/" + conversation + "/turns",
                          Map.of("turn_id", turn, "content", "Sales by region in 2025"))
                      .status()
                  == 202);
      List<JsonNode> frames =
          stomp.until(
              frame ->
                  turn.equals(frame.path("turn_id").asString(""))
                      && frame.get("type").asString().equals("done"));
      JsonNode widget = StompClient.content(frames, "widget");
      for (JsonNode action : widget.get("actions")) {
        if (!action.get("type").asString().equals("dialog")) {
          RestClient.Answer answer =
              ada.post(
                  "/api/widget/action",
                  Map.of(
                      "widget_id", widget.get("widget_id").asString(),
                      "action_id", action.get("action_id").asString(),
                      "params", Map.of("selected_item", "North")));
          assertThat(answer.status()).as(action + " " + answer.text()).isEqualTo(200);
        }
      }
    }
  }

  private static void refusalsAreThoseOfOneNode(
      RestClient ada, RestClient bob, String conversation) {
    String turns = "/api/conversations/" + conversation + "/turns";
    assertThat(ada.post(turns, Map.of("content", "")).code()).isEqualTo("empty_message");
    assertThat(bob.post(turns, Map.of("content", "Mine?")).code()).isEqualTo("not_a_participant");
    assertThat(
            ada.post(
                    "/api/conversations/" + UUID.randomUUID() + "/turns",
                    Map.of("content", "Where?"))
                .code())
        .isEqualTo("conversation_not_found");
  }

  private static void whatWasSaidIsCarriedIntoAFork(RestClient ada, String conversation) {
    RestClient.Answer fork =
        ada.post("/api/conversations/" + conversation + "/fork", Map.of("title", "What if"));
    assertThat(fork.status()).as(fork.text()).isEqualTo(201);
    String forked = fork.json().get("conversation_id").asString();
    Awaiting.until(
        "what was said is there",
        () -> !ada.get("/api/conversations/" + forked).json().path("turns").isEmpty());
  }
}
