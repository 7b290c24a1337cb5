package io.colloquy.app.guide;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.conversation.StateChange;
import io.colloquy.api.frame.ErrorContent;
import io.colloquy.api.json.Json;
import io.colloquy.app.access.Actors;
import io.colloquy.app.conversation.Conversations;
import io.colloquy.app.conversation.Conversations.ActionRequest;
import io.colloquy.app.conversation.Conversations.StateRequest;
import io.colloquy.app.conversation.Conversations.TurnRequest;
import io.colloquy.app.conversation.UserContext;
import io.colloquy.app.web.RefusalCount;
import io.colloquy.query.stream.ConversationStream;
import io.colloquy.query.stream.EncodedFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.SessionLimitExceededException;

/**
 * One client on {@code /ai/chat}. Its first message signs it in and joins its session, which is a
 * conversation; from then on it gets the conversation's frames.
 */
final class ChatConnection implements ConversationStream.Sink {

  private static final Duration CHECK_EVERY = Duration.ofSeconds(1);

  private final WebSocketSession session;
  private final @Nullable String sessionId;
  private final @Nullable Long lastSeqInUrl;
  private final @Nullable String address;
  private final Conversations conversations;
  private final ConversationStream stream;
  private final Actors actors;

  private long checkedNanos = System.nanoTime();
  private volatile @Nullable Jwt token;
  private volatile @Nullable UserContext context;
  private ConversationStream.@Nullable Subscription subscription;

  ChatConnection(
      WebSocketSession session,
      ChatUrl url,
      @Nullable String address,
      Conversations conversations,
      ConversationStream stream,
      Actors actors) {
    this.session = session;
    this.sessionId = url.sessionId();
    this.lastSeqInUrl = url.lastSeq();
    this.address = address;
    this.conversations = conversations;
    this.stream = stream;
    this.actors = actors;
  }

  boolean isSignedIn() {
    return token != null;
  }

  /** The conversation, once the client has named one. */
  @Nullable String conversationId() {
    return sessionId;
  }

  /** Whoever is at the other end, or null before they have signed in. */
  @Nullable Actor actor() {
    Jwt known = token;
    return known == null ? null : UserContext.narrow(actors.of(known, address), context);
  }

  /**
   * Does what a message asks.
   *
   * @throws Refusal when it cannot be done
   */
  void receive(ChatMessage message) {
    String type = Objects.requireNonNullElse(message.type(), "");
    if (type.equals("auth")) {
      authenticate(message);
      return;
    }
    Actor actor = actor();
    if (actor == null) {
      throw new Refusal(
          ErrorCode.UNAUTHENTICATED, "Please send {\"type\":\"auth\",\"token\":\"…\"} first.");
    }
    String conversation = Objects.requireNonNull(sessionId);
    switch (type) {
      case "message" ->
          conversations.submit(
              conversation,
              new TurnRequest(message.turnId(), message.content(), message.metadata(), null),
              actor);
      case "action" ->
          conversations.invoke(
              conversation,
              new ActionRequest(
                  message.invocationId(),
                  message.widgetId(),
                  message.actionId(),
                  message.params(),
                  null),
              actor);
      case "cancel" ->
          conversations.cancel(
              conversation, Objects.requireNonNullElse(message.turnId(), ""), actor);
      case "state" ->
          conversations.changeState(
              conversation, new StateRequest(message.event(), message.data()), actor);
      default -> changeStateOrRefuse(conversation, type, message, actor);
    }
  }

  private void changeStateOrRefuse(
      String conversation, String type, ChatMessage message, Actor actor) {
    if (!StateChange.EVENTS.contains(type)) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "\"type\" must be auth, message, action, cancel, state or the name of a change of state.");
    }
    Map<String, Object> beside = new LinkedHashMap<>();
    if (message.key() != null) {
      beside.put("key", message.key());
    }
    if (message.value() != null) {
      beside.put("value", message.value());
    }
    conversations.changeState(
        conversation,
        new StateRequest(type, message.data() == null ? beside : message.data()),
        actor);
  }

  private void authenticate(ChatMessage message) {
    UserContext sent = message.userContext();
    String given = message.token() != null ? message.token() : sent == null ? null : sent.token();
    if (given == null) {
      throw new Refusal(
          ErrorCode.UNAUTHENTICATED, "The first message needs a \"token\" to sign in with.");
    }
    Jwt verified = actors.verify(given);
    Jwt earlier = token;
    if (earlier != null && !Actors.userIdOf(earlier).equals(Actors.userIdOf(verified))) {
      throw new Refusal(
          ErrorCode.NOT_PERMITTED,
          "This connection belongs to another user. Please open a new one.");
    }
    Actor actor = UserContext.narrow(actors.of(verified, address), sent);
    conversations.join(sessionId, actor);
    token = verified;
    context = sent;
    String conversation = Objects.requireNonNull(sessionId);
    if (subscription == null) {
      Long after = message.lastSeq() == null ? lastSeqInUrl : message.lastSeq();
      subscription =
          stream.subscribe(
              conversation,
              after == null ? stream.lastSeq(conversation) : Math.max(after, -1),
              this);
    }
    conversations.adopt(conversation, sent, actor);
  }

  /** What was revoked is not shown to connections that are open either. */
  private void checkStillAllowed() {
    long now = System.nanoTime();
    if (now - checkedNanos > CHECK_EVERY.toNanos()) {
      conversations.join(sessionId, Objects.requireNonNull(actor()));
      checkedNanos = now;
    }
  }

  @Override
  public void send(EncodedFrame frame) throws InterruptedException {
    Jwt known = token;
    try {
      if (known != null) {
        actors.checkNotExpired(known);
        checkStillAllowed();
      }
      session.sendMessage(new TextMessage(frame.json()));
    } catch (Refusal expired) {
      refuse(ErrorContent.of(expired, null));
      close(CloseStatus.POLICY_VIOLATION);
      throw new InterruptedException("token expired");
    } catch (IOException | SessionLimitExceededException | IllegalStateException clientLeft) {
      close(CloseStatus.SESSION_NOT_RELIABLE);
      throw new InterruptedException("client left");
    }
  }

  /** Tells the client what went wrong with a message of its own. */
  void refuse(ErrorContent error) {
    RefusalCount.add(error.code(), "chat");
    try {
      byte[] frame = Json.MAPPER.writeValueAsBytes(Map.of("type", "error", "content", error));
      session.sendMessage(new TextMessage(frame));
    } catch (IOException | SessionLimitExceededException | IllegalStateException clientLeft) {
      close(CloseStatus.SESSION_NOT_RELIABLE);
    }
  }

  void close(CloseStatus status) {
    try {
      session.close(status);
    } catch (IOException alreadyClosed) {
      // That is what was wanted.
    }
  }

  /** The connection has ended. */
  void ended() {
    if (subscription != null) {
      subscription.close();
    }
  }

  @Override
  public void close() {
    // A send that waits ends with the connection.
  }
}
