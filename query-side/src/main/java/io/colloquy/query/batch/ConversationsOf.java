package io.colloquy.query.batch;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The conversations that hold a person's content, as the log knows them. */
@Component
public class ConversationsOf {

  private static final String OF =
      """
      select aggregate_identifier from domain_event_entry
      where payload_type = 'conversation-opened' and payload ->> 'owner' = :subject
      union
      select aggregate_identifier from domain_event_entry
      where payload_type = 'conversation-forked' and payload -> 'subjects' @> to_jsonb(:subject::text)
      """;

  private final EventStore log;

  ConversationsOf(EventStore log) {
    this.log = log;
  }

  /** Those somebody owns, and those that were forked from them. */
  public List<String> of(String subjectId, JdbcClient jdbc) {
    return jdbc.sql(OF).param("subject", subjectId).query((row, number) -> row.getString(1)).list();
  }

  /** What happened in one, up to a place. */
  public List<EventMessage<?>> eventsOf(String conversationId, long lastSeq) {
    List<EventMessage<?>> events = new ArrayList<>();
    var stream = log.readEvents(conversationId, 0);
    while (stream.hasNext() && events.size() <= lastSeq) {
      events.add(stream.next());
    }
    return events;
  }
}
