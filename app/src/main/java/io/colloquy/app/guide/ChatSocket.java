package io.colloquy.app.guide;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.frame.ErrorContent;
import io.colloquy.app.access.Actors;
import io.colloquy.app.access.Refusals;
import io.colloquy.app.conversation.Conversations;
import io.colloquy.query.stream.ConversationStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.json.JsonMapper;

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
  private final JsonMapper json;
  private final ChatConnection.SignIn signIn;

  ChatSocket(
      Conversations conversations,
      ConversationStream stream,
      Refusals refusals,
      JsonMapper json,
      JwtDecoder decoder,
      Actors actors) {
    this.conversations = conversations;
    this.stream = stream;
    this.refusals = refusals;
    this.json = json;
    this.signIn =
        new ChatConnection.SignIn() {
          @Override
          public Jwt verify(String token) {
            try {
              return decoder.decode(token);
            } catch (JwtException invalid) {
              throw Actors.refusalOf(invalid);
            }
          }

          @Override
          public Actor actor(Jwt token, @Nullable String address) {
            return actors.of(token, address);
          }
        };
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
            signIn);
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
      ChatMessage received = read(message.getPayload());
      invocationId = received.invocationId();
      connection.receive(received);
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

  private ChatMessage read(String payload) {
    try {
      ChatMessage message = json.readValue(payload, ChatMessage.class);
      if (message == null) {
        throw new Refusal(ErrorCode.INVALID_REQUEST, "A message must be a JSON object.");
      }
      return message;
    } catch (StreamReadException malformed) {
      throw new Refusal(ErrorCode.MALFORMED_JSON, "The message is not valid JSON.");
    } catch (JacksonException wrongShape) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, "A field of the message has the wrong type.");
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
