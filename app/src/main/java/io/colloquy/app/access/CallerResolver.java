package io.colloquy.app.access;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives controllers the {@link Caller} of a request. */
@Component
public class CallerResolver implements HandlerMethodArgumentResolver {

  private final Actors actors;

  CallerResolver(Actors actors) {
    this.actors = actors;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.hasParameterAnnotation(Caller.class)
        && parameter.getParameterType() == Actor.class;
  }

  @Override
  public Actor resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binderFactory) {
    if (request.getUserPrincipal() instanceof JwtAuthenticationToken token
        && request.getNativeRequest() instanceof HttpServletRequest http) {
      return actors.of(token.getToken(), http.getRemoteAddr());
    }
    throw new Refusal(ErrorCode.UNAUTHENTICATED, "Please sign in.");
  }
}
