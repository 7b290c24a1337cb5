package io.colloquy.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.Awaiting;
import io.colloquy.app.ColloquyTest;
import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The OWASP API Security Top 10 (2023), tried out. */
@ColloquyTest
class AbuseTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** What may be asked for without a token; each is tested where it is at home. */
  private static final Set<String> OPEN =
      Set.of("/api/auth/", "/api/exports/", "/schema/", "/ai/chat", "/error");

  @LocalServerPort int port;
  @Autowired JdbcTemplate sql;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mappings;

  private String base() {
    return "http://localhost:" + port;
  }

  private RestClient as(String user) {
    return RestClient.signedIn(base(), user);
  }

  private record Owned(String conversation, JsonNode widget) {}

  private Owned conversationOf(RestClient owner) throws Exception {
    String conversation = owner.openConversation();
    try (StompClient stomp = new StompClient(base(), owner.token())) {
      stomp.subscribe(conversation, -1);
      List<JsonNode> frames = stomp.answer(conversation, "Sales by region in 2025");
      return new Owned(conversation, StompClient.content(frames, "widget"));
    }
  }

  @Test
  void api1WhatIsSomebodyElsesIsRefusedOnEveryWayAndWrittenDown() throws Exception {
    Owned theirs = conversationOf(as("manager"));
    RestClient analyst = as("analyst");
    String path = "/api/conversations/" + theirs.conversation();
    List<RestClient.Answer> answers =
        List.of(
            analyst.get(path),
            analyst.get(path + "/frames"),
            analyst.get(path + "/turns?before=100"),
            analyst.get(path + "/replay"),
            analyst.post(path + "/turns", Map.of("content", "Total revenue")),
            analyst.post(path + "/fork", Map.of()),
            analyst.sendRaw("PATCH", path, "{\"title\":\"Mine\"}"),
            analyst.post(
                "/api/widget/action",
                Map.of(
                    "widget_id", theirs.widget().get("widget_id").asString(),
                    "action_id",
                        theirs.widget().get("actions").get(0).get("action_id").asString())));
    assertThat(answers).extracting(RestClient.Answer::status).containsOnly(403);
    assertThat(answers)
        .extracting(RestClient.Answer::text)
        .noneMatch(text -> text.contains("revenue") || text.contains("North"));
    try (StompClient stomp = new StompClient(base(), analyst.token())) {
      stomp.subscribe(theirs.conversation(), -1);
      assertThat(stomp.ending()).contains("not_a_participant");
    }
    Awaiting.until(
        "each attempt is in the log",
        () ->
            as("auditor")
                    .get("/api/audit/entries?actor=analyst&conversation=" + theirs.conversation())
                    .json()
                    .get("entries")
                    .size()
                >= answers.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b.c", "none", "weak", "expired"})
  void api2NoTokenButAValidOneIsAccepted(String kind) throws Exception {
    String token =
        switch (kind) {
          case "none" -> unsigned("{\"alg\":\"none\"}", claims(4_000_000_000L)) + ".";
          case "weak" -> signed(claims(4_000_000_000L));
          case "expired" -> signed(claims(1_000));
          default -> kind;
        };
    assertThat(new RestClient(base(), token).get("/api/me").status()).isEqualTo(401);
    assertThat(new RestClient(base(), token).get("/api/audit/entries").status()).isEqualTo(401);
    StompClient refused;
    try (StompClient stomp = new StompClient(base(), token)) {
      refused = stomp;
      assertThat(stomp.ending()).contains("unauthenticated");
    } catch (ExecutionException | TimeoutException ended) {
      refused = null;
    }
    assertThat(refused == null || !refused.isConnected()).isTrue();
  }

  private static String claims(long expires) {
    return "{\"iss\":\"colloquy-local\",\"sub\":\"admin\",\"roles\":[\"admin\",\"auditor\"],\"exp\":%d}"
        .formatted(expires);
  }

  private static String unsigned(String header, String claims) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8))
        + "."
        + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
  }

  private static String signed(String claims) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String content = unsigned("{\"alg\":\"HS256\"}", claims);
    return content
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void api3WhatAClientSaysOfItselfChangesNothing() {
    RestClient viewer = as("viewer");
    String id =
        viewer
            .post(
                "/api/conversations",
                Map.of("owner", "admin", "user_id", "admin", "permissions", List.of("admin")))
            .json()
            .path("conversation_id")
            .asString("");
    if (!id.isEmpty()) {
      Awaiting.until(
          "it is the viewer's own", () -> viewer.get("/api/conversations/" + id).status() == 200);
    }
    viewer.put(
        "/api/preferences", Map.of("theme", "dark", "role", "admin", "permissions", "admin"));
    viewer.post(
        "/ai/chat",
        Map.of(
            "session_id",
            UUID.randomUUID().toString(),
            "message",
            "Total revenue",
            "user_context",
            Map.of("user_id", "admin", "role", "admin", "permissions", List.of("admin"))));
    assertThat(viewer.get("/api/me").json().get("permissions").toString())
        .doesNotContain("admin", "auditor");
    assertThat(viewer.get("/api/audit/entries").status()).isEqualTo(403);
    assertThat(
            sql.queryForObject(
                "select count(*) from domain_event_entry where meta_data ->> 'actor' = 'viewer' and meta_data ->> 'permissions' like '%admin%'",
                Long.class))
        .isZero();
  }

  @Test
  void api5FunctionsOfOthersRolesAreRefused() {
    for (String path :
        new String[] {
          "/api/audit/entries",
          "/api/audit/verify",
          "/api/audit/checkpoints",
          "/api/operations/projections",
          "/api/operations/dead-letters"
        }) {
      assertThat(as("manager").get(path).code()).as(path).isEqualTo("not_permitted");
    }
    assertThat(as("auditor").post("/api/operations/projections/audit-log/rebuild", Map.of()).code())
        .isEqualTo("not_permitted");
    assertThat(as("manager").delete("/api/subjects/viewer").code()).isEqualTo("not_permitted");
  }

  @Test
  void api7TheServerCallsNoAddressAClientNames() throws Exception {
    Owned own = conversationOf(as("manager"));
    RestClient manager = as("manager");
    for (String address :
        new String[] {"http://169.254.169.254/latest", "file:///etc/passwd", "//evil.example"}) {
      for (JsonNode action : own.widget().get("actions")) {
        RestClient.Answer answer =
            manager.post(
                "/api/widget/action",
                Map.of(
                    "widget_id", own.widget().get("widget_id").asString(),
                    "action_id", action.get("action_id").asString(),
                    "params",
                        Map.of(
                            "endpoint",
                            address,
                            "route",
                            address,
                            "url",
                            address,
                            "data_key",
                            address)));
        assertThat(answer.text()).doesNotContain("root:", "\"route\":\"" + address);
        assertThat(answer.status()).as(answer.text()).isLessThan(500);
      }
    }
    HttpResponse<String> callback =
        HTTP.send(
            HttpRequest.newBuilder(
                    URI.create(base() + "/api/auth/sign-in?return_to=https://evil.example/"))
                .build(),
            BodyHandlers.ofString());
    assertThat(callback.headers().firstValue("Location").orElse("")).doesNotContain("evil.example");
  }

  @Test
  void api8NothingIsOpenThatNeedNotBe() throws Exception {
    HttpResponse<String> page =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(base() + "/")).build(), BodyHandlers.ofString());
    assertThat(page.headers().map())
        .containsEntry("X-Content-Type-Options", List.of("nosniff"))
        .containsEntry("X-Frame-Options", List.of("DENY"))
        .containsEntry("Cross-Origin-Opener-Policy", List.of("same-origin"))
        .containsEntry("Cross-Origin-Resource-Policy", List.of("same-origin"))
        .containsKey("Content-Security-Policy")
        .containsKey("Permissions-Policy")
        .containsKey("Referrer-Policy")
        .doesNotContainKey("Server")
        .doesNotContainKey("X-Powered-By");
    HttpResponse<String> elsewhere =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(base() + "/api/me"))
                .header("Origin", "https://evil.example")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Access-Control-Request-Method", "GET")
                .build(),
            BodyHandlers.ofString());
    assertThat(elsewhere.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    RestClient admin = as("admin");
    for (String endpoint : new String[] {"env", "heapdump", "beans", "loggers", "threaddump"}) {
      assertThat(admin.get("/actuator/" + endpoint).status()).as(endpoint).isEqualTo(404);
    }
    assertThat(admin.get("/api/conversations?limit=%00'%22").text())
        .doesNotContain("Exception", "select ", "io.colloquy", "org.springframework");
  }

  @Test
  void api9EveryPathThereIsAsksForAToken() {
    RestClient nobody = new RestClient(base(), null);
    List<String> open = new ArrayList<>();
    int asked = 0;
    for (var mapping : mappings.getHandlerMethods().keySet()) {
      for (String pattern : mapping.getPatternValues()) {
        String path = pattern.replaceAll("\\{[^}]*}", "x").replace("/**", "/x");
        Set<?> methods = mapping.getMethodsCondition().getMethods();
        for (Object method : methods.isEmpty() ? Set.of("GET") : methods) {
          asked++;
          int status = nobody.sendRaw(method.toString(), path, "{}").status();
          boolean known = OPEN.stream().anyMatch(path::startsWith);
          if (status != 401 && !known) {
            open.add(method + " " + path + " -> " + status);
          }
        }
      }
    }
    assertThat(open).as("answered without a token").isEmpty();
    assertThat(asked).as("paths that were asked").isGreaterThan(40);
  }
}
