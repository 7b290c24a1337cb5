package io.colloquy.command.turn;

import io.colloquy.api.conversation.ConversationEvent.AnswerTextAppended;
import io.colloquy.api.conversation.ConversationEvent.IntentClassified;
import io.colloquy.api.conversation.ConversationEvent.TurnSubmitted;
import io.colloquy.api.json.Json;
import io.colloquy.api.privacy.SealedContent;
import io.colloquy.command.model.ModelAnswer.Said;
import io.colloquy.command.planner.ObeyedState;
import io.colloquy.command.planner.TurnPlanner.Earlier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was asked and answered in a conversation before a turn, read from the log itself. */
@Component
class HistoryBefore {

  private static final int TURNS = 10;
  private static final int ANSWERS = 3;

  private static final String ASKED =
      """
      with replaced as (
        select jsonb_array_elements_text(payload -> 'turn_ids') as turn_id from domain_event_entry
        where aggregate_identifier = :conversation and sequence_number < :seq and payload_type = 'turns-replaced')
      select sequence_number, payload_type, payload from domain_event_entry
      where aggregate_identifier = :conversation and sequence_number < :seq
        and payload_type in ('turn-submitted', 'intent-classified')
        and payload ->> 'turn_id' not in (select turn_id from replaced)
      order by sequence_number desc limit :events
      """;
  private static final String ANSWERED =
      """
      select payload from domain_event_entry
      where aggregate_identifier = :conversation and sequence_number between :from and :seq
        and payload_type = 'answer-text-appended'
      order by sequence_number
      """;

  private final JdbcClient jdbc;
  private final SealedContent sealed;
  private final ObeyedState obeyedState;

  HistoryBefore(JdbcClient jdbc, SealedContent sealed, ObeyedState obeyedState) {
    this.jdbc = jdbc;
    this.sealed = sealed;
    this.obeyedState = obeyedState;
  }

  private record Row(long seq, String type, String payload) {}

  private record Asked(long seq, String turnId, String content) {}

  /**
   * The turns before, the latest last. What an active filter had added to a plan is taken out
   * again: whether it still holds is the state's to say.
   */
  List<Earlier> turns(TurnSoFar turn, StateBefore.States states) {
    Map<String, Asked> asked = new HashMap<>();
    List<Earlier> earlier = new ArrayList<>();
    for (Row row : asked(turn)) {
      if (row.type().equals("turn-submitted")) {
        TurnSubmitted event = Json.MAPPER.readValue(row.payload(), TurnSubmitted.class);
        asked.put(event.turnId(), new Asked(row.seq(), event.turnId(), event.content()));
      } else {
        IntentClassified event = Json.MAPPER.readValue(row.payload(), IntentClassified.class);
        Asked question = asked.get(event.turnId());
        if (question != null) {
          earlier.add(
              new Earlier(
                  question.content(),
                  obeyedState.undo(event.plan(), states.before(question.seq()), turn.actor())));
        }
      }
    }
    return earlier;
  }

  /** The last questions with what was answered. */
  List<Said> answers(TurnSoFar turn) {
    List<Asked> asked =
        asked(turn).stream()
            .filter(row -> row.type().equals("turn-submitted"))
            .map(
                row -> {
                  TurnSubmitted event = Json.MAPPER.readValue(row.payload(), TurnSubmitted.class);
                  return new Asked(row.seq(), event.turnId(), event.content());
                })
            .toList();
    List<Asked> last = asked.subList(Math.max(0, asked.size() - ANSWERS), asked.size());
    if (last.isEmpty()) {
      return List.of();
    }
    Map<String, StringBuilder> answers = new HashMap<>();
    jdbc.sql(ANSWERED)
        .param("conversation", turn.submitted().conversationId())
        .param("from", last.getFirst().seq())
        .param("seq", turn.seq())
        .query(String.class)
        .list()
        .forEach(
            payload -> {
              AnswerTextAppended event =
                  Json.MAPPER.readValue(sealed.open(payload), AnswerTextAppended.class);
              answers
                  .computeIfAbsent(event.turnId(), id -> new StringBuilder())
                  .append(event.delta());
            });
    return last.stream()
        .map(
            question ->
                new Said(
                    question.content(),
                    answers.getOrDefault(question.turnId(), new StringBuilder()).toString()))
        .filter(said -> !said.answer().isEmpty())
        .toList();
  }

  private List<Row> asked(TurnSoFar turn) {
    return jdbc.sql(ASKED)
        .param("conversation", turn.submitted().conversationId())
        .param("seq", turn.seq())
        .param("events", 2 * TURNS)
        .query(
            (row, number) ->
                new Row(row.getLong(1), row.getString(2), sealed.open(row.getString(3))))
        .list()
        .reversed();
  }
}
