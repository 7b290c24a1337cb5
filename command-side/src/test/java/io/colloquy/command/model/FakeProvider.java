package io.colloquy.command.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.colloquy.api.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server that speaks the providers' streaming protocols, as well or as badly as it is told. */
public final class FakeProvider implements AutoCloseable {

  /** What it does when it is asked. */
  public sealed interface Behaviour {

    /** Says words, one piece after another. */
    record Says(List<String> pieces, long pauseMillis, String finish) implements Behaviour {}

    /** Says some words and then ends the connection. */
    record BreaksOff(List<String> pieces) implements Behaviour {}

    /** Says some words and is then silent until it is left. */
    record FallsSilent(List<String> pieces) implements Behaviour {}

    /** Sends something that is none of its protocol. */
    record Garbles(String bytes) implements Behaviour {}

    /** Answers with an error. */
    record Fails(int status) implements Behaviour {}
  }

  static {
    // Each small piece would wait 40 ms for the one before it to be acknowledged.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ModelSettings.Provider protocol;
  private final ConcurrentLinkedDeque<Behaviour> behaviours = new ConcurrentLinkedDeque<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch left = new CountDownLatch(1);

  /** A provider of a protocol. */
  public FakeProvider(ModelSettings.Provider protocol) {
    this.protocol = protocol;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /** What to do next; the last is repeated. */
  public FakeProvider then(Behaviour behaviour) {
    behaviours.add(behaviour);
    return this;
  }

  /** Says some text in pieces of a few characters. */
  public FakeProvider says(String text) {
    List<String> pieces = new ArrayList<>();
    for (int from = 0; from < text.length(); from += 7) {
      pieces.add(text.substring(from, Math.min(text.length(), from + 7)));
    }
    return then(new Behaviour.Says(pieces, 0, "stop"));
  }

  /** Forgets what it was told to do. */
  public void forget() {
    behaviours.clear();
    asked.clear();
  }

  /** The bodies of all requests. */
  public List<String> asked() {
    return asked;
  }

  /** Waits until somebody has ended a connection on which it was silent. */
  public boolean wasLeft() throws InterruptedException {
    return left.await(10, TimeUnit.SECONDS);
  }

  /** Where it is. */
  public String url() {
    return "http://localhost:"
        + server.getAddress().getPort()
        + (protocol == ModelSettings.Provider.OPENAI ? "/v1" : "");
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Behaviour behaviour = behaviours.size() > 1 ? behaviours.poll() : behaviours.peek();
    try {
      perform(exchange, behaviour == null ? new Behaviour.Fails(500) : behaviour);
    } catch (IOException | InterruptedException gone) {
      left.countDown();
    } finally {
      exchange.close();
    }
  }

  private void perform(HttpExchange exchange, Behaviour behaviour)
      throws IOException, InterruptedException {
    if (behaviour instanceof Behaviour.Fails(int status)) {
      byte[] body =
          "{\"error\":{\"message\":\"secret detail\",\"type\":\"x\"}}"
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
      return;
    }
    exchange
        .getResponseHeaders()
        .set(
            "Content-Type",
            protocol == ModelSettings.Provider.OLLAMA
                ? "application/x-ndjson"
                : "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    switch (behaviour) {
      case Behaviour.Garbles(String bytes) -> send(out, bytes);
      case Behaviour.Says says -> {
        begin(out);
        for (String piece : says.pieces()) {
          say(out, piece);
          Thread.sleep(says.pauseMillis());
        }
        end(out, says.finish());
      }
      case Behaviour.BreaksOff breaks -> {
        begin(out);
        for (String piece : breaks.pieces()) {
          say(out, piece);
        }
      }
      case Behaviour.FallsSilent falls -> {
        begin(out);
        for (String piece : falls.pieces()) {
          say(out, piece);
        }
        // Whether anybody still listens shows only in writing: a comment, or an empty line.
        for (int i = 0; i < 600; i++) {
          Thread.sleep(50);
          send(out, protocol == ModelSettings.Provider.OLLAMA ? "\n" : ": silence\n\n");
        }
      }
      case Behaviour.Fails ignored -> throw new IllegalStateException();
    }
  }

  private void begin(OutputStream out) throws IOException {
    if (protocol == ModelSettings.Provider.ANTHROPIC) {
      event(
          out,
          "message_start",
          Map.of(
              "type",
              "message_start",
              "message",
              Map.of(
                  "id",
                  "m-1",
                  "type",
                  "message",
                  "role",
                  "assistant",
                  "model",
                  "fake",
                  "content",
                  List.of(),
                  "usage",
                  Map.of("input_tokens", 11, "output_tokens", 1))));
      event(
          out,
          "content_block_start",
          Map.of(
              "type",
              "content_block_start",
              "index",
              0,
              "content_block",
              Map.of("type", "text", "text", "")));
    }
  }

  private void say(OutputStream out, String piece) throws IOException {
    switch (protocol) {
      case OPENAI -> data(out, chunk(Map.of("role", "assistant", "content", piece), null));
      case ANTHROPIC ->
          event(
              out,
              "content_block_delta",
              Map.of(
                  "type",
                  "content_block_delta",
                  "index",
                  0,
                  "delta",
                  Map.of("type", "text_delta", "text", piece)));
      case OLLAMA ->
          send(
              out,
              Json.MAPPER.writeValueAsString(
                      Map.of(
                          "model",
                          "fake",
                          "created_at",
                          "2026-11-24T10:30:00Z",
                          "done",
                          false,
                          "message",
                          Map.of("role", "assistant", "content", piece)))
                  + "\n");
    }
  }

  private void end(OutputStream out, String finish) throws IOException {
    switch (protocol) {
      case OPENAI -> {
        data(out, chunk(Map.of(), finish));
        data(
            out,
            Map.of(
                "id",
                "c-1",
                "object",
                "chat.completion.chunk",
                "created",
                1,
                "model",
                "fake",
                "choices",
                List.of(),
                "usage",
                Map.of("prompt_tokens", 11, "completion_tokens", 7, "total_tokens", 18)));
        send(out, "data: [DONE]\n\n");
      }
      case ANTHROPIC -> {
        event(out, "content_block_stop", Map.of("type", "content_block_stop", "index", 0));
        event(
            out,
            "message_delta",
            Map.of(
                "type", "message_delta",
                "delta", Map.of("stop_reason", finish.equals("stop") ? "end_turn" : finish),
                "usage", Map.of("output_tokens", 7)));
        event(out, "message_stop", Map.of("type", "message_stop"));
      }
      case OLLAMA ->
          send(
              out,
              Json.MAPPER.writeValueAsString(
                      Map.of(
                          "model",
                          "fake",
                          "created_at",
                          "2026-11-24T10:30:00Z",
                          "done",
                          true,
                          "done_reason",
                          finish,
                          "prompt_eval_count",
                          11,
                          "eval_count",
                          7,
                          "message",
                          Map.of("role", "assistant", "content", "")))
                  + "\n");
    }
  }

  private static Map<String, Object> chunk(Map<String, Object> delta, @Nullable String finish) {
    Map<String, Object> choice = new java.util.LinkedHashMap<>();
    choice.put("index", 0);
    choice.put("delta", delta);
    if (finish != null) {
      choice.put("finish_reason", finish);
    }
    return Map.of(
        "id",
        "c-1",
        "object",
        "chat.completion.chunk",
        "created",
        1,
        "model",
        "fake",
        "choices",
        List.of(choice));
  }

  private static void data(OutputStream out, Object json) throws IOException {
    send(out, "data: " + Json.MAPPER.writeValueAsString(json) + "\n\n");
  }

  private static void event(OutputStream out, String name, Object json) throws IOException {
    send(out, "event: " + name + "\ndata: " + Json.MAPPER.writeValueAsString(json) + "\n\n");
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
