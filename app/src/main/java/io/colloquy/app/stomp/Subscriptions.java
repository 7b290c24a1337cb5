package io.colloquy.app.stomp;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.query.audit.AuditTail;
import io.colloquy.query.stream.ConversationStream;
import io.colloquy.query.stream.EncodedFrame;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.SubscribableChannel;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.stereotype.Component;
import org.springframework.util.MimeTypeUtils;

/**
 * Serves the subscriptions to conversations and to the audit log: each is one stream from the log,
 * from the client's last sequence number on.
 */
@Component
class Subscriptions implements MessageHandler {

  private static final Duration CHECK_EVERY = Duration.ofSeconds(1);

  private final StompGate gate;
  private final ConversationStream stream;
  private final AuditTail tail;
  private final MessageChannel toClients;
  private final Clock clock;
  private final Map<String, Map<String, ConversationStream.Subscription>> bySession =
      new ConcurrentHashMap<>();

  Subscriptions(
      StompGate gate,
      ConversationStream stream,
      AuditTail tail,
      @Qualifier("clientInboundChannel") SubscribableChannel fromClients,
      @Qualifier("clientOutboundChannel") MessageChannel toClients,
      Clock clock) {
    this.gate = gate;
    this.stream = stream;
    this.tail = tail;
    this.toClients = toClients;
    this.clock = clock;
    fromClients.subscribe(this);
  }

  @Override
  public void handleMessage(Message<?> message) {
    StompHeaderAccessor frame =
        MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
    if (frame == null || frame.getCommand() == null || frame.getSessionId() == null) {
      return;
    }
    switch (frame.getCommand()) {
      case SUBSCRIBE -> subscribe(frame, frame.getSessionId());
      case UNSUBSCRIBE -> unsubscribe(frame, frame.getSessionId());
      case DISCONNECT -> disconnect(frame.getSessionId());
      default -> {
        // Not about subscriptions.
      }
    }
  }

  private void subscribe(StompHeaderAccessor frame, String sessionId) {
    String destination = String.valueOf(frame.getDestination());
    String conversationId = StompGate.conversationIn(destination);
    boolean audit = destination.equals(StompGate.AUDIT);
    if ((conversationId == null && !audit)
        || !(frame.getUser() instanceof StompPrincipal principal)) {
      return;
    }
    String subscriptionId = Objects.requireNonNull(frame.getSubscriptionId());
    Client client = new Client(sessionId, subscriptionId, destination, principal);
    long lastSeq = StompGate.lastSeq(frame);
    ConversationStream.Subscription subscription =
        conversationId == null
            ? tail.subscribe(lastSeq, client)
            : stream.subscribe(conversationId, lastSeq, client);
    bySession
        .computeIfAbsent(sessionId, id -> new ConcurrentHashMap<>())
        .merge(
            subscriptionId,
            subscription,
            (earlier, later) -> {
              earlier.close();
              return later;
            });
  }

  private void unsubscribe(StompHeaderAccessor frame, String sessionId) {
    Map<String, ConversationStream.Subscription> subscriptions = bySession.get(sessionId);
    String subscriptionId = frame.getSubscriptionId();
    if (subscriptions != null && subscriptionId != null) {
      ConversationStream.Subscription subscription = subscriptions.remove(subscriptionId);
      if (subscription != null) {
        subscription.close();
      }
    }
  }

  private void disconnect(String sessionId) {
    Map<String, ConversationStream.Subscription> subscriptions = bySession.remove(sessionId);
    if (subscriptions != null) {
      subscriptions.values().forEach(ConversationStream.Subscription::close);
    }
  }

  /** One client's subscription: takes a frame at a time. */
  private final class Client implements ConversationStream.Sink {

    private final String sessionId;
    private final String subscriptionId;
    private final String destination;
    private final StompPrincipal principal;
    private Instant checked;
    private final Semaphore permit = new Semaphore(1);

    Client(String sessionId, String subscriptionId, String destination, StompPrincipal principal) {
      this.sessionId = sessionId;
      this.subscriptionId = subscriptionId;
      this.destination = destination;
      this.principal = principal;
      this.checked = clock.instant();
    }

    @Override
    public void close() {
      permit.release();
    }

    /** What was revoked is not shown to connections that are open either. */
    private void checkStillAllowed() throws InterruptedException {
      Instant now = clock.instant();
      Instant expires = principal.token().getExpiresAt();
      try {
        if (expires != null && now.isAfter(expires)) {
          throw new Refusal(
              ErrorCode.TOKEN_EXPIRED,
              "Your sign-in has expired. Please sign in and connect again.");
        }
        if (Duration.between(checked, now).abs().compareTo(CHECK_EVERY) >= 0) {
          gate.checkMayRead(principal, destination);
          checked = now;
        }
      } catch (Refusal refusal) {
        toClients.send(StompErrors.error(refusal, null, sessionId));
        throw new InterruptedException(refusal.code().code());
      }
    }

    @Override
    public void send(EncodedFrame frame) throws InterruptedException {
      permit.acquire();
      checkStillAllowed();
      StompHeaderAccessor headers = StompHeaderAccessor.create(StompCommand.MESSAGE);
      headers.setSessionId(sessionId);
      headers.setSubscriptionId(subscriptionId);
      headers.setDestination(destination);
      headers.setMessageId(subscriptionId + "-" + frame.seq());
      headers.setContentType(MimeTypeUtils.APPLICATION_JSON);
      headers.setHeader(SendPermits.PERMIT, permit);
      headers.setLeaveMutable(true);
      toClients.send(MessageBuilder.createMessage(frame.json(), headers.getMessageHeaders()));
    }
  }
}
