package io.colloquy.app.stomp;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.frame.ErrorContent;
import io.colloquy.api.json.Json;
import io.colloquy.app.web.RefusalCount;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompConversionException;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.stereotype.Component;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.socket.messaging.StompSubProtocolErrorHandler;

/** Makes ERROR frames that carry a code and a sentence, and nothing of what happened inside. */
@Component
class StompErrors extends StompSubProtocolErrorHandler {

  private static final Logger LOG = LoggerFactory.getLogger(StompErrors.class);

  @Override
  public Message<byte[]> handleClientMessageProcessingError(
      @Nullable Message<byte[]> clientMessage, Throwable failure) {
    StompHeaderAccessor original =
        clientMessage == null
            ? null
            : MessageHeaderAccessor.getAccessor(clientMessage, StompHeaderAccessor.class);
    return error(
        refusalIn(failure),
        original == null ? null : original.getReceipt(),
        original == null ? null : original.getSessionId());
  }

  private static Refusal refusalIn(Throwable failure) {
    Throwable cause =
        failure instanceof MessageDeliveryException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return switch (cause) {
      case Refusal refusal -> refusal;
      case StompConversionException ignored ->
          new Refusal(ErrorCode.INVALID_REQUEST, "This is not a STOMP frame.");
      default -> {
        LOG.error("A STOMP frame could not be handled", cause);
        yield new Refusal(ErrorCode.INTERNAL_ERROR, "Something went wrong. Please try again.");
      }
    };
  }

  /** The ERROR frame of a refusal; the connection is closed after it, as STOMP demands. */
  static Message<byte[]> error(
      Refusal refusal, @Nullable String receipt, @Nullable String sessionId) {
    RefusalCount.add(refusal.code(), "stomp");
    StompHeaderAccessor frame = StompHeaderAccessor.create(StompCommand.ERROR);
    frame.setMessage(refusal.code().code());
    frame.setContentType(MimeTypeUtils.APPLICATION_JSON);
    frame.setSessionId(sessionId);
    if (receipt != null) {
      frame.setReceiptId(receipt);
    }
    frame.setLeaveMutable(true);
    byte[] body =
        Json.MAPPER.writeValueAsBytes(ErrorContent.of(refusal.code(), refusal.sentence()));
    return MessageBuilder.createMessage(body, frame.getMessageHeaders());
  }
}
