package io.colloquy.app.stomp;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.app.access.Actors;
import io.colloquy.app.access.Allowed;
import io.colloquy.app.access.Refusals;
import io.colloquy.query.conversation.Participants;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Lazy;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.stereotype.Component;

/**
 * Lets in what may come in: a CONNECT with a valid token, a SUBSCRIBE one may read, a SEND to the
 * application.
 */
@Component
class StompGate implements ChannelInterceptor {

  private static final String ERRORS_QUEUE = "/user/queue/errors";
  static final String AUDIT = "/topic/audit";

  private static final Pattern CONVERSATION =
      Pattern.compile("/topic/conversations/([A-Za-z0-9._:-]{1,64})");

  private final Actors actors;
  private final Participants participants;
  private final Refusals refusals;

  private final MessageChannel toClients;

  StompGate(
      @Lazy Actors actors,
      @Lazy Participants participants,
      @Lazy Refusals refusals,
      @Lazy @Qualifier("clientOutboundChannel") MessageChannel toClients) {
    this.toClients = toClients;
    this.actors = actors;
    this.participants = participants;
    this.refusals = refusals;
  }

  /**
   * Answers a refusal itself: a message may pass here on a thread whose exceptions nobody turns
   * into a frame.
   */
  @Override
  public @Nullable Message<?> preSend(Message<?> message, MessageChannel channel) {
    StompHeaderAccessor frame =
        MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
    if (frame == null || frame.getCommand() == null) {
      return message;
    }
    try {
      check(frame, frame.getCommand());
      return message;
    } catch (Refusal refusal) {
      toClients.send(StompErrors.error(refusal, frame.getReceipt(), frame.getSessionId()));
      return null;
    }
  }

  private void check(StompHeaderAccessor frame, StompCommand command) {
    switch (command) {
      case CONNECT, STOMP -> connect(frame);
      case SUBSCRIBE -> subscribe(frame);
      case SEND -> send(frame);
      case BEGIN, COMMIT, ABORT, ACK, NACK ->
          throw new Refusal(ErrorCode.INVALID_REQUEST, command + " is not supported.");
      default -> {
        // Ends something, or is ours.
      }
    }
  }

  private void connect(StompHeaderAccessor frame) {
    Map<String, Object> connection = Objects.requireNonNull(frame.getSessionAttributes());
    String header = frame.getFirstNativeHeader("Authorization");
    String token =
        header == null
            ? (String) connection.get(StompConfiguration.TOKEN)
            : header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7).strip() : null;
    if (token == null) {
      throw new Refusal(
          ErrorCode.UNAUTHENTICATED, "CONNECT needs the header \"Authorization: Bearer …\".");
    }
    String address = (String) connection.get(StompConfiguration.ADDRESS);
    frame.setUser(new StompPrincipal(actors.verify(token), address));
  }

  private void subscribe(StompHeaderAccessor frame) {
    Actor actor = actorOf(frame);
    String destination = String.valueOf(frame.getDestination());
    if (destination.equals(ERRORS_QUEUE)) {
      return;
    }
    if (destination.equals(AUDIT)) {
      lastSeq(frame);
      checkMayRead(actor, AUDIT);
      return;
    }
    if (conversationIn(destination) == null) {
      throw new Refusal(
          ErrorCode.NOT_FOUND, "There is nothing to subscribe to at this destination.");
    }
    lastSeq(frame);
    checkMayRead(actor, destination);
  }

  /**
   * Lets whoever may read a destination pass, now.
   *
   * @throws Refusal for others, which is in the log then
   */
  void checkMayRead(StompPrincipal principal, String destination) {
    String conversationId = conversationIn(destination);
    // Very many connections are looked at each second; what never changes asks no database.
    if (conversationId == null
        || !participants.owns(Actors.userIdOf(principal.token()), conversationId)) {
      checkMayRead(actors.of(principal.token(), principal.address()), destination);
    }
  }

  private void checkMayRead(Actor actor, String destination) {
    String conversationId = conversationIn(destination);
    try {
      if (conversationId == null) {
        Allowed.audit(actor);
      } else {
        participants.checkMayRead(actor, conversationId);
      }
    } catch (Refusal refusal) {
      refusals.note(actor, refusal.code(), "SUBSCRIBE " + destination, conversationId);
      throw refusal;
    }
  }

  private static void send(StompHeaderAccessor frame) {
    if (!(frame.getUser() instanceof StompPrincipal)) {
      throw new Refusal(ErrorCode.UNAUTHENTICATED, "Please CONNECT first.");
    }
    // Anything else would reach other clients through the broker.
    if (!String.valueOf(frame.getDestination()).startsWith("/app/")) {
      throw new Refusal(ErrorCode.NOT_FOUND, "Messages are sent to destinations under /app/.");
    }
  }

  private Actor actorOf(StompHeaderAccessor frame) {
    if (frame.getUser() instanceof StompPrincipal principal) {
      return actors.of(principal.token(), principal.address());
    }
    throw new Refusal(ErrorCode.UNAUTHENTICATED, "Please CONNECT first.");
  }

  static @Nullable String conversationIn(@Nullable String destination) {
    Matcher matcher = CONVERSATION.matcher(String.valueOf(destination));
    return matcher.matches() ? matcher.group(1) : null;
  }

  /** The place to go on after; -1, before the first event, when the client names none. */
  static long lastSeq(StompHeaderAccessor frame) {
    String value = frame.getFirstNativeHeader("last-seq");
    if (value == null) {
      return -1;
    }
    if (!value.matches("-1|\\d{1,18}")) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, "The header last-seq must be a whole number.");
    }
    return Long.parseLong(value);
  }
}
