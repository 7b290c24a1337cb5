package io.colloquy.command.turn;

import io.colloquy.api.conversation.ConversationEvent.ConversationStateChanged;
import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.json.Json;
import io.colloquy.api.privacy.SealedContent;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A conversation's shared state as it was at some point, folded from the log itself. */
@Component
class StateBefore {

  private static final String CHANGES =
      """
      select sequence_number, payload from domain_event_entry
      where aggregate_identifier = ? and sequence_number < ? and payload_type = 'conversation-state-changed'
      order by sequence_number
      """;

  private final JdbcClient jdbc;
  private final SealedContent sealed;

  StateBefore(JdbcClient jdbc, SealedContent sealed) {
    this.jdbc = jdbc;
    this.sealed = sealed;
  }

  /** The states of a conversation, one after another. */
  record States(List<Change> changes) {

    /** The state before an event. */
    SharedState before(long seq) {
      SharedState state = SharedState.EMPTY;
      for (Change change : changes) {
        if (change.seq() < seq) {
          state = state.after(change.event().event(), change.event().data());
        }
      }
      return state;
    }
  }

  record Change(long seq, ConversationStateChanged event) {}

  States of(TurnSoFar turn) {
    return new States(
        jdbc.sql(CHANGES)
            .params(turn.submitted().conversationId(), turn.seq())
            .query(
                (row, number) ->
                    new Change(
                        row.getLong(1),
                        Json.MAPPER.readValue(
                            sealed.open(row.getString(2)), ConversationStateChanged.class)))
            .list());
  }
}
