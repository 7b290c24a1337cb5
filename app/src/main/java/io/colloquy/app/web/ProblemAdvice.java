package io.colloquy.app.web;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.app.access.Actors;
import io.colloquy.app.access.Refusals;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.exc.StreamReadException;

/** Turns whatever goes wrong in a request into a problem that names nothing internal. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final Pattern CONVERSATION = Pattern.compile("/api/conversations/([^/]+).*");

  private final Refusals refusals;
  private final Actors actors;

  ProblemAdvice(Refusals refusals, Actors actors) {
    this.refusals = refusals;
    this.actors = actors;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(Refusal refusal, HttpServletRequest request) {
    if (request.getUserPrincipal() instanceof JwtAuthenticationToken token
        && refusal.code() != ErrorCode.TOKEN_EXPIRED
        && !refusal.isLogged()) {
      Actor actor = actors.of(token.getToken(), request.getRemoteAddr());
      Matcher conversation = CONVERSATION.matcher(request.getRequestURI());
      String resource = request.getMethod() + " " + request.getRequestURI();
      refusals.note(
          actor, refusal.code(), resource, conversation.matches() ? conversation.group(1) : null);
    }
    if (refusal.retryAfterSeconds() > 0) {
      return ResponseEntity.status(refusal.code().httpStatus())
          .contentType(MediaType.APPLICATION_PROBLEM_JSON)
          .header(HttpHeaders.RETRY_AFTER, Long.toString(refusal.retryAfterSeconds()))
          .body(Problems.of(refusal));
    }
    return problem(Problems.of(refusal));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> failed(Exception failure, HttpServletRequest request) {
    LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
    return problem(
        Problems.of(ErrorCode.INTERNAL_ERROR, "Something went wrong. Please try again."));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ProblemDetail problem =
        failure.getCause() instanceof StreamReadException
            ? Problems.of(ErrorCode.MALFORMED_JSON, "The body is not valid JSON.")
            : Problems.of(
                ErrorCode.INVALID_REQUEST, "The body is missing, or a field has the wrong type.");
    return ResponseEntity.status(problem.getStatus())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception failure,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ErrorCode code =
        switch (status.value()) {
          case 404 -> ErrorCode.NOT_FOUND;
          case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
          case 406 -> ErrorCode.NOT_ACCEPTABLE;
          case 413 -> ErrorCode.MESSAGE_TOO_LONG;
          case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
          default ->
              status.is4xxClientError() ? ErrorCode.INVALID_REQUEST : ErrorCode.INTERNAL_ERROR;
        };
    String sentence =
        switch (code) {
          case NOT_FOUND -> "There is nothing here.";
          case METHOD_NOT_ALLOWED -> "This cannot be done here.";
          case UNSUPPORTED_MEDIA_TYPE -> "Please send JSON.";
          case NOT_ACCEPTABLE -> "The answer cannot be given in that form.";
          default -> "The request is not valid.";
        };
    ProblemDetail problem = Problems.of(code, sentence);
    return ResponseEntity.status(problem.getStatus())
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  private static ResponseEntity<ProblemDetail> problem(ProblemDetail problem) {
    return ResponseEntity.status(problem.getStatus())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }
}
