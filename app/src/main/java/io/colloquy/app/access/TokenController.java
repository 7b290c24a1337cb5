package io.colloquy.app.access;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.app.config.ColloquySettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signs local users in. */
@RestController
class TokenController {

  /** Who issues the tokens of local users. */
  static final String LOCAL_ISSUER = "colloquy-local";

  private final ObjectProvider<LocalUsers> users;
  private final ObjectProvider<JwtEncoder> encoder;
  private final Refusals refusals;
  private final ColloquySettings settings;
  private final Clock clock;
  private final SessionCookies cookies;
  private final RateLimits limits;

  TokenController(
      ObjectProvider<LocalUsers> users,
      ObjectProvider<JwtEncoder> encoder,
      Refusals refusals,
      ColloquySettings settings,
      Clock clock,
      SessionCookies cookies,
      RateLimits limits) {
    this.limits = limits;
    this.cookies = cookies;
    this.users = users;
    this.encoder = encoder;
    this.refusals = refusals;
    this.settings = settings;
    this.clock = clock;
  }

  record Credentials(@Nullable String username, @Nullable String password) {}

  record Token(String accessToken, String tokenType, long expiresIn) {}

  /** Who the caller is, and what they may do now. */
  record Identity(String userId, Set<String> permissions) {}

  @PostMapping("/api/auth/token")
  Token token(@RequestBody Credentials credentials, HttpServletRequest request) {
    return signIn(credentials, request);
  }

  /** Signs a local user in on the page: the token goes where scripts cannot read it. */
  @PostMapping("/api/auth/session")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void session(
      @RequestBody Credentials credentials,
      HttpServletRequest request,
      HttpServletResponse response) {
    cookies.keep(
        request, response, signIn(credentials, request).accessToken(), settings.tokenLifetime());
  }

  private Token signIn(Credentials credentials, HttpServletRequest request) {
    limits.countFrom(RateLimits.Kind.SIGN_IN, request.getRemoteAddr());
    LocalUsers local = users.getIfAvailable();
    if (local == null) {
      throw new Refusal(ErrorCode.NOT_FOUND, "Sign in with your identity provider.");
    }
    String username = credentials.username();
    String password = credentials.password();
    if (username == null || password == null) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, "\"username\" and \"password\" are needed.");
    }
    if (!local.knows(username, password)) {
      String shown = username.substring(0, Math.min(username.length(), 100));
      refusals.note(Actors.ANONYMOUS, ErrorCode.INVALID_CREDENTIALS, "sign-in as " + shown, null);
      throw new Refusal(
          ErrorCode.INVALID_CREDENTIALS, "This user name and password do not go together.");
    }
    Instant now = clock.instant();
    JwtClaimsSet claims =
        JwtClaimsSet.builder()
            .issuer(LOCAL_ISSUER)
            .subject(username)
            .issuedAt(now)
            .expiresAt(now.plus(settings.tokenLifetime()))
            .build();
    String token =
        encoder
            .getObject()
            .encode(JwtEncoderParameters.from(JwsHeader.with(MacAlgorithm.HS256).build(), claims))
            .getTokenValue();
    return new Token(token, "Bearer", settings.tokenLifetime().toSeconds());
  }

  @GetMapping("/api/me")
  Identity me(@Caller Actor actor) {
    return new Identity(actor.userId(), actor.permissions());
  }
}
