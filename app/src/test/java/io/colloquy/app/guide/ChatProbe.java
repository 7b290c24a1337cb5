package io.colloquy.app.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends whatever it is given on the guide's socket, and looks whether it still works after. */
public final class ChatProbe implements AutoCloseable {

  private static final List<String> FAULTS = List.of("internal_error", "widget_invalid");

  private final GuideClient client;
  private final AtomicInteger probes = new AtomicInteger();

  private ChatProbe(GuideClient client) {
    this.client = client;
  }

  public static ChatProbe connect(String base, String sessionId, String token) {
    return new ChatProbe(GuideClient.connect(base, sessionId, token));
  }

  public void sendAndProbe(String text) throws InterruptedException {
    client.sendText(text);
    client.send(Map.of("type", "cancel", "turn_id", "probe." + probes.incrementAndGet()));
    client
        .until(
            frame ->
                frame.type().equals("error")
                    && frame.content().get("code").asString().equals("turn_not_found"))
        .stream()
        .filter(frame -> frame.type().equals("error"))
        .forEach(frame -> assertThat(frame.content().get("code").asString()).isNotIn(FAULTS));
    assertThat(client.isOpen()).isTrue();
  }

  @Override
  public void close() {
    client.close();
  }
}
