package io.colloquy.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.Awaiting;
import io.colloquy.app.ColloquyTest;
import io.colloquy.app.RestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** The past of a conversation: read, forked, and asked again. */
@ColloquyTest
class ReplayTest {

  @LocalServerPort int port;
  @Autowired JdbcTemplate sql;

  @SuppressWarnings("NullAway.Init")
  private RestClient manager;

  @SuppressWarnings("NullAway.Init")
  private String conversation;

  private String here = "";

  @BeforeEach
  void aConversation() {
    manager = as("manager");
    conversation = manager.openConversation();
    here = "/api/conversations/" + conversation;
    ask(conversation, "Q2 2026 sales by region");
    manager.post("/ai/chat", Map.of("session_id", conversation, "message", "And by product?"));
  }

  private RestClient as(String user) {
    return RestClient.signedIn("http://localhost:" + port, user);
  }

  private void ask(String id, String question) {
    manager.post("/ai/chat", Map.of("session_id", id, "message", question));
  }

  private List<JsonNode> steps() {
    List<JsonNode> steps = new ArrayList<>();
    manager.get(here + "/timeline").json().get("steps").forEach(steps::add);
    return steps;
  }

  private String turn(int number) {
    return manager.get(here + "/replay").json().get("turns").get(number).get("turn_id").asString();
  }

  @Test
  void theStateAtAnyPlaceIsWhatTheEventsUntilThenMakeIt() {
    List<JsonNode> steps = steps();
    int turns = 0;
    int widgets = 0;
    for (JsonNode step : steps) {
      String type = step.get("type").asString();
      turns += type.equals("turn-submitted") ? 1 : 0;
      widgets += type.equals("widget-generated") ? 1 : 0;
      JsonNode state = manager.get(here + "/replay?at=" + step.get("seq").asLong()).json();
      assertThat(state.get("turns").size()).isEqualTo(turns);
      assertThat(state.get("widgets").size()).isEqualTo(widgets);
      assertThat(state.get("seq")).isEqualTo(step.get("seq"));
      if (type.equals("turn-completed")) {
        assertThat(state.get("turns").get(turns - 1).get("status").asString())
            .isEqualTo("completed");
      }
    }
    JsonNode middle = steps.get(steps.size() / 2);
    assertThat(
            manager
                .get(here + "/replay?at=" + middle.get("at").asString())
                .json()
                .get("seq")
                .asLong())
        .isGreaterThanOrEqualTo(middle.get("seq").asLong());
    assertThat(manager.get(here + "/replay?at=2001-01-01T00:00:00Z").status()).isEqualTo(404);
  }

  @Test
  void theTimelineHoldsExactlyTheFramesTheClientSaw() {
    List<JsonNode> seen = new ArrayList<>();
    manager.get(here + "/frames").json().get("frames").forEach(seen::add);

    assertThat(steps().stream().filter(step -> step.has("frame")).map(step -> step.get("frame")))
        .containsExactlyElementsOf(seen);
  }

  @Test
  void aTurnSaysWhyItAnsweredSo() {
    JsonNode why = manager.get(here + "/turns/" + turn(1) + "/why").json();

    assertThat(why.get("question").asString()).isEqualTo("And by product?");
    assertThat(why.get("planner").asString()).isEqualTo("embedded");
    assertThat(why.has("model")).as("no model was asked").isFalse();
    assertThat(why.get("plan").get("query").get("dimensions").toString()).contains("product");
    assertThat(why.get("reads").get(0).get("sql").asString()).startsWith("select");
    assertThat(why.get("reads").get(0).get("row_count").asLong()).isEqualTo(5);
    assertThat(why.get("permissions").toString()).contains("manager");
    assertThat(why.get("timings").get("total_ms").asLong()).isNotNegative();
    assertThat(why.get("outcome").asString()).isEqualTo("completed");
    assertThat(as("auditor").get(here + "/turns/" + turn(1) + "/why").json()).isEqualTo(why);
  }

  @Test
  void aForkGoesOnFromTheMiddleAndTheOriginalIsNotTouched() {
    String before = manager.get(here + "/frames").text();
    long firstDone =
        steps().stream()
            .filter(step -> step.get("type").asString().equals("turn-completed"))
            .findFirst()
            .orElseThrow()
            .get("seq")
            .asLong();
    JsonNode forked =
        manager.post(here + "/fork", Map.of("at_seq", firstDone, "title", "Branch")).json();
    String fork = forked.get("conversation_id").asString();
    String frames = manager.get("/api/conversations/" + fork + "/frames").text();
    assertThat(frames).contains("Q2 2026 Sales by Region").doesNotContain("by Product");

    JsonNode state = manager.get("/api/conversations/" + fork + "/replay").json();
    assertThat(state.get("origin").get("conversation_id").asString()).isEqualTo(conversation);
    assertThat(state.get("origin").get("seq").asLong()).isEqualTo(firstDone);
    assertThat(state.get("turns").size()).isEqualTo(1);

    ask(fork, "only the West");
    assertThat(manager.get("/api/conversations/" + fork + "/frames").text()).contains("West");
    JsonNode widget = state.get("widgets").get(0).get("widget");
    RestClient.Answer drill =
        manager.post(
            "/api/widget/action",
            Map.of(
                "widget_id", widget.get("widget_id"),
                "action_id", widget.get("actions").get(0).get("action_id"),
                "params", Map.of("selected_item", "West")));
    assertThat(drill.json().get("type").asString()).as(drill.text()).isEqualTo("new_widget");
    assertThat(manager.get(here + "/frames").text()).isEqualTo(before);
  }

  @Test
  void aForkInTheMiddleOfATurnEndsItAndStartsNothing() {
    long planned =
        steps().stream()
            .filter(step -> step.get("type").asString().equals("intent-classified"))
            .findFirst()
            .orElseThrow()
            .get("seq")
            .asLong();
    String fork =
        manager
            .post(here + "/fork", Map.of("at_seq", planned))
            .json()
            .get("conversation_id")
            .asString();
    JsonNode state = manager.get("/api/conversations/" + fork + "/replay").json();
    assertThat(state.get("turns").get(0).get("status").asString()).isEqualTo("cancelled");
    ask(fork, "Total revenue in 2025");
    Awaiting.until(
        "the other turn is complete",
        () ->
            manager
                .get("/api/conversations/" + fork + "/replay")
                .text()
                .contains("\"status\":\"completed\""));
    Awaiting.until(
        "no work is left",
        () ->
            Boolean.TRUE.equals(
                sql.queryForObject(
                    "select not exists (select from work_in_progress where conversation_id = ?)",
                    Boolean.class,
                    fork)));
    assertThat(
            manager
                .get("/api/conversations/" + fork + "/replay")
                .json()
                .get("turns")
                .get(0)
                .get("answer")
                .asString())
        .isEmpty();
  }

  @Test
  void aTurnAskedAgainIsComparedAndLeavesNothingBehind() {
    long before = eventsOf(conversation);
    JsonNode compared = manager.post(here + "/turns/" + turn(0) + "/what-if", Map.of()).json();

    assertThat(compared.get("different").size()).as(compared.get("different").toString()).isZero();
    assertThat(compared.get("rerun").get("answer"))
        .isEqualTo(compared.get("original").get("answer"));
    assertThat(compared.get("rerun").get("widgets").get(0).get("actions").size()).isZero();
    assertThat(eventsOf(conversation)).isEqualTo(before);
    Awaiting.until(
        "it is in the audit log",
        () ->
            as("auditor")
                .get("/api/audit/entries?type=turn-rerun&conversation=" + conversation)
                .text()
                .contains("\"planner\":\"embedded\""));
  }

  private long eventsOf(String id) {
    Long count =
        sql.queryForObject(
            "select count(*) from domain_event_entry where aggregate_identifier = ?",
            Long.class,
            id);
    return count == null ? -1 : count;
  }

  @ParameterizedTest
  @CsvSource({
    "GET, replay",
    "GET, timeline",
    "GET, planners",
    "GET, turns/t/why",
    "POST, fork",
    "POST, turns/t/what-if"
  })
  void strangersSeeNothingOfIt(String method, String path) {
    assertThat(as("viewer").sendRaw(method, here + "/" + path, "{}").code())
        .isEqualTo("not_a_participant");
  }

  @Test
  void auditorsLookButHoldNoConversations() {
    RestClient auditor = as("auditor");
    assertThat(auditor.get(here + "/timeline").status()).isEqualTo(200);
    assertThat(auditor.post(here + "/fork", Map.of()).code()).isEqualTo("read_only");
  }

  @ParameterizedTest
  @CsvSource({
    "fork, '{\"at_seq\":-1}', 400",
    "fork, '{\"at_seq\":\"x\"}', 400",
    "turns/none/what-if, '{}', 404",
    "turns/TURN/what-if, '{\"planner\":\"oracle\"}', 400",
    "turns/TURN/what-if, '{\"planner\":\"model\"}', 400"
  })
  void badInputGetsAClearError(String path, String body, int status) {
    assertThat(manager.postRaw(here + "/" + path.replace("TURN", turn(0)), body).status())
        .isEqualTo(status);
  }
}
