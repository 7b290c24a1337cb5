package io.colloquy.app.guide;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.frame.ErrorContent;
import io.colloquy.app.access.Actors;
import io.colloquy.app.access.Refusals;
import io.colloquy.app.conversation.Conversations;
import io.colloquy.app.web.ClientJson;
import io.colloquy.query.stream.ConversationStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.axonframework.tracing.SpanFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/** The reference guide's WebSocket: every message is a JSON object with a {@code type}. */
@Component
class ChatSocket extends TextWebSocketHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ChatSocket.class);

  private static final String CONNECTION = ChatConnection.class.getName();

  /** Characters; the server keeps a buffer of this size for each connection. */
  private static final int LARGEST_MESSAGE = 64 * 1024;

  private static final int SEND_BUFFER = 1024 * 1024;
  private static final int SEND_TIME_MILLIS = 15_000;
  private static final int SIGN_IN_SECONDS = 10;

  private final Conversations conversations;
  private final ConversationStream stream;
  private final Refusals refusals;
  private final ClientJson json;
  private final Actors actors;
  private final SpanFactory spans;

  ChatSocket(
      Conversations conversations,
      ConversationStream stream,
      Refusals refusals,
      ClientJson json,
      Actors actors,
      SpanFactory spans) {
    this.spans = spans;
    this.conversations = conversations;
    this.stream = stream;
    this.refusals = refusals;
    this.json = json;
    this.actors = actors;
  }

  @Override
  public void afterConnectionEstablished(WebSocketSession session) {
    session.setTextMessageSizeLimit(LARGEST_MESSAGE);
    var address = session.getRemoteAddress();
    ChatConnection connection =
        new ChatConnection(
            new ConcurrentWebSocketSessionDecorator(session, SEND_TIME_MILLIS, SEND_BUFFER),
            ChatUrl.of(session.getUri()),
            address == null || address.getAddress() == null
                ? null
                : address.getAddress().getHostAddress(),
            conversations,
            stream,
            actors);
    session.getAttributes().put(CONNECTION, connection);
    CompletableFuture.delayedExecutor(SIGN_IN_SECONDS, TimeUnit.SECONDS, Thread::startVirtualThread)
        .execute(() -> endUnlessSignedIn(session, connection));
  }

  private static void endUnlessSignedIn(WebSocketSession session, ChatConnection connection) {
    if (session.isOpen() && !connection.isSignedIn()) {
      connection.refuse(
          ErrorContent.of(ErrorCode.UNAUTHENTICATED, "Nobody has signed in on this connection."));
      connection.close(CloseStatus.POLICY_VIOLATION);
    }
  }

  @Override
  protected void handleTextMessage(WebSocketSession session, TextMessage message) {
    ChatConnection connection = connectionOf(session);
    String invocationId = null;
    try {
      ChatMessage received = json.read(message.asBytes(), ChatMessage.class, "message");
      invocationId = received.invocationId();
      spans.createRootTrace(() -> "chat").run(() -> connection.receive(received));
    } catch (Refusal refusal) {
      note(connection, refusal);
      connection.refuse(ErrorContent.of(refusal, invocationId));
      if (refusal.code() == ErrorCode.TOKEN_EXPIRED) {
        connection.close(CloseStatus.POLICY_VIOLATION);
      }
    } catch (RuntimeException failure) {
      LOG.error("A chat message failed", failure);
      connection.refuse(
          ErrorContent.of(ErrorCode.INTERNAL_ERROR, "Something went wrong. Please try again."));
    }
  }

  private void note(ChatConnection connection, Refusal refusal) {
    if (refusal.isLogged() || refusal.code() == ErrorCode.TOKEN_EXPIRED) {
      return;
    }
    Actor actor = connection.actor();
    refusals.note(
        actor == null ? Actors.ANONYMOUS : actor,
        refusal.code(),
        "WebSocket /ai/chat",
        connection.conversationId());
  }

  @Override
  public void handleTransportError(WebSocketSession session, Throwable failure) {
    connectionOf(session).ended();
  }

  @Override
  public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
    connectionOf(session).ended();
  }

  private static ChatConnection connectionOf(WebSocketSession session) {
    return (ChatConnection) Objects.requireNonNull(session.getAttributes().get(CONNECTION));
  }
}
