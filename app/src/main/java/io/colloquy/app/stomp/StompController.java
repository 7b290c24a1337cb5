package io.colloquy.app.stomp;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.frame.ErrorContent;
import io.colloquy.app.access.Actors;
import io.colloquy.app.access.Refusals;
import io.colloquy.app.conversation.Conversations;
import io.colloquy.app.web.ClientJson;
import io.colloquy.app.web.RefusalCount;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.stereotype.Controller;

/**
 * What clients send over STOMP. What goes wrong with it comes back on {@code /user/queue/errors}.
 */
@Controller
class StompController {

  private static final Logger LOG = LoggerFactory.getLogger(StompController.class);

  private final Conversations conversations;
  private final Actors actors;
  private final Refusals refusals;
  private final ClientJson json;

  StompController(Conversations conversations, Actors actors, Refusals refusals, ClientJson json) {
    this.conversations = conversations;
    this.actors = actors;
    this.refusals = refusals;
    this.json = json;
  }

  @MessageMapping("/conversations/{conversationId}/turns")
  void submit(
      @DestinationVariable String conversationId,
      @Payload(required = false) byte @Nullable [] body,
      Principal user) {
    conversations.submit(conversationId, read(body, Conversations.TurnRequest.class), actor(user));
  }

  @MessageMapping("/conversations/{conversationId}/turns/{turnId}/cancel")
  void cancel(
      @DestinationVariable String conversationId,
      @DestinationVariable String turnId,
      Principal user) {
    conversations.cancel(conversationId, turnId, actor(user));
  }

  @MessageMapping("/conversations/{conversationId}/actions")
  void invoke(
      @DestinationVariable String conversationId,
      @Payload(required = false) byte @Nullable [] body,
      Principal user) {
    Conversations.ActionRequest request = read(body, Conversations.ActionRequest.class);
    try {
      conversations.invoke(conversationId, request, actor(user));
    } catch (Refusal refusal) {
      throw new InvocationRefused(refusal, request.invocationId());
    }
  }

  @MessageMapping("/conversations/{conversationId}/state")
  void changeState(
      @DestinationVariable String conversationId,
      @Payload(required = false) byte @Nullable [] body,
      Principal user) {
    conversations.changeState(
        conversationId, read(body, Conversations.StateRequest.class), actor(user));
  }

  @MessageMapping("/**")
  void unknown() {
    throw new Refusal(ErrorCode.NOT_FOUND, "Nothing takes messages at this destination.");
  }

  /** The log has it already; the client is told which of its invocations is meant. */
  static final class InvocationRefused extends RuntimeException {
    private final transient Refusal refusal;
    private final @Nullable String invocationId;

    InvocationRefused(Refusal refusal, @Nullable String invocationId) {
      super(refusal.getMessage(), refusal, false, false);
      this.refusal = refusal;
      this.invocationId = invocationId;
    }
  }

  @MessageExceptionHandler
  @SendToUser(destinations = "/queue/errors", broadcast = false)
  ErrorContent invocationRefused(InvocationRefused refused) {
    RefusalCount.add(refused.refusal.code(), "stomp");
    return ErrorContent.of(refused.refusal, refused.invocationId);
  }

  @MessageExceptionHandler
  @SendToUser(destinations = "/queue/errors", broadcast = false)
  ErrorContent refused(Refusal refusal, Principal user, SimpMessageHeaderAccessor message) {
    if (refusal.code() != ErrorCode.TOKEN_EXPIRED) {
      refusals.note(
          actor(user), refusal.code(), "SEND " + message.getDestination(), conversationIn(message));
    }
    RefusalCount.add(refusal.code(), "stomp");
    return ErrorContent.of(refusal, null);
  }

  @MessageExceptionHandler
  @SendToUser(destinations = "/queue/errors", broadcast = false)
  ErrorContent failed(Exception failure) {
    LOG.error("A STOMP message failed", failure);
    RefusalCount.add(ErrorCode.INTERNAL_ERROR, "stomp");
    return ErrorContent.of(ErrorCode.INTERNAL_ERROR, "Something went wrong. Please try again.");
  }

  private Actor actor(Principal user) {
    StompPrincipal principal = (StompPrincipal) user;
    return actors.of(principal.token(), principal.address());
  }

  private <T> T read(byte @Nullable [] body, Class<T> type) {
    return json.read(body, type, "body");
  }

  private static @Nullable String conversationIn(SimpMessageHeaderAccessor message) {
    String[] parts = String.valueOf(message.getDestination()).split("/", -1);
    return parts.length > 3 && parts[2].equals("conversations") ? parts[3] : null;
  }
}
