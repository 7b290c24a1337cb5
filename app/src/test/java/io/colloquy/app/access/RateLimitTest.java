package io.colloquy.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.Awaiting;
import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Nobody does anything too often, over whatever transport. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "colloquy.home=target/home-${random.uuid}",
      "colloquy.limits.sign-ins=25",
      "colloquy.limits.requests=40",
      "colloquy.limits.turns=12",
      "colloquy.limits.actions=15"
    })
class RateLimitTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static final Map<String, RestClient> CLIENTS = new ConcurrentHashMap<>();

  @LocalServerPort int port;
  @Autowired JdbcTemplate sql;

  private String base() {
    return "http://localhost:" + port;
  }

  /** Everybody signs in before signing in is tried too often. */
  @BeforeEach
  void signIn() {
    for (String user : List.of("auditor", "viewer", "manager", "exporter", "analyst")) {
      as(user);
    }
  }

  private RestClient as(String user) {
    return CLIENTS.computeIfAbsent(user, name -> RestClient.signedIn(base(), name));
  }

  private HttpResponse<String> tryPassword(int number) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(base() + "/api/auth/token"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"username\":\"admin\",\"password\":\"p%d\"}".formatted(number)))
            .build(),
        BodyHandlers.ofString());
  }

  private long count(String query, Object... values) {
    return Objects.requireNonNull(sql.queryForObject(query, Long.class, values));
  }

  @Test
  void passwordsCannotBeTriedOutAndTheLogIsNotFilledWithIt() throws Exception {
    RestClient auditor = as("auditor");
    for (int i = 0; i < 60; i++) {
      tryPassword(i);
    }
    HttpResponse<String> last = tryPassword(60);
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(last.body()).contains("\"code\":\"rate_limited\"").contains("\"retryable\":true");
    assertThat(Long.parseLong(last.headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(1L, 60L);
    Awaiting.until(
        "it is in the audit log",
        () ->
            count(
                    "select count(*) from audit_entry where payload ->> 'code' = 'invalid_credentials'")
                > 0);
    assertThat(
            count("select count(*) from domain_event_entry where payload_type = 'access-refused'"))
        .isLessThan(45);
    assertThat(auditor.get("/api/me").status()).as("others are not held up").isEqualTo(200);
  }

  @Test
  void questionsOfOneUserAreLimitedOverEveryTransportTogether() throws Exception {
    RestClient viewer = as("viewer");
    String conversation = viewer.openConversation();
    try (StompClient stomp = new StompClient(base(), viewer.token())) {
      for (int i = 0; i < 40; i++) {
        stomp.ask(conversation, UUID.randomUUID().toString(), "Hello");
      }
      assertThat(stomp.error().get("code").asString()).isEqualTo("rate_limited");
      assertThat(stomp.isConnected()).as("it is no reason to be thrown out").isTrue();
    }
    RestClient.Answer answer =
        viewer.post("/api/conversations/" + conversation + "/turns", Map.of("content", "Hello"));
    assertThat(answer.code()).isEqualTo("rate_limited");
    assertThat(
            count(
                """
                select count(*) from domain_event_entry
                where payload_type = 'turn-submitted' and aggregate_identifier = ?""",
                conversation))
        .isBetween(12L, 25L);
    Awaiting.until(
        "the refusal is in the log, once",
        () ->
            count(
                    """
                    select count(*) from audit_entry
                    where payload ->> 'code' = 'rate_limited' and metadata ->> 'actor' = 'viewer'""")
                == 1);
    assertThat(as("manager").get("/api/conversations").status()).isEqualTo(200);
  }

  @Test
  void requestsOfOneUserAreLimitedAndLeftAlone() {
    RestClient exporter = as("exporter");
    int refused = 0;
    for (int i = 0; i < 80; i++) {
      refused += exporter.get("/api/me").status() == 429 ? 1 : 0;
    }
    assertThat(refused).isPositive();
    assertThat(as("analyst").get("/api/me").status()).isEqualTo(200);
  }
}
