package io.colloquy.app.access;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.app.web.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts requests: by network address before anything is looked at, and by user afterwards. */
final class RateLimitFilter extends OncePerRequestFilter {

  private static final int LONGEST_PATH = 200;

  private final RateLimits limits;
  private final Problems problems;
  private final Refusals refusals;
  private final boolean byUser;

  RateLimitFilter(RateLimits limits, Problems problems, Refusals refusals, boolean byUser) {
    this.refusals = refusals;
    this.limits = limits;
    this.problems = problems;
    this.byUser = byUser;
  }

  @Override
  protected String getAlreadyFilteredAttributeName() {
    return RateLimitFilter.class.getName() + byUser;
  }

  /** The page's own files cost next to nothing. */
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getRequestURI();
    return !path.startsWith("/api/") && !path.startsWith("/ai/") && !path.equals("/ws");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      count(request);
    } catch (Refusal tooOften) {
      refusals.note(user(), tooOften.code(), request.getMethod() + " " + path(request), null);
      problems.write(response, tooOften);
      return;
    } catch (RuntimeException failure) {
      // No controller has been reached that would say so.
      logger.error(request.getMethod() + " " + path(request) + " could not be counted", failure);
      problems.write(
          response,
          new Refusal(ErrorCode.INTERNAL_ERROR, "Something went wrong. Please try again."));
      return;
    }
    chain.doFilter(request, response);
  }

  private void count(HttpServletRequest request) {
    if (!byUser) {
      limits.countFrom(RateLimits.Kind.ADDRESS, request.getRemoteAddr());
    } else if (user() != Actors.ANONYMOUS) {
      limits.count(RateLimits.Kind.REQUEST, user().userId());
    }
  }

  /** Without what they may do: nothing here asks for it. */
  private static Actor user() {
    return SecurityContextHolder.getContext().getAuthentication()
            instanceof JwtAuthenticationToken token
        ? new Actor(token.getName(), Set.of(), null)
        : Actors.ANONYMOUS;
  }

  private static String path(HttpServletRequest request) {
    String path = request.getRequestURI();
    return path.substring(0, Math.min(path.length(), LONGEST_PATH));
  }
}
