package io.colloquy.app.guide;

import io.colloquy.api.json.Json;
import io.colloquy.app.guide.GuideParser.Received;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A chat client as the reference guide describes it, and nothing it does not describe. */
final class GuideClient implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 20;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;

  private GuideClient(String url) {
    socket = HTTP.newWebSocketBuilder().buildAsync(URI.create(url), new Listener()).join();
  }

  /** Opens a connection without signing in. */
  static GuideClient open(String base, String query) {
    return new GuideClient(base.replaceFirst("http", "ws") + "/ai/chat" + query);
  }

  static GuideClient connect(String base, String sessionId, String token) {
    GuideClient client = open(base, "?session_id=" + sessionId);
    client.send(Map.of("type", "auth", "token", token));
    return client;
  }

  void send(Map<String, ?> message) {
    sendText(Json.MAPPER.writeValueAsString(message));
  }

  void sendText(String text) {
    socket.sendText(text, true).join();
  }

  void ask(String question) {
    ask(question, Map.of());
  }

  void ask(String question, Map<String, ?> metadata) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("type", "message");
    message.put("content", question);
    message.put("metadata", metadata);
    message.put("timestamp", "2026-11-24T10:30:00.000");
    send(message);
  }

  List<Received> until(Predicate<Received> last) throws InterruptedException {
    List<Received> frames = new ArrayList<>();
    while (true) {
      Received frame = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("No more frames came after " + frames);
      }
      frames.add(frame);
      if (last.test(frame)) {
        return frames;
      }
    }
  }

  List<Received> untilDone() throws InterruptedException {
    return until(frame -> frame.type().equals("done") || frame.type().equals("error"));
  }

  Received next(String type) throws InterruptedException {
    return until(frame -> frame.type().equals(type)).getLast();
  }

  int closeCode() throws Exception {
    return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  boolean isOpen() {
    return !closed.isDone();
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Listener implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        received.add(GuideParser.parse(Json.MAPPER.readTree(text.toString())));
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      closed.completeExceptionally(failure);
    }
  }
}
