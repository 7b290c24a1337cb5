package io.colloquy.app.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colloquy.app.ColloquyTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The page's cookie counts for the page, and for nobody who makes a browser send it. */
@ColloquyTest
class SessionTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @LocalServerPort int port;

  private String cookie;

  @BeforeEach
  void signIn() throws Exception {
    HttpResponse<String> signedIn =
        send(
            "POST",
            "/api/auth/session",
            "{\"username\":\"viewer\",\"password\":\"demo\"}",
            Map.of());
    assertThat(signedIn.statusCode()).isEqualTo(204);
    String set = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(set).contains("HttpOnly", "SameSite=Strict", "Path=/").doesNotContain("Secure");
    cookie = set.substring(0, set.indexOf(';'));
  }

  @Test
  void thePageReadsAndWritesAsWhoeverIsSignedIn() throws Exception {
    assertThat(get("/api/me", Map.of("Sec-Fetch-Site", "same-origin"))).isEqualTo(200);
    assertThat(open(Map.of("Sec-Fetch-Site", "same-origin"))).isEqualTo(201);
    assertThat(open(Map.of("Origin", "http://localhost:" + port))).isEqualTo(201);
  }

  @Test
  void anotherSitesPageCannotActForThem() throws Exception {
    assertThat(open(Map.of("Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example")))
        .isEqualTo(401);
    assertThat(open(Map.of("Sec-Fetch-Site", "same-site", "Origin", "http://localhost:1")))
        .isEqualTo(401);
    assertThat(open(Map.of("Origin", "https://evil.example"))).isEqualTo(401);
    assertThat(open(Map.of("Origin", "null"))).isEqualTo(401);
    assertThat(open(Map.of())).as("a browser would say where it comes from").isEqualTo(401);
    assertThat(get("/api/me", Map.of("Sec-Fetch-Site", "cross-site"))).isEqualTo(401);
  }

  @Test
  void anotherSitesPageCannotOpenASocketWithIt() {
    assertThatThrownBy(
            () ->
                HTTP.newWebSocketBuilder()
                    .header("Cookie", cookie)
                    .header("Origin", "https://evil.example")
                    .buildAsync(
                        URI.create("ws://localhost:" + port + "/ws"), new WebSocket.Listener() {})
                    .join())
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(403));
  }

  @Test
  void aTokenThatIsNotOursIsNobodys() throws Exception {
    cookie = "colloquy-token=eyJhbGciOiJub25lIn0.e30.";
    assertThat(get("/api/me", Map.of("Sec-Fetch-Site", "same-origin"))).isEqualTo(401);
    assertThat(get("/", Map.of())).as("the page itself still opens").isEqualTo(200);
    assertThat(get("/api/exports/forged/file.csv", Map.of()))
        .as("a download needs its link alone")
        .isEqualTo(403);
    HttpResponse<String> session = send("GET", "/api/auth/session", null, Map.of("Cookie", cookie));
    assertThat(session.body()).contains("\"signed_in\":false", "\"local_users\":[\"admin\"");
  }

  @Test
  void wrongPasswordsAndAnIdentityProviderThatIsNotThereAreRefused() throws Exception {
    assertThat(
            send(
                    "POST",
                    "/api/auth/session",
                    "{\"username\":\"viewer\",\"password\":\"guess\"}",
                    Map.of())
                .statusCode())
        .isEqualTo(401);
    assertThat(get("/api/auth/sign-in", Map.of())).isEqualTo(404);
    HttpResponse<String> callback =
        send("GET", "/api/auth/callback?code=x&state=y", null, Map.of());
    assertThat(callback.statusCode()).isEqualTo(302);
    assertThat(callback.headers().firstValue("Location")).contains("/#/sign-in-failed");
    assertThat(send("POST", "/api/auth/refresh", "", Map.of("Cookie", cookie)).statusCode())
        .isEqualTo(401);
  }

  @Test
  void signingOutTakesTheCookieAway() throws Exception {
    HttpResponse<String> left = send("DELETE", "/api/auth/session", null, Map.of("Cookie", cookie));
    assertThat(left.statusCode()).isEqualTo(204);
    assertThat(left.headers().allValues("Set-Cookie"))
        .anySatisfy(set -> assertThat(set).startsWith("colloquy-token=;").contains("Max-Age=0"));
  }

  private int open(Map<String, String> headers) throws Exception {
    return sendSignedIn("POST", "/api/conversations", "{}", headers);
  }

  private int get(String path, Map<String, String> headers) throws Exception {
    return sendSignedIn("GET", path, null, headers);
  }

  private int sendSignedIn(
      String method, String path, @Nullable String body, Map<String, String> headers)
      throws Exception {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Cookie", cookie);
    return send(method, path, body, all).statusCode();
  }

  private HttpResponse<String> send(
      String method, String path, @Nullable String body, Map<String, String> headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
