package io.colloquy.query.conversation;

import io.colloquy.api.conversation.ConversationEvent.ConversationStateChanged;
import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.json.Json;
import io.colloquy.api.privacy.SubjectEvent.SubjectErased;
import io.colloquy.query.batch.ConversationsOf;
import io.colloquy.query.batch.EventBatch;
import io.colloquy.query.batch.Projection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** Keeps the tables of conversations as they stand: the list, the transcript, the shared state. */
@Component
@ProcessingGroup(ConversationState.GROUP)
class ConversationState implements Projection {

  static final String GROUP = "conversation-state";

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
        title = coalesce(row.renamed, conversation.title, row.title)
      from jsonb_to_recordset(:rows::jsonb) as row (conversation_id text, at timestamptz, seq bigint, closed boolean,
        title text, renamed text)
      where conversation.conversation_id = row.conversation_id
      """;

  private static final String PROGRESS =
      """
      update turn set answer = turn.answer || row.delta, status = coalesce(row.status, turn.status)
      from jsonb_to_recordset(:rows::jsonb) as row (conversation_id text, turn_id text, delta text, status text)
      where turn.conversation_id = row.conversation_id and turn.turn_id = row.turn_id
      """;

  private static final String REPLACE =
      """
      update turn set replaced_by = row.by
      from jsonb_to_recordset(:rows::jsonb) as row (conversation_id text, turn_id text, by text)
      where turn.conversation_id = row.conversation_id and turn.turn_id = row.turn_id
      """;

  private static final String CHANGE_STATE =
      """
      update conversation set state = row.state
      from jsonb_to_recordset(:rows::jsonb) as row (conversation_id text, state jsonb)
      where conversation.conversation_id = row.conversation_id
      """;

  private static final String FORGET =
      """
      with forgotten as (delete from turn where conversation_id = :conversation)
      delete from conversation where conversation_id = :conversation
      """;

  private final ConversationsOf conversations;
  private final EventBatch batch;

  ConversationState(
      JdbcClient jdbc, PlatformTransactionManager transactions, ConversationsOf conversations) {
    this.conversations = conversations;
    this.batch = new EventBatch(this, jdbc, transactions);
  }

  @Override
  public String group() {
    return GROUP;
  }

  @Override
  public List<String> tables() {
    return List.of("conversation", "turn");
  }

  @EventHandler
  void on(EventMessage<?> event) {
    batch.collect(event);
  }

  @Override
  public void project(List<EventMessage<?>> events, JdbcClient into) {
    ConversationBatch changes = ConversationBatch.of(events);
    update(OPEN, changes.opened, into);
    update(SUBMIT, changes.submitted, into);
    update(TOUCH, changes.touched(), into);
    update(PROGRESS, changes.progress(), into);
    update(REPLACE, changes.replaced, into);
    change(changes.stateChanges, into);
    for (EventMessage<?> event : events) {
      if (event.getPayload() instanceof SubjectErased erased) {
        conversations.of(erased.subjectId(), into).forEach(id -> readAgain(id, into));
      }
    }
  }

  /** Takes a conversation in once more, as it can be read now, as far as it had been taken in. */
  private void readAgain(String conversationId, JdbcClient into) {
    into.sql("select last_seq from conversation where conversation_id = ?")
        .param(conversationId)
        .query(Long.class)
        .optional()
        .ifPresent(
            lastSeq -> {
              into.sql(FORGET).param("conversation", conversationId).update();
              project(conversations.eventsOf(conversationId, lastSeq), into);
            });
  }

  private static void update(String sql, List<?> rows, JdbcClient into) {
    if (!rows.isEmpty()) {
      into.sql(sql).param("rows", EventBatch.rows(rows)).update();
    }
  }

  private record Changed(String conversationId, SharedState state) {}

  private static void change(List<ConversationStateChanged> events, JdbcClient into) {
    Map<String, SharedState> states = new LinkedHashMap<>();
    for (ConversationStateChanged event : events) {
      SharedState before = states.computeIfAbsent(event.conversationId(), id -> stateOf(id, into));
      states.put(event.conversationId(), before.after(event.event(), event.data()));
    }
    update(
        CHANGE_STATE,
        states.entrySet().stream()
            .map(entry -> new Changed(entry.getKey(), entry.getValue()))
            .toList(),
        into);
  }

  private static SharedState stateOf(String conversationId, JdbcClient from) {
    return from.sql("select state from conversation where conversation_id = ?")
        .param(conversationId)
        .query((row, number) -> state(row))
        .optional()
        .orElse(SharedState.EMPTY);
  }

  static SharedState state(ResultSet row) throws SQLException {
    return Json.MAPPER.readValue(row.getString("state"), SharedState.class);
  }
}
