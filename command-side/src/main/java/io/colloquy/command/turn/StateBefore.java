package io.colloquy.command.turn;

import io.colloquy.api.conversation.ConversationEvent.ConversationStateChanged;
import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.json.Json;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A conversation's shared state as it was when a question was asked, folded from the log itself.
 */
@Component
class StateBefore {

  private static final String CHANGES =
      """
      select payload from domain_event_entry
      where aggregate_identifier = ? and sequence_number < ? and payload_type = 'conversation-state-changed'
      order by sequence_number
      """;

  private final JdbcClient jdbc;

  StateBefore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  SharedState of(TurnSoFar turn) {
    List<ConversationStateChanged> changes =
        jdbc.sql(CHANGES)
            .params(turn.submitted().conversationId(), turn.seq())
            .query(
                (row, number) ->
                    Json.MAPPER.readValue(row.getString(1), ConversationStateChanged.class))
            .list();
    SharedState state = SharedState.EMPTY;
    for (ConversationStateChanged change : changes) {
      state = state.after(change.event(), change.data());
    }
    return state;
  }
}
