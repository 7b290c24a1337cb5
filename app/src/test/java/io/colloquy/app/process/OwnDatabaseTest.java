package io.colloquy.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import io.colloquy.db.embedded.EmbeddedDatabase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL and an identity provider of one's own instead of what is embedded. */
class OwnDatabaseTest {

  @TempDir Path home;

  @Test
  void turnsAreAnsweredFromTheGivenDatabaseForUsersOfTheGivenIssuer() throws Exception {
    RSAKey key = new RSAKeyGenerator(2048).keyID("k").generate();
    HttpServer issuer =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String issuerUrl = "http://localhost:" + issuer.getAddress().getPort();
    answer(
        issuer,
        "/.well-known/openid-configuration",
        "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/jwks\",\"subject_types_supported\":[\"public\"]}"
            .formatted(issuerUrl));
    answer(issuer, "/jwks", new JWKSet(key.toPublicJWK()).toString());
    issuer.start();
    try (EmbeddedDatabase database = EmbeddedDatabase.start(home.resolve("database"));
        ServerProcess server =
            ServerProcess.start(
                home.resolve("server"),
                Map.of(
                    "DATAFLOW_DATABASE_URL", url(database), "COLLOQUY_OIDC_ISSUER", issuerUrl))) {
      RestClient rest =
          new RestClient(server.base(), token(key, issuerUrl, "ada", List.of("analyst")));
      assertThat(rest.get("/api/me").json().get("permissions").toString()).contains("analyst");
      String conversation = rest.openConversation();
      try (StompClient stomp = new StompClient(server.base(), rest.token())) {
        stomp.subscribe(conversation, -1);
        stomp.ask(conversation, "t-1", "Q2 sales by region");
        assertThat(stomp.untilDone().getLast().get("type").asString()).isEqualTo("done");
      }
      assertThat(
              rest.post("/api/auth/token", Map.of("username", "admin", "password", "demo"))
                  .status())
          .as("demo users do not exist here")
          .isEqualTo(404);
      assertThat(
              new RestClient(server.base(), token(key, "http://elsewhere", "eve", List.of("admin")))
                  .get("/api/me")
                  .status())
          .isEqualTo(401);
    } finally {
      issuer.stop(0);
    }
  }

  private static void answer(HttpServer server, String path, String json) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = json.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  /** The embedded server's URL as others write it. */
  private static String url(EmbeddedDatabase database) {
    URI uri = URI.create(database.jdbcUrl().substring("jdbc:".length()));
    String password = uri.getQuery().replaceFirst(".*password=", "");
    return "postgresql://postgres:%s@%s:%d%s"
        .formatted(password, uri.getHost(), uri.getPort(), uri.getPath());
  }

  private static String token(RSAKey key, String issuer, String user, List<String> roles)
      throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(user)
                .claim("roles", roles)
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }
}
