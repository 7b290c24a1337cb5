package io.colloquy.app.web;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Errors as RFC 9457 problems with a stable {@code code}. */
@Component
public class Problems {

  private final JsonMapper json;

  Problems(JsonMapper json) {
    this.json = json;
  }

  /** The problem that tells a client of a refusal. */
  public static ProblemDetail of(Refusal refusal) {
    ProblemDetail problem = of(refusal.code(), refusal.sentence());
    if (!refusal.fieldErrors().isEmpty()) {
      problem.setProperty("errors", refusal.fieldErrors());
    }
    return problem;
  }

  /** A problem with a code and a sentence. */
  static ProblemDetail of(ErrorCode code, String sentence) {
    RefusalCount.add(code, "http");
    HttpStatus status = HttpStatus.valueOf(code.httpStatus());
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, sentence);
    problem.setTitle(status.getReasonPhrase());
    problem.setProperty("code", code.code());
    problem.setProperty("retryable", code.retryable());
    return problem;
  }

  /** Writes a problem where no controller answers. */
  public void write(HttpServletResponse response, Refusal refusal) throws IOException {
    response.setStatus(refusal.code().httpStatus());
    if (refusal.retryAfterSeconds() > 0) {
      response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(refusal.retryAfterSeconds()));
    }
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.getOutputStream().write(json.writeValueAsBytes(of(refusal)));
  }
}
