package io.colloquy.app.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.ColloquyTest;
import io.colloquy.app.RestClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** A projection made anew from the log is the one there was. */
@ColloquyTest
class ReplayTest {

  @LocalServerPort int port;
  @Autowired EventProcessingConfiguration processing;
  @Autowired EventStore log;
  @Autowired JdbcTemplate sql;

  @ParameterizedTest
  @CsvSource({
    "widget-cache, widget",
    "conversation-state, conversation",
    "conversation-state, turn",
    "audit-log, audit_entry"
  })
  void aRebuiltProjectionIsTheSame(String group, String table) {
    RestClient rest = RestClient.signedIn("http://localhost:" + port, "manager");
    String conversation = rest.openConversation();
    rest.post("/ai/chat", Map.of("session_id", conversation, "message", "Total revenue in 2025"));
    var processor = processing.eventProcessor(group, StreamingEventProcessor.class).orElseThrow();
    awaitUntil(() -> isCaughtUp(processor));
    String before = contentOf(table);

    processor.shutDown();
    processor.resetTokens();
    assertThat(contentOf(table)).as("emptied first").isNotEqualTo(before);
    processor.start();

    awaitUntil(() -> contentOf(table).equals(before));
  }

  private String contentOf(String table) {
    return String.valueOf(
        sql.queryForObject(
            "select count(*) || ' ' || md5(string_agg(t::text, '' order by t::text)) from %s t"
                .formatted(table),
            String.class));
  }

  private boolean isCaughtUp(StreamingEventProcessor processor) {
    OptionalLong head = log.createHeadToken().position();
    return processor.processingStatus().values().stream()
        .map(EventTrackerStatus::getCurrentPosition)
        .toList()
        .equals(List.of(head));
  }

  private static void awaitUntil(BooleanSupplier condition) {
    Instant patience = Instant.now().plusSeconds(20);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(patience);
    }
  }
}
