package io.colloquy.query.conversation;

import io.colloquy.api.conversation.ConversationEvent.ConversationOpened;
import io.colloquy.api.conversation.ConversationEvent.ConversationStateChanged;
import io.colloquy.api.conversation.ConversationQuery.Details;
import io.colloquy.api.conversation.ConversationQuery.FindConversation;
import io.colloquy.api.conversation.ConversationQuery.ListConversations;
import io.colloquy.api.conversation.ConversationQuery.Summaries;
import io.colloquy.api.conversation.ConversationQuery.Summary;
import io.colloquy.api.conversation.ConversationQuery.Turn;
import io.colloquy.api.json.Json;
import io.colloquy.query.batch.EventBatch;
import java.sql.ResultSet;
import java.sql.SQLException;
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
import tools.jackson.core.type.TypeReference;

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

  /**
   * Sets one key of one part of the state; a null value takes it away, and "all" empties the part.
   */
  private static final String CHANGE_STATE =
      """
      update conversation set state = state || jsonb_build_object(:part::text,
        case when :value::jsonb = 'null' and :key = 'all' then '{}'::jsonb
             when :value::jsonb = 'null' then coalesce(state -> :part, '{}') - :key::text
             else coalesce(state -> :part, '{}') || jsonb_build_object(:key::text, :value::jsonb) end)
      where conversation_id = :conversation
      """;

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

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
    batch.stateChanges.forEach(this::change);
  }

  private void update(String sql, List<?> rows) {
    if (!rows.isEmpty()) {
      jdbc.sql(sql).param("rows", EventBatch.rows(rows)).update();
    }
  }

  private void change(ConversationStateChanged event) {
    jdbc.sql(CHANGE_STATE)
        .param("part", partOf(event.event()))
        .param("key", String.valueOf(event.data().get("key")))
        .param("value", Json.MAPPER.writeValueAsString(event.data().get("value")))
        .param("conversation", event.conversationId())
        .update();
  }

  private static String partOf(String event) {
    return switch (event) {
      case "filter_update" -> "active_filters";
      case "date_range_update" -> "selected_date_range";
      case "sources_update" -> "active_data_sources";
      default -> "widget_states";
    };
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
                new Details(
                    summary(row),
                    Json.MAPPER.readValue(row.getString("state"), OBJECT),
                    turns(query.conversationId())))
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
            Map.of(),
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
