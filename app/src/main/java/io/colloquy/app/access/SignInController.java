package io.colloquy.app.access;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.app.access.IdentityProvider.SignIn;
import io.colloquy.app.access.IdentityProvider.Tokens;
import io.colloquy.app.config.ColloquySettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** How people sign in on the page, and out. */
@RestController
@RequestMapping("/api/auth")
class SignInController {

  private static final Logger LOG = LoggerFactory.getLogger(SignInController.class);
  private static final Duration TIME_TO_SIGN_IN = Duration.ofMinutes(10);
  private static final Duration REFRESHABLE = Duration.ofDays(30);
  private static final String FAILED = "#/sign-in-failed";

  private final IdentityProvider provider;
  private final ObjectProvider<LocalUsers> localUsers;
  private final SessionCookies cookies;
  private final Actors actors;
  private final Refusals refusals;
  private final ColloquySettings settings;
  private final Base64StringKeyGenerator secrets =
      new Base64StringKeyGenerator(Base64.getUrlEncoder().withoutPadding(), 48);

  SignInController(
      IdentityProvider provider,
      ObjectProvider<LocalUsers> localUsers,
      SessionCookies cookies,
      Actors actors,
      Refusals refusals,
      ColloquySettings settings) {
    this.provider = provider;
    this.localUsers = localUsers;
    this.cookies = cookies;
    this.actors = actors;
    this.refusals = refusals;
    this.settings = settings;
  }

  /**
   * Whether somebody is signed in on the page, and how one can be.
   *
   * @param renewable whether it may be enough to ask for a new token
   * @param localUsers the demo users' names; empty where there are none
   * @param provider where to go to sign in with the identity provider; absent where there is none
   */
  record Session(
      boolean signedIn, boolean renewable, List<String> localUsers, @Nullable String provider) {}

  @GetMapping("/session")
  Session session(HttpServletRequest request) {
    LocalUsers local = localUsers.getIfAvailable();
    return new Session(
        isAccepted(cookies.tokenOf(request)),
        SessionCookies.value(request, SessionCookies.REFRESH) != null,
        local == null ? List.of() : local.names(),
        provider.isThere() ? "/api/auth/sign-in" : null);
  }

  private boolean isAccepted(@Nullable String token) {
    try {
      return token != null && actors.verify(token).getSubject() != null;
    } catch (Refusal over) {
      return false;
    }
  }

  /** Sends a person to the identity provider. */
  @GetMapping("/sign-in")
  ResponseEntity<Void> signIn(
      @RequestParam(defaultValue = "#/") String back,
      @RequestParam(defaultValue = "false") boolean anew,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (!provider.isThere()) {
      throw new Refusal(ErrorCode.NOT_FOUND, "There is no identity provider to sign in with.");
    }
    try {
      OAuth2AuthorizationRequest begun = provider.begin(secrets.generateKey(), redirectUri(), anew);
      String verifier = begun.getAttribute(PkceParameterNames.CODE_VERIFIER);
      String written = String.join("~", begun.getState(), verifier, encoded(back));
      SessionCookies.set(
          response,
          cookies.cookie(
              SessionCookies.SIGN_IN,
              written,
              SessionCookies.SIGN_IN_PATH,
              TIME_TO_SIGN_IN,
              request));
      return goTo(begun.getAuthorizationRequestUri());
    } catch (IllegalArgumentException | IllegalStateException away) {
      LOG.warn("The identity provider does not say how to sign in: {}", away.getMessage());
      return goTo("/" + FAILED);
    }
  }

  /** Takes a person back from the identity provider. */
  @GetMapping("/callback")
  ResponseEntity<Void> callback(
      @RequestParam(required = false) @Nullable String code,
      @RequestParam(required = false) @Nullable String state,
      HttpServletRequest request,
      HttpServletResponse response) {
    SignIn begun = begun(request);
    forget(SessionCookies.SIGN_IN, SessionCookies.SIGN_IN_PATH, request, response);
    if (begun == null || code == null || !begun.state().equals(state)) {
      refusals.note(Actors.ANONYMOUS, ErrorCode.INVALID_CREDENTIALS, "sign-in", null);
      return goTo("/" + FAILED);
    }
    try {
      keep(provider.exchange(begun, code, redirectUri()), request, response);
      return goTo("/" + (begun.back().startsWith("#/") ? begun.back() : "#/"));
    } catch (OAuth2AuthorizationException | Refusal refused) {
      LOG.warn("A sign-in failed: {}", refused.getMessage());
      refusals.note(Actors.ANONYMOUS, ErrorCode.INVALID_CREDENTIALS, "sign-in", null);
      return goTo("/" + FAILED);
    }
  }

  /** Renews the page's token, where the identity provider lets it. */
  @PostMapping("/refresh")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void refresh(HttpServletRequest request, HttpServletResponse response) {
    String refresh =
        SessionCookies.isFromThePage(request)
            ? SessionCookies.value(request, SessionCookies.REFRESH)
            : null;
    try {
      if (refresh != null && provider.isThere()) {
        keep(provider.renew(refresh), request, response);
        return;
      }
    } catch (OAuth2AuthorizationException refused) {
      LOG.warn("A sign-in was not renewed: {}", refused.getMessage());
      if (refused.getError().getErrorCode().equals(OAuth2ErrorCodes.INVALID_GRANT)) {
        forget(SessionCookies.REFRESH, SessionCookies.SIGN_IN_PATH, request, response);
      }
    }
    throw new Refusal(ErrorCode.TOKEN_EXPIRED, "Please sign in again.");
  }

  /** Signs out on the page. */
  @DeleteMapping("/session")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void signOut(HttpServletRequest request, HttpServletResponse response) {
    forget(SessionCookies.TOKEN, "/", request, response);
    forget(SessionCookies.REFRESH, SessionCookies.SIGN_IN_PATH, request, response);
  }

  /** Only a token that this server accepts is kept. */
  private void keep(Tokens tokens, HttpServletRequest request, HttpServletResponse response) {
    actors.verify(tokens.access());
    cookies.keep(request, response, tokens.access(), tokens.lifetime());
    if (tokens.refresh() != null) {
      SessionCookies.set(
          response,
          cookies.cookie(
              SessionCookies.REFRESH,
              tokens.refresh(),
              SessionCookies.SIGN_IN_PATH,
              REFRESHABLE,
              request));
    }
  }

  private void forget(
      String name, String path, HttpServletRequest request, HttpServletResponse response) {
    SessionCookies.set(response, cookies.cookie(name, "", path, Duration.ZERO, request));
  }

  private static @Nullable SignIn begun(HttpServletRequest request) {
    String written = SessionCookies.value(request, SessionCookies.SIGN_IN);
    String[] parts = written == null ? new String[0] : written.split("~", -1);
    return parts.length == 3 ? new SignIn(parts[0], parts[1], decoded(parts[2])) : null;
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    try {
      return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException tampered) {
      return "#/";
    }
  }

  private String redirectUri() {
    String path = "/api/auth/callback";
    return settings.publicUrl().isEmpty()
        ? ServletUriComponentsBuilder.fromCurrentContextPath().path(path).toUriString()
        : settings.publicUrl() + path;
  }

  private static ResponseEntity<Void> goTo(String url) {
    return ResponseEntity.status(HttpStatus.FOUND).header("Location", url).build();
  }
}
