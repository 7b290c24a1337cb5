package io.colloquy.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colloquy.app.Awaiting;
import io.colloquy.app.ColloquyTest;
import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;

/** Whatever comes in wrong gets its own clear error, and the connection survives where it can. */
@ColloquyTest
class BadInputTest {

  @LocalServerPort int port;
  @Autowired JwtEncoder encoder;
  @Autowired @FlywayDataSource DataSource owner;

  private RestClient rest;
  private String conversation;

  private String base() {
    return "http://localhost:" + port;
  }

  @BeforeEach
  void signIn() {
    rest = RestClient.signedIn(base(), "viewer");
    conversation = rest.openConversation();
  }

  @Test
  void whatCannotBeCountedIsAnsweredWithAProblem() {
    JdbcTemplate sql = new JdbcTemplate(owner);
    sql.execute("alter table rate_limit rename to rate_limit_away");
    try {
      Awaiting.until(
          "requests are to be counted again",
          () -> {
            RestClient.Answer answer = rest.get("/api/me");
            if (answer.status() == 200) {
              return false;
            }
            assertProblem(answer, 500, "internal_error");
            return true;
          });
    } finally {
      sql.execute("alter table rate_limit_away rename to rate_limit");
    }
  }

  @Test
  void restErrorsAreProblemsWithACode() {
    String unknown = "/api/conversations/" + UUID.randomUUID();
    String turns = "/api/conversations/" + conversation + "/turns";
    assertProblem(rest.get(unknown), 404, "conversation_not_found");
    assertProblem(
        rest.post(unknown + "/turns", Map.of("content", "x")), 404, "conversation_not_found");
    assertProblem(rest.post(turns, Map.of("content", " ")), 422, "empty_message");
    assertProblem(rest.post(turns, Map.of()), 422, "empty_message");
    assertProblem(
        rest.post(turns, Map.of("content", "x".repeat(16 * 1024 + 1))), 413, "message_too_long");
    assertProblem(rest.postRaw(turns, "{\"content\": "), 400, "malformed_json");
    assertProblem(rest.postRaw(turns, ""), 400, "invalid_request");
    assertProblem(rest.postRaw(turns, "{\"content\": 5}"), 400, "invalid_request");
    assertProblem(rest.postRaw(turns, "{\"content\": [\"x\"]}"), 400, "invalid_request");
    assertProblem(rest.postRaw(turns, "{\"content\": \"nul \\u0000\"}"), 400, "invalid_request");
    assertProblem(rest.postRaw(turns, "{\"content\": \"half \\ud800\"}"), 400, "invalid_request");
    for (String deep : List.of("{\"a\": {\"\\u0000\": 1}}", "{\"a\": [\"\\u0000\"]}")) {
      assertProblem(rest.sendRaw("PUT", "/api/preferences", deep), 400, "invalid_request");
    }
    assertProblem(
        rest.post(turns, Map.of("content", "x", "turn_id", "no spaces")), 400, "invalid_request");
    assertProblem(rest.get("/api/nothing/here"), 404, "not_found");
    assertProblem(rest.delete("/api/me"), 405, "method_not_allowed");
    assertProblem(rest.get("/api/audit/entries"), 403, "not_permitted");
    assertProblem(
        rest.post("/api/auth/token", Map.of("username", "viewer", "password", "wrong")),
        401,
        "invalid_credentials");
    assertProblem(new RestClient(base(), null).get("/api/conversations"), 401, "unauthenticated");
    assertProblem(
        new RestClient(base(), "forged").get("/api/conversations"), 401, "unauthenticated");
    assertProblem(
        new RestClient(base(), expiredToken()).get("/api/conversations"), 401, "token_expired");
  }

  @Test
  void someoneElsesConversationIsRefusedEverywhereAndEachRefusalIsLogged() throws Exception {
    RestClient other = RestClient.signedIn(base(), "analyst");
    assertProblem(other.get("/api/conversations/" + conversation), 403, "not_a_participant");
    assertProblem(
        other.get("/api/conversations/" + conversation + "/frames"), 403, "not_a_participant");
    assertProblem(
        other.post("/api/conversations/" + conversation + "/turns", Map.of("content", "x")),
        403,
        "not_a_participant");
    try (StompClient stomp = new StompClient(base(), other.token())) {
      stomp.ask(conversation, "t-1", "x");
      assertThat(stomp.error().get("code").asString()).isEqualTo("not_a_participant");
      stomp.subscribe(conversation, -1);
      assertThat(stomp.ending()).contains("not_a_participant");
    }
    RestClient auditor = RestClient.signedIn(base(), "auditor");
    assertThat(awaitEntries(auditor, "type=access-refused&conversation=" + conversation, 5))
        .hasSize(5)
        .allSatisfy(
            entry -> assertThat(entry).contains("\"actor\":\"analyst\"", "\"outcome\":\"denied\""));
  }

  @Test
  void auditorsReadAndChangeNothing() {
    RestClient auditor = RestClient.signedIn(base(), "auditor");
    assertThat(auditor.get("/api/conversations/" + conversation + "/frames").status())
        .isEqualTo(200);
    assertProblem(auditor.post("/api/conversations", Map.of()), 403, "read_only");
    assertProblem(
        auditor.post("/api/conversations/" + conversation + "/turns", Map.of("content", "x")),
        403,
        "read_only");
  }

  @Test
  void stompErrorsComeBackToTheSenderAndTheConnectionSurvives() throws Exception {
    try (StompClient stomp = new StompClient(base(), rest.token())) {
      stomp.subscribe(conversation, -1);
      String app = "/app/conversations/";
      assertError(
          stomp,
          app + UUID.randomUUID() + "/turns",
          "{\"content\":\"x\"}",
          "conversation_not_found");
      assertError(stomp, app + conversation + "/turns", "{\"content\":\"\"}", "empty_message");
      assertError(
          stomp,
          app + conversation + "/turns",
          "{\"content\":\"" + "x".repeat(16 * 1024 + 1) + "\"}",
          "message_too_long");
      assertError(stomp, app + conversation + "/turns", "{nonsense", "malformed_json");
      assertError(stomp, app + conversation + "/turns", "[]", "invalid_request");
      assertError(stomp, app + conversation + "/turns", "null", "invalid_request");
      assertError(stomp, app + conversation + "/nothing", "{}", "not_found");
      assertError(stomp, app + conversation + "/turns/never/cancel", "{}", "turn_not_found");
      assertError(
          stomp,
          app + conversation + "/actions",
          "{\"invocation_id\":\"i-1\",\"widget_id\":\"w\",\"action_id\":\"a\"}",
          "widget_not_found");
      assertError(stomp, app + conversation + "/state", "{\"event\":\"grant\"}", "invalid_request");

      assertThat(stomp.isConnected()).isTrue();
      stomp.ask(conversation, "t-1", "Total revenue");
      assertThat(stomp.untilDone().getLast().get("type").asString()).isIn("done", "error");
    }
  }

  @Test
  void whatMayNotBeConnectedOrSubscribedEndsWithAnErrorFrame() throws Exception {
    assertThatThrownBy(() -> new StompClient(base(), null)).isNotNull();
    assertThatThrownBy(() -> new StompClient(base(), "forged")).isNotNull();
    assertThatThrownBy(() -> new StompClient(base(), expiredToken())).isNotNull();
    for (String destination :
        List.of("/topic/audit-everything", "/queue/errors-user1", "/topic/conversations/a/b")) {
      try (StompClient stomp = new StompClient(base(), rest.token())) {
        stomp.subscribeTo(destination, Map.of());
        assertThat(stomp.ending()).as(destination).contains("not_found");
      }
    }
    try (StompClient stomp = new StompClient(base(), rest.token())) {
      stomp.sendRaw("/topic/conversations/" + conversation, "{\"forged\":true}");
      assertThat(stomp.ending()).contains("not_found");
    }
    try (StompClient stomp = new StompClient(base(), rest.token())) {
      stomp.subscribeTo("/topic/conversations/" + conversation, Map.of("last-seq", "soon"));
      assertThat(stomp.ending()).contains("invalid_request");
    }
  }

  @Test
  void theAuditLogListsEveryStepForTheAuditorAlone() throws Exception {
    RestClient manager = RestClient.signedIn(base(), "manager");
    String asked = manager.openConversation();
    try (StompClient stomp = new StompClient(base(), manager.token())) {
      stomp.subscribe(asked, -1);
      stomp.ask(asked, "t-1", "Q2 sales by region");
      stomp.untilDone();
    }
    RestClient auditor = RestClient.signedIn(base(), "auditor");
    List<String> entries = awaitEntries(auditor, "conversation=" + asked, 9);
    assertThat(entries)
        .extracting(entry -> entry.replaceAll(".*?\"type\":\"([a-z-]+)\".*", "$1"))
        .containsExactly(
            "conversation-opened",
            "turn-submitted",
            "intent-classified",
            "answer-text-appended",
            "data-queried",
            "answer-text-appended",
            "widget-generated",
            "citations-attached",
            "turn-completed");
    for (String user : List.of("viewer", "analyst", "manager", "exporter", "admin")) {
      assertProblem(
          RestClient.signedIn(base(), user).get("/api/audit/entries"), 403, "not_permitted");
    }
  }

  private List<String> awaitEntries(RestClient auditor, String filter, int atLeast)
      throws InterruptedException {
    Instant patience = Instant.now().plusSeconds(20);
    while (true) {
      var entries = auditor.get("/api/audit/entries?" + filter).json().get("entries");
      if (entries.size() >= atLeast || Instant.now().isAfter(patience)) {
        return entries.valueStream().map(Object::toString).toList();
      }
      Thread.onSpinWait();
    }
  }

  private static void assertError(StompClient stomp, String destination, String body, String code)
      throws InterruptedException {
    stomp.sendRaw(destination, body);
    assertThat(stomp.error().get("code").asString()).as(destination + " " + body).isEqualTo(code);
  }

  private static void assertProblem(RestClient.Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.type()).startsWith("application/problem+json");
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.json().get("detail").asString())
        .isNotBlank()
        .doesNotContain("Exception", "io.colloquy", "sql");
  }

  private String expiredToken() {
    Instant now = Instant.now();
    JwtClaimsSet claims =
        JwtClaimsSet.builder()
            .issuer("colloquy-local")
            .subject("viewer")
            .issuedAt(now.minusSeconds(7200))
            .expiresAt(now.minusSeconds(1))
            .build();
    return encoder
        .encode(JwtEncoderParameters.from(JwsHeader.with(MacAlgorithm.HS256).build(), claims))
        .getTokenValue();
  }
}
