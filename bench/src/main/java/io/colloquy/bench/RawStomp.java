package io.colloquy.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** As little of a STOMP client as can be, so that thousands of them cost little. */
final class RawStomp implements WebSocket.Listener, AutoCloseable {

  private static final ExecutorService THREADS = Executors.newFixedThreadPool(2);
  private static final HttpClient HTTP = HttpClient.newBuilder().executor(THREADS).build();

  private final Consumer<String> onMessage;
  private final CountDownLatch connected = new CountDownLatch(1);
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;

  RawStomp(String base, String token, Consumer<String> onMessage) throws Exception {
    this.onMessage = onMessage;
    this.socket =
        HTTP.newWebSocketBuilder()
            .subprotocols("v12.stomp")
            .buildAsync(URI.create(base.replaceFirst("http", "ws") + "/ws"), this)
            .get(60, TimeUnit.SECONDS);
    send("CONNECT\naccept-version:1.2\nheart-beat:0,0\nAuthorization:Bearer " + token + "\n\n");
    if (!connected.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("Not connected");
    }
  }

  void subscribe(String destination) {
    send("SUBSCRIBE\nid:s\ndestination:" + destination + "\nlast-seq:-1\n\n");
  }

  void send(String destination, String json) {
    send("SEND\ndestination:" + destination + "\ncontent-type:application/json\n\n" + json);
  }

  private synchronized void send(String frame) {
    socket.sendText(frame + "\0", true).join();
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    webSocket.request(1);
    if (!last || !partial.isEmpty()) {
      partial.append(data);
      if (!last) {
        return CompletableFuture.completedStage(null);
      }
    }
    String frame = partial.isEmpty() ? data.toString() : partial.toString();
    partial.setLength(0);
    if (frame.startsWith("MESSAGE")) {
      onMessage.accept(frame);
    } else if (frame.startsWith("CONNECTED")) {
      connected.countDown();
    } else if (frame.startsWith("ERROR")) {
      System.out.println(frame);
    }
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
