package io.colloquy.app.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.colloquy.app.Awaiting;
import io.colloquy.app.BrowserPage;
import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import io.colloquy.db.embedded.EmbeddedDatabase;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL and an identity provider of one's own instead of what is embedded. */
class OwnDatabaseTest {

  @TempDir Path home;

  @Test
  void theGivenDatabaseIsUsedByUsersOfTheGivenIssuerAloneOverEveryTransport() throws Exception {
    RSAKey key = new RSAKeyGenerator(2048).keyID("k").generate();
    try (IdentityServer identity = IdentityServer.start(key);
        EmbeddedDatabase database = EmbeddedDatabase.start(home.resolve("database"));
        ServerProcess server =
            ServerProcess.start(
                home.resolve("server"),
                Map.of(
                    "DATAFLOW_DATABASE_URL",
                    url(database),
                    "COLLOQUY_OIDC_ISSUER",
                    identity.issuer(),
                    "COLLOQUY_OIDC_CLIENT_ID",
                    IdentityServer.CLIENT,
                    "COLLOQUY_OIDC_CLIENT_SECRET",
                    IdentityServer.SECRET))) {
      identity.register(server.base());
      turnsAreAnswered(server, identity);
      aPersonSignsInOnThePage(server, database);
      noSecretIsInItsLogOrAnyEvent(server, database);
    }
  }

  private static void turnsAreAnswered(ServerProcess server, IdentityServer identity)
      throws Exception {
    RestClient rest =
        new RestClient(
            server.base(), token(identity.key(), identity.issuer(), "ada", List.of("analyst")));
    assertThat(rest.get("/api/me").json().get("permissions").toString()).contains("analyst");
    String conversation = rest.openConversation();
    try (StompClient stomp = new StompClient(server.base(), rest.token())) {
      stomp.subscribe(conversation, -1);
      stomp.ask(conversation, "t-1", "Q2 sales by region");
      assertThat(stomp.untilDone().getLast().get("type").asString()).isEqualTo("done");
    }
    assertThat(
            rest.post("/api/auth/token", Map.of("username", "admin", "password", "demo")).status())
        .as("demo users do not exist here")
        .isEqualTo(404);
    assertThat(
            new RestClient(
                    server.base(),
                    token(identity.key(), "http://elsewhere", "eve", List.of("admin")))
                .get("/api/me")
                .status())
        .isEqualTo(401);
  }

  private static void aPersonSignsInOnThePage(ServerProcess server, EmbeddedDatabase database)
      throws Exception {
    try (BrowserPage it = BrowserPage.open(server.base())) {
      Page page = it.page();
      page.navigate("/#/preferences");
      it.link("Sign in").click();
      page.getByLabel("Username").fill(IdentityServer.USER);
      page.getByLabel("Password").fill(IdentityServer.PASSWORD);
      it.button("Sign in").click();
      assertThat(page.locator(".who")).hasText(IdentityServer.USER);
      assertThat(page.locator("main h1")).hasText("Preferences");
      it.link("Conversations").click();
      it.askAndWait("Total revenue in 2025");

      Awaiting.until("the token has run out", () -> !hasToken(it));
      it.ask("Total revenue in 2024");
      assertThat(page.locator(".metric")).hasCount(2);
      it.link("Sources").click();
      assertThat(page.locator("main h1")).hasText("Sources");

      it.button("Sign out").click();
      assertThat(it.link("Sign in")).isVisible();
      assertThat(it.context().cookies(server.base() + "/api/auth/session"))
          .as("what is left of them")
          .extracting(cookie -> cookie.name)
          .isEmpty();
      page.waitForRequest(
          asked -> asked.url().contains("prompt=login"), () -> it.link("Sign in").click());
      assertThat(page.locator(".who")).hasText(IdentityServer.USER);
      it.button("Sign out").click();
      assertThat(it.link("Sign in")).isVisible();

      page.navigate(server.base() + "/api/auth/callback?code=forged&state=forged");
      assertThat(page.getByText("You could not be signed in. Please try again.")).isVisible();
      it.forgive("401");
    }
    try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
        ResultSet refused =
            connection
                .createStatement()
                .executeQuery("select count(*) from audit_entry where type = 'access-refused'")) {
      refused.next();
      assertThat(refused.getInt(1)).as("a refused sign-in is in the log").isPositive();
    }
  }

  private void noSecretIsInItsLogOrAnyEvent(ServerProcess server, EmbeddedDatabase database)
      throws Exception {
    StringBuilder said = new StringBuilder(server.log());
    try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
        ResultSet event =
            connection
                .createStatement()
                .executeQuery("select payload::text || meta_data::text from domain_event_entry")) {
      while (event.next()) {
        said.append(event.getString(1));
      }
    }
    byte[] secret = Files.readAllBytes(home.resolve("server/secret.key"));
    assertThat(said.toString())
        .contains("turn_id")
        .doesNotContain(
            IdentityServer.SECRET,
            IdentityServer.PASSWORD,
            url(database).replaceFirst(".*:(.*)@.*", "$1"),
            HexFormat.of().formatHex(secret),
            Base64.getEncoder().encodeToString(secret),
            Files.readAllLines(home.resolve("server/checkpoint.key")).getFirst());
    assertThat(said.toString()).as("a token").doesNotContain("eyJ");
  }

  private static boolean hasToken(BrowserPage it) {
    return it.context().cookies().stream().anyMatch(each -> each.name.equals("colloquy-token"));
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
