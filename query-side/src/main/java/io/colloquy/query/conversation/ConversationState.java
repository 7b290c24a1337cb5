package io.colloquy.query.conversation;

import io.colloquy.api.conversation.ConversationEvent.ConversationOpened;
import io.colloquy.api.conversation.ConversationEvent.ConversationStateChanged;
import io.colloquy.api.conversation.ConversationQuery.Details;
import io.colloquy.api.conversation.ConversationQuery.FindConversation;
import io.colloquy.api.conversation.ConversationQuery.ListConversations;
import io.colloquy.api.conversation.ConversationQuery.Summaries;
import io.colloquy.api.conversation.ConversationQuery.Summary;
import io.colloquy.api.conversation.ConversationQuery.Turn;
import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.json.Json;
import io.colloquy.query.batch.EventBatch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Conversations as they stand: the list, the transcript, the shared state. */
@Component
@ProcessingGroup("conversation-state")
class ConversationState {

  private static final String OPEN =
      """
      insert into conversation (conversation_id, owner, title, opened_at, updated_at, last_seq)
      select conversation_id, owner, title, at, at, 0
      from jsonb_to_recordset(:rows::jsonb) as row (conversation_id text, owner text, title text, at timestamptz)
      on conflict (conversation_id) do nothing
      """;

  private static final String SUBMIT =
      """
      insert into turn (conversation_id, turn_id, seq, actor, content, status, submitted_at)
      select conversation_id, turn_id, seq, actor, content, 'in_progress', at
      from jsonb_to_recordset(:rows::jsonb) as row (conversation_id text, turn_id text, seq bigint, actor text,
        content text, at timestamptz)
      on conflict (conversation_id, turn_id) do nothing
      """;

  private static final String TOUCH =
      """
      update conversation set updated_at = row.at, last_seq = row.seq, closed = conversation.closed or row.closed,
        title = coalesce(conversation.title, row.title)
      from jsonb_to_recordset(:rows::jsonb) as row (conversation_id text, at timestamptz, seq bigint, closed boolean,
        title text)
      where conversation.conversation_id = row.conversation_id
      """;

  private static final String PROGRESS =
      """
      update turn set answer = turn.answer || row.delta, status = coalesce(row.status, turn.status)
      from jsonb_to_recordset(:rows::jsonb) as row (conversation_id text, turn_id text, delta text, status text)
      where turn.conversation_id = row.conversation_id and turn.turn_id = row.turn_id
      """;

  private static final String CHANGE_STATE =
      """
      update conversation set state = row.state
      from jsonb_to_recordset(:rows::jsonb) as row (conversation_id text, state jsonb)
      where conversation.conversation_id = row.conversation_id
      """;

  private final JdbcClient jdbc;
  private final EventStore log;

  ConversationState(JdbcClient jdbc, EventStore log) {
    this.jdbc = jdbc;
    this.log = log;
  }

  @EventHandler
  void on(EventMessage<?> event) {
    EventBatch.collect(event, this, this::project);
  }

  private void project(List<EventMessage<?>> events) {
    ConversationBatch batch = ConversationBatch.of(events);
    update(OPEN, batch.opened);
    update(SUBMIT, batch.submitted);
    update(TOUCH, batch.touched());
    update(PROGRESS, batch.progress());
    change(batch.stateChanges);
  }

  private void update(String sql, List<?> rows) {
    if (!rows.isEmpty()) {
      jdbc.sql(sql).param("rows", EventBatch.rows(rows)).update();
    }
  }

  private record Changed(String conversationId, SharedState state) {}

  private void change(List<ConversationStateChanged> events) {
    Map<String, SharedState> states = new LinkedHashMap<>();
    for (ConversationStateChanged event : events) {
      SharedState before = states.computeIfAbsent(event.conversationId(), this::stateOf);
      states.put(event.conversationId(), before.after(event.event(), event.data()));
    }
    update(
        CHANGE_STATE,
        states.entrySet().stream()
            .map(entry -> new Changed(entry.getKey(), entry.getValue()))
            .toList());
  }

  private SharedState stateOf(String conversationId) {
    return jdbc.sql("select state from conversation where conversation_id = ?")
        .param(conversationId)
        .query((row, number) -> state(row))
        .optional()
        .orElse(SharedState.EMPTY);
  }

  private static SharedState state(ResultSet row) throws SQLException {
    return Json.MAPPER.readValue(row.getString("state"), SharedState.class);
  }

  @ResetHandler
  void reset() {
    jdbc.sql("truncate conversation, turn").update();
  }

  @QueryHandler
  Summaries list(ListConversations query) {
    return new Summaries(
        jdbc.sql(
                """
                select * from conversation where :owner::text is null or owner = :owner
                order by updated_at desc limit 500
                """)
            .param("owner", query.owner())
            .query((row, number) -> summary(row))
            .list());
  }

  @QueryHandler
  @Nullable Details find(FindConversation query) {
    return jdbc.sql("select * from conversation where conversation_id = ?")
        .param(query.conversationId())
        .query(
            (row, number) ->
                new Details(summary(row), state(row).named(), turns(query.conversationId())))
        .optional()
        .orElseGet(() -> justOpened(query.conversationId()));
  }

  /** A conversation opened a moment ago is in the log, and its row will follow. */
  private @Nullable Details justOpened(String conversationId) {
    var events = log.readEvents(conversationId, 0);
    if (events.hasNext()) {
      DomainEventMessage<?> first = events.next();
      if (first.getPayload() instanceof ConversationOpened opened) {
        String at = first.getTimestamp().toString();
        return new Details(
            new Summary(conversationId, opened.owner(), opened.title(), at, at, false, 0),
            SharedState.EMPTY.named(),
            List.of());
      }
    }
    return null;
  }

  private List<Turn> turns(String conversationId) {
    return jdbc.sql("select * from turn where conversation_id = ? order by seq")
        .param(conversationId)
        .query(
            (row, number) ->
                new Turn(
                    row.getString("turn_id"),
                    row.getLong("seq"),
                    row.getString("actor"),
                    row.getString("content"),
                    row.getString("answer"),
                    row.getString("status"),
                    row.getTimestamp("submitted_at").toInstant().toString()))
        .list();
  }

  private static Summary summary(ResultSet row) throws SQLException {
    return new Summary(
        row.getString("conversation_id"),
        row.getString("owner"),
        row.getString("title"),
        row.getTimestamp("opened_at").toInstant().toString(),
        row.getTimestamp("updated_at").toInstant().toString(),
        row.getBoolean("closed"),
        row.getLong("last_seq"));
  }
}
