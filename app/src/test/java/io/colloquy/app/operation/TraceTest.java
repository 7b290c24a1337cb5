package io.colloquy.app.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.Awaiting;
import io.colloquy.app.ColloquyTest;
import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A turn as one trace, from the client's frame to the frames it gets. */
@ColloquyTest
class TraceTest {

  private static final String CLIENT_SPAN = "00f067aa0ba902b7";

  @LocalServerPort int port;
  @Autowired InMemorySpanExporter recorded;
  @Autowired JdbcClient jdbc;

  private final String traceId = UUID.randomUUID().toString().replace("-", "");

  private List<SpanData> spans() {
    return recorded.getFinishedSpanItems().stream()
        .filter(span -> span.getTraceId().equals(traceId))
        .toList();
  }

  private Set<String> names() {
    return spans().stream().map(SpanData::getName).collect(Collectors.toSet());
  }

  @Test
  void aTurnIsFollowedFromItsFrameThroughTheLogToTheFramesOfItsAnswer() throws Exception {
    RestClient manager = RestClient.signedIn("http://localhost:" + port, "manager");
    String conversation = manager.openConversation();
    try (StompClient stomp = new StompClient("http://localhost:" + port, manager.token())) {
      stomp.subscribe(conversation, -1);
      stomp.send(
          "/app/conversations/" + conversation + "/turns",
          Map.of("traceparent", "00-" + traceId + "-" + CLIENT_SPAN + "-01"),
          Map.of("content", "Sales by region in 2025"));
      stomp.untilDone();
    }
    Set<String> expected =
        Set.of(
            "stomp(StompCommand)",
            "CommandBus.handleCommand(SubmitTurn)",
            "EventBus.publishEvent(TurnSubmitted)",
            "StreamingEventProcessor.process(TurnSubmitted)",
            "turn(TurnSubmitted)",
            "CommandBus.handleCommand(IssueWidget)",
            "EventBus.publishEvent(WidgetGenerated)",
            "StreamingEventProcessor.process(WidgetGenerated)",
            "ConversationStream.send(EncodedFrame)");
    Awaiting.until("the spans are there: " + names(), () -> names().containsAll(expected));
    Awaiting.until("each hangs on another or on the client's", this::isOneTree);
    assertThat(
            jdbc.sql(
                    "select distinct meta_data ->> 'trace_id' from domain_event_entry "
                        + "where aggregate_identifier = ? and payload_type <> 'conversation-opened'")
                .param(conversation)
                .query(String.class)
                .list())
        .as("the trace that the log names")
        .containsExactly(traceId);
    assertThat(spans().toString()).as("who asked").doesNotContain("manager");
  }

  private boolean isOneTree() {
    Set<String> known = spans().stream().map(SpanData::getSpanId).collect(Collectors.toSet());
    return spans().stream()
        .map(SpanData::getParentSpanId)
        .allMatch(parent -> parent.equals(CLIENT_SPAN) || known.contains(parent));
  }

  @Test
  void whatIsAskedOverHttpIsTracedToo() throws Exception {
    String base = "http://localhost:" + port;
    HttpRequest opening =
        HttpRequest.newBuilder(URI.create(base + "/api/conversations"))
            .header("Authorization", "Bearer " + RestClient.signedIn(base, "viewer").token())
            .header("Content-Type", "application/json")
            .header("traceparent", "00-" + traceId + "-" + CLIENT_SPAN + "-01")
            .header("tracestate", "vendor=what-they-please")
            .header("baggage", "note=what-they-please")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(opening, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(201);
    }
    Awaiting.until(
        "the request and its event are there",
        () ->
            names()
                .containsAll(
                    Set.of(
                        "http post /api/conversations",
                        "EventBus.publishEvent(ConversationOpened)")));
    assertThat(
            jdbc.sql(
                    "select meta_data::text from domain_event_entry where meta_data ->> 'trace_id' = ?")
                .param(traceId)
                .query(String.class)
                .single())
        .contains("traceparent")
        .doesNotContain("what-they-please");
  }
}
