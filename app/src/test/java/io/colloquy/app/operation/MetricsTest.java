package io.colloquy.app.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.api.json.Json;
import io.colloquy.app.Awaiting;
import io.colloquy.app.ColloquyTest;
import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What is measured while people use it, and who may see it. */
@ColloquyTest
class MetricsTest {

  private static final Pattern NAME = Pattern.compile("[a-z]+_[a-z_]*[a-z]");

  @LocalServerPort int port;
  @Autowired StateMetrics state;

  private RestClient as(String user) {
    return RestClient.signedIn("http://localhost:" + port, user);
  }

  private static double value(String metrics, String of) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(of))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static void askAndClick(StompClient stomp, String conversation, RestClient manager)
      throws InterruptedException {
    JsonNode widget =
        StompClient.content(stomp.answer(conversation, "Sales by region in 2025"), "widget");
    manager.post(
        "/api/widget/action",
        Map.of(
            "widget_id", widget.get("widget_id").asString(),
            "action_id", widget.get("actions").get(0).get("action_id").asString()));
  }

  @Test
  void turnsActionsRefusalsAndLagAreMeasured() throws Exception {
    RestClient admin = as("admin");
    RestClient manager = as("manager");
    String before = admin.get("/actuator/prometheus").text();
    String conversation = manager.openConversation();
    try (StompClient stomp = new StompClient("http://localhost:" + port, manager.token())) {
      stomp.subscribe(conversation, -1);
      askAndClick(stomp, conversation, manager);
      stomp.ask(conversation, "t-x", "");
      assertThat(stomp.error().get("code").asString()).isEqualTo("empty_message");
    }
    assertThat(as("viewer").get("/api/conversations/" + conversation).status()).isEqualTo(403);
    state.look();
    for (String grown :
        new String[] {
          "colloquy_turns_total{code=\"none\",outcome=\"completed\"",
          "colloquy_turn_stage_seconds_count",
          "colloquy_actions_total{detail=\"none\",outcome=\"completed\"",
          "colloquy_refusals_total{code=\"empty_message\",transport=\"stomp\"",
          "colloquy_refusals_total{code=\"not_a_participant\",transport=\"http\"",
          "colloquy_events_total{type=\"turn-submitted\""
        }) {
      Awaiting.until(
          grown + " has grown",
          () -> value(admin.get("/actuator/prometheus").text(), grown) > value(before, grown));
    }
    String metrics = admin.get("/actuator/prometheus").text();
    assertThat(metrics).contains("colloquy_projection_lag_events{group=\"audit-log\"");
    assertThat(value(metrics, "colloquy_nodes")).isEqualTo(1);
  }

  @Test
  void onlyAdministratorsReadThem() {
    assertThat(as("manager").get("/actuator/prometheus").status()).isEqualTo(403);
    assertThat(
            new RestClient("http://localhost:" + port, null).get("/actuator/prometheus").status())
        .isEqualTo(401);
    assertThat(as("admin").get("/actuator/env").status())
        .as("nothing else is shown")
        .isNotEqualTo(200);
  }

  @Test
  void everyMetricOfTheDashboardIsMeasured() throws Exception {
    RestClient manager = as("manager");
    String conversation = manager.openConversation();
    try (StompClient stomp = new StompClient("http://localhost:" + port, manager.token())) {
      stomp.subscribe(conversation, -1);
      askAndClick(stomp, conversation, manager);
    }
    as("viewer").get("/api/conversations/" + conversation);
    TreeSet<String> named = new TreeSet<>();
    JsonNode dashboard =
        Json.MAPPER.readTree(Files.readString(Path.of("../ops/grafana-dashboard.json")));
    for (String expression : dashboard.findValuesAsString("expr")) {
      Matcher names = NAME.matcher(expression);
      while (names.find()) {
        if (names.group().startsWith("colloquy_")
            || names.group().startsWith("http_")
            || names.group().startsWith("hikaricp_")
            || names.group().startsWith("jvm_")) {
          named.add(names.group());
        }
      }
    }
    assertThat(named).hasSizeGreaterThan(10);
    RestClient admin = as("admin");
    for (String name : named) {
      Awaiting.until(
          name + " is measured",
          () -> admin.get("/actuator/prometheus").text().contains("\n" + name));
    }
  }
}
