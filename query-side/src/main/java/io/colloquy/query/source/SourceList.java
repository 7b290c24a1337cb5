package io.colloquy.query.source;

import io.colloquy.api.source.SourceEvent;
import io.colloquy.api.source.SourceEvent.SourceRegistered;
import io.colloquy.api.source.SourceQuery.FindSources;
import io.colloquy.api.source.SourceQuery.Sources;
import io.colloquy.api.source.SourceView;
import io.colloquy.api.source.SourceView.Status;
import java.util.List;
import java.util.Objects;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The sources as they stand. Their few events are read from the log itself, so that what was just
 * changed holds at once and on every node; they are read again only when there are new ones.
 */
@Component
class SourceList {

  private static final String HOW_FAR =
      "select count(*) || '/' || coalesce(max(global_index), 0) from domain_event_entry where type = 'source'";
  private static final String ALL =
      """
      select aggregate_identifier from domain_event_entry where type = 'source' and sequence_number = 0
      order by global_index desc
      """;

  private final JdbcClient jdbc;
  private final EventStore log;
  private volatile Read read = new Read("", new Sources(List.of()));

  SourceList(JdbcClient jdbc, EventStore log) {
    this.jdbc = jdbc;
    this.log = log;
  }

  private record Read(String howFar, Sources sources) {}

  @QueryHandler
  Sources find(FindSources query) {
    String now = jdbc.sql(HOW_FAR).query(String.class).single();
    Read before = read;
    if (!before.howFar().equals(now)) {
      before = new Read(now, new Sources(all()));
      read = before;
    }
    return before.sources();
  }

  private List<SourceView> all() {
    return jdbc.sql(ALL).query((row, number) -> row.getString(1)).list().stream()
        .map(this::source)
        .filter(Objects::nonNull)
        .filter(source -> source.status() != Status.REMOVED)
        .toList();
  }

  private @Nullable SourceView source(String sourceId) {
    SourceView source = null;
    var events = log.readEvents(sourceId, 0);
    while (events.hasNext()) {
      DomainEventMessage<?> message = events.next();
      if (message.getPayload() instanceof SourceRegistered event) {
        source = SourceView.of(event, message.getTimestamp());
      } else if (message.getPayload() instanceof SourceEvent event && source != null) {
        source = source.after(event);
      }
    }
    return source;
  }
}
