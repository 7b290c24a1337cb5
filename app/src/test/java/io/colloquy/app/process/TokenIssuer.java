package io.colloquy.app.process;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.colloquy.api.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** An issuer of tokens as far as a resource server sees it: its configuration and its keys. */
final class TokenIssuer implements AutoCloseable {

  private static final int LIFETIME_SECONDS = 3600;

  private final HttpServer server;
  private volatile RSAKey key;

  private TokenIssuer(HttpServer server) throws JOSEException {
    this.server = server;
    this.key = newKey();
  }

  static TokenIssuer start() throws IOException, JOSEException {
    TokenIssuer issuer =
        new TokenIssuer(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    issuer.serve(
        "/.well-known/openid-configuration",
        () ->
            Json.MAPPER.writeValueAsString(
                Map.of("issuer", issuer.url(), "jwks_uri", issuer.url() + "/keys")));
    issuer.serve("/keys", () -> new JWKSet(issuer.key.toPublicJWK()).toString());
    issuer.server.start();
    return issuer;
  }

  private void serve(String path, Supplier<String> json) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = json.get().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Signs with another key from now on; the earlier one is known no more. */
  void rotate() throws JOSEException {
    key = newKey();
  }

  private static RSAKey newKey() throws JOSEException {
    return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
  }

  String token(String user, String... roles) {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer(url())
                .subject(user)
                .claim("roles", List.of(roles))
                .expirationTime(Date.from(Instant.now().plusSeconds(LIFETIME_SECONDS)))
                .build());
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException failure) {
      throw new IllegalStateException(failure);
    }
    return token.serialize();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
