package io.colloquy.app.access;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.app.config.InstallationSecret;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;

/**
 * Who a token stands for. Permissions are looked up anew for every request, so that what is revoked
 * is revoked at once.
 */
@Component
public class Actors {

  /** Whoever has not signed in. */
  public static final Actor ANONYMOUS = new Actor("anonymous", Set.of(), null);

  private static final String PERMISSIONS =
      """
      select distinct permission from role_permission
      where role in (select role from user_role where username = :user) or role = any (:roles)
      """;

  private final JdbcClient jdbc;
  private final InstallationSecret secret;
  private final JwtDecoder decoder;
  private final Clock clock;

  Actors(JdbcClient jdbc, InstallationSecret secret, JwtDecoder decoder, Clock clock) {
    this.decoder = decoder;
    this.jdbc = jdbc;
    this.secret = secret;
    this.clock = clock;
  }

  /**
   * The actor of a verified token.
   *
   * @param address the client's network address, kept only as a digest
   * @throws Refusal when the token has expired since it was verified
   */
  public Actor of(Jwt token, @Nullable String address) {
    checkNotExpired(token);
    List<String> roles = token.getClaimAsStringList("roles");
    String userId = userIdOf(token);
    Set<String> permissions =
        jdbc.sql(PERMISSIONS)
            .param("user", userId)
            .param("roles", (roles == null ? List.<String>of() : roles).toArray(String[]::new))
            .query((row, number) -> row.getString(1))
            .set();
    return new Actor(userId, permissions, address == null ? null : secret.digest(address));
  }

  /**
   * Verifies a token that came over a connection.
   *
   * @throws Refusal when it is not accepted
   */
  public Jwt verify(String token) {
    try {
      return decoder.decode(token);
    } catch (JwtException invalid) {
      throw refusalOf(invalid);
    }
  }

  /**
   * Lets a verified token pass that still holds; asks no database.
   *
   * @throws Refusal when it has expired since it was verified
   */
  public void checkNotExpired(Jwt token) {
    Instant expires = token.getExpiresAt();
    if (expires != null && clock.instant().isAfter(expires)) {
      throw expired();
    }
  }

  /** The subject of a token; one without it names nobody. */
  public static String userIdOf(Jwt token) {
    String subject = token.getSubject();
    if (subject == null) {
      throw new Refusal(ErrorCode.UNAUTHENTICATED, "The token names no user.");
    }
    return subject;
  }

  /** What to tell whoever came with a token that is not accepted. */
  public static Refusal refusalOf(Exception invalid) {
    return String.valueOf(invalid.getMessage()).contains("Jwt expired")
        ? expired()
        : new Refusal(ErrorCode.UNAUTHENTICATED, "A valid bearer token is needed.");
  }

  private static Refusal expired() {
    return new Refusal(ErrorCode.TOKEN_EXPIRED, "Your sign-in has expired. Please sign in again.");
  }
}
