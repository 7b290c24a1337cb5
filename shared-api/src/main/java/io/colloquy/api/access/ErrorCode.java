package io.colloquy.api.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The stable codes a client can tell errors apart by, with the HTTP status that goes with each. */
public enum ErrorCode {
  MALFORMED_JSON(400),
  INVALID_REQUEST(400),
  UNAUTHENTICATED(401),
  INVALID_CREDENTIALS(401),
  TOKEN_EXPIRED(401),
  NOT_PERMITTED(403),
  NOT_A_PARTICIPANT(403),
  READ_ONLY(403),
  LINK_INVALID(403),
  NOT_FOUND(404),
  CONVERSATION_NOT_FOUND(404),
  TURN_NOT_FOUND(404),
  WIDGET_NOT_FOUND(404),
  ACTION_NOT_FOUND(404),
  EXPORT_NOT_FOUND(404),
  SOURCE_NOT_FOUND(404),
  METHOD_NOT_ALLOWED(405),
  NOT_ACCEPTABLE(406),
  CONVERSATION_CLOSED(409),
  CONFIRMATION_REQUIRED(409),
  IDENTIFIER_REUSED(409),
  WIDGET_EXPIRED(410),
  LINK_EXPIRED(410),
  MESSAGE_TOO_LONG(413),
  FILE_TOO_LARGE(413),
  UNSUPPORTED_MEDIA_TYPE(415),
  EMPTY_MESSAGE(422),
  INVALID_PARAMS(422),
  QUERY_REFUSED(422),
  TOO_MANY_ROWS(422),
  FILE_REJECTED(422),
  RATE_LIMITED(429),
  INTERNAL_ERROR(500),
  WIDGET_INVALID(500),
  INTERRUPTED(503),
  TIMEOUT(504);

  private final int httpStatus;

  ErrorCode(int httpStatus) {
    this.httpStatus = httpStatus;
  }

  /** The status of a REST answer that carries this code. */
  public int httpStatus() {
    return httpStatus;
  }

  /** Whether the same request may succeed when sent again unchanged. */
  public boolean retryable() {
    return httpStatus >= 500 || this == RATE_LIMITED;
  }

  /** The code as clients see it: lower case, words joined by underscores. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static ErrorCode of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
