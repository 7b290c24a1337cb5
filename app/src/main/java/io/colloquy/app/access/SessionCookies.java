package io.colloquy.app.access;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.app.config.ColloquySettings;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * The page's bearer token, kept where no script can read it. A cookie counts only for what the page
 * itself asks: another site's page cannot make a browser act for whoever is signed in here.
 */
@Component
public class SessionCookies implements BearerTokenResolver {

  static final String TOKEN = "colloquy-token";
  static final String REFRESH = "colloquy-refresh";
  static final String SIGN_IN = "colloquy-sign-in";

  /** Only what begins and ends a session needs the token that renews it. */
  static final String SIGN_IN_PATH = "/api/auth";

  /** Where nobody need be signed in, and a token that has run out must not stand in the way. */
  private static final List<String> OPEN = List.of(SIGN_IN_PATH + "/", "/api/exports/");

  private static final int LARGEST = 4000;

  private final BearerTokenResolver header = new DefaultBearerTokenResolver();
  private final ColloquySettings settings;

  SessionCookies(ColloquySettings settings) {
    this.settings = settings;
  }

  @Override
  public @Nullable String resolve(HttpServletRequest request) {
    String token = header.resolve(request);
    String path = request.getRequestURI();
    boolean ofTheApi = path.startsWith("/api/") && OPEN.stream().noneMatch(path::startsWith);
    return token != null || !ofTheApi ? token : tokenOf(request);
  }

  /** The token of whoever is signed in on the page, when it is the page that asks. */
  public @Nullable String tokenOf(HttpServletRequest request) {
    return isFromThePage(request) ? value(request, TOKEN) : null;
  }

  static @Nullable String value(HttpServletRequest request, String name) {
    Cookie cookie = WebUtils.getCookie(request, name);
    return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
  }

  /** Browsers say where a request comes from; one that does not say so may only read. */
  static boolean isFromThePage(HttpServletRequest request) {
    boolean reads = "GET".equals(request.getMethod());
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin") || (site.equals("none") && reads);
    }
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin == null
        ? reads
        : origin
            .replaceFirst("^https?://", "")
            .equalsIgnoreCase(request.getHeader(HttpHeaders.HOST));
  }

  /** Keeps a token for the page as long as it holds. */
  void keep(
      HttpServletRequest request, HttpServletResponse response, String token, Duration lifetime) {
    if (token.length() > LARGEST) {
      // Browsers drop a larger cookie without a word.
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "The identity provider's token is too large to be kept. Have it put fewer claims into it.");
    }
    set(response, cookie(TOKEN, token, "/", lifetime, request));
  }

  static void set(HttpServletResponse response, ResponseCookie cookie) {
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }

  /** A cookie of the page; without a value it takes away the one there is. */
  ResponseCookie cookie(
      String name, String value, String path, Duration lifetime, HttpServletRequest request) {
    boolean returnsFromElsewhere = name.equals(SIGN_IN);
    return ResponseCookie.from(name, value)
        .httpOnly(true)
        .secure(request.isSecure() || settings.publicUrl().startsWith("https:"))
        .sameSite(returnsFromElsewhere ? "Lax" : "Strict")
        .path(path)
        .maxAge(lifetime)
        .build();
  }
}
