package io.colloquy.app;

import io.colloquy.api.json.Json;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompFrameHandler;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.messaging.simp.stomp.StompSessionHandlerAdapter;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.messaging.WebSocketStompClient;
import tools.jackson.databind.JsonNode;

/** A real STOMP client: every frame it gets waits in a queue. */
public final class StompClient implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 20;

  private static final int LARGEST_FRAME = 4 * 1024 * 1024;

  private final WebSocketStompClient client = new WebSocketStompClient(webSocket());
  private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
  private final BlockingQueue<JsonNode> errors = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final StompSession session;

  /** Connects and listens to the user's own errors. */
  public StompClient(String base, @Nullable String token) throws Exception {
    client.setInboundMessageSizeLimit(LARGEST_FRAME);
    StompHeaders connect = new StompHeaders();
    if (token != null) {
      connect.add("Authorization", "Bearer " + token);
    }
    session =
        client
            .connectAsync(
                base.replaceFirst("http", "ws") + "/ws",
                new WebSocketHttpHeaders(),
                connect,
                new Handler())
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    session.subscribe("/user/queue/errors", new Collector(errors));
  }

  private static StandardWebSocketClient webSocket() {
    WebSocketContainer container = ContainerProvider.getWebSocketContainer();
    container.setDefaultMaxTextMessageBufferSize(LARGEST_FRAME);
    return new StandardWebSocketClient(container);
  }

  public void subscribe(String conversationId, long lastSeq) {
    subscribeTo(
        "/topic/conversations/" + conversationId, Map.of("last-seq", Long.toString(lastSeq)));
  }

  public void subscribeTo(String destination, Map<String, String> headers) {
    StompHeaders subscribe = new StompHeaders();
    subscribe.setDestination(destination);
    headers.forEach(subscribe::add);
    session.subscribe(subscribe, new Collector(frames));
  }

  public void send(String destination, Object body) {
    sendRaw(destination, Json.MAPPER.writeValueAsString(body));
  }

  public void sendRaw(String destination, String body) {
    session.send(destination, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends with headers beside the destination. */
  public void send(String destination, Map<String, String> headers, Object body) {
    StompHeaders send = new StompHeaders();
    send.setDestination(destination);
    headers.forEach(send::add);
    session.send(send, Json.MAPPER.writeValueAsBytes(body));
  }

  public void ask(String conversationId, String turnId, String question) {
    send(
        "/app/conversations/" + conversationId + "/turns",
        Map.of("turn_id", turnId, "content", question));
  }

  /** All frames up to and with the first that fits. */
  public List<JsonNode> until(Predicate<JsonNode> last) throws InterruptedException {
    List<JsonNode> received = new ArrayList<>();
    while (true) {
      JsonNode frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("No more frames came after " + received);
      }
      received.add(frame);
      if (last.test(frame)) {
        return received;
      }
    }
  }

  /** The frames that are here already. */
  public List<JsonNode> received() {
    List<JsonNode> received = new ArrayList<>();
    frames.drainTo(received);
    return received;
  }

  /** Asks and answers with all frames of the turn. */
  public List<JsonNode> answer(String conversationId, String question) throws InterruptedException {
    String turnId = UUID.randomUUID().toString();
    ask(conversationId, turnId, question);
    return until(
        frame ->
            turnId.equals(frame.path("turn_id").asString(""))
                && List.of("done", "error").contains(frame.get("type").asString()));
  }

  /** What the first frame of a type among some carries. */
  public static JsonNode content(List<JsonNode> frames, String type) {
    return frames.stream()
        .filter(frame -> frame.get("type").asString().equals(type))
        .findFirst()
        .map(frame -> frame.get("content"))
        .orElseThrow(() -> new AssertionError("no " + type + " in " + frames));
  }

  /** The words among some frames. */
  public static String text(List<JsonNode> frames) {
    return frames.stream()
        .filter(frame -> frame.get("type").asString().equals("text"))
        .map(frame -> frame.get("content").asString())
        .collect(Collectors.joining());
  }

  public List<JsonNode> untilDone() throws InterruptedException {
    return until(frame -> List.of("done", "error").contains(frame.get("type").asString()));
  }

  public JsonNode error() throws InterruptedException {
    JsonNode error = errors.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (error == null) {
      throw new AssertionError("No error came");
    }
    return error;
  }

  /** The body of the ERROR frame, or the reason of the close, that ended the connection. */
  public String ending() throws Exception {
    return ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  public boolean isConnected() {
    return session.isConnected();
  }

  @Override
  public void close() {
    try {
      session.disconnect();
    } catch (MessageDeliveryException | IllegalStateException alreadyEnded) {
      // The server ended the connection first, as some tests want it to.
    }
    client.stop();
  }

  private final class Handler extends StompSessionHandlerAdapter {

    @Override
    public Type getPayloadType(StompHeaders headers) {
      return byte[].class;
    }

    @Override
    public void handleFrame(StompHeaders headers, @Nullable Object payload) {
      ended.complete(
          payload instanceof byte[] body ? new String(body, StandardCharsets.UTF_8) : "");
    }

    @Override
    public void handleException(
        StompSession session,
        @Nullable StompCommand command,
        StompHeaders headers,
        byte[] payload,
        Throwable failure) {
      ended.completeExceptionally(failure);
    }

    @Override
    public void handleTransportError(StompSession session, Throwable failure) {
      ended.complete("transport: " + failure);
    }
  }

  private record Collector(BlockingQueue<JsonNode> queue) implements StompFrameHandler {

    @Override
    public Type getPayloadType(StompHeaders headers) {
      return byte[].class;
    }

    @Override
    public void handleFrame(StompHeaders headers, @Nullable Object payload) {
      queue.add(Json.MAPPER.readTree((byte[]) payload));
    }
  }
}
