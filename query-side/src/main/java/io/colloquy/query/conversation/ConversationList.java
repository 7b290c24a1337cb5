package io.colloquy.query.conversation;

import io.colloquy.api.conversation.ConversationEvent.ConversationOpened;
import io.colloquy.api.conversation.ConversationQuery.Cursor;
import io.colloquy.api.conversation.ConversationQuery.Details;
import io.colloquy.api.conversation.ConversationQuery.FindConversation;
import io.colloquy.api.conversation.ConversationQuery.FindTurns;
import io.colloquy.api.conversation.ConversationQuery.ListConversations;
import io.colloquy.api.conversation.ConversationQuery.Summaries;
import io.colloquy.api.conversation.ConversationQuery.Summary;
import io.colloquy.api.conversation.ConversationQuery.Turn;
import io.colloquy.api.conversation.ConversationQuery.Turns;
import io.colloquy.api.conversation.SharedState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Answers what is asked about conversations. */
@Component
class ConversationList {

  private static final String LIST =
      """
      select conversation.* from conversation
      where (:owner::text is null or owner = :owner)
        and (:at::timestamptz is null or (updated_at, conversation_id) < (:at::timestamptz, :id))
        and (:words::text is null or title_words @@ to_tsquery('simple', :words) or conversation_id in (
          select conversation_id from turn where words @@ to_tsquery('simple', :words)))
      order by updated_at desc, conversation_id desc limit :limit
      """;

  private static final String TURNS =
      """
      select * from turn where conversation_id = :conversation and seq < :before order by seq desc limit :limit
      """;

  private final JdbcClient jdbc;
  private final EventStore log;

  ConversationList(JdbcClient jdbc, EventStore log) {
    this.jdbc = jdbc;
    this.log = log;
  }

  @QueryHandler
  Summaries list(ListConversations query) {
    String words = query.words() == null ? null : beginnings(query.words());
    if (words != null && words.isEmpty()) {
      return new Summaries(List.of(), null);
    }
    Cursor cursor = query.cursor();
    List<Summary> found =
        jdbc.sql(LIST)
            .param("owner", query.owner())
            .param("at", cursor == null ? null : cursor.updatedAt())
            .param("id", cursor == null ? null : cursor.conversationId())
            .param("words", words)
            .param("limit", query.limit() + 1)
            .query((row, number) -> summary(row))
            .list();
    if (found.size() <= query.limit()) {
      return new Summaries(found, null);
    }
    List<Summary> page = found.subList(0, query.limit());
    Summary last = page.getLast();
    return new Summaries(page, new Cursor(last.updatedAt(), last.conversationId()));
  }

  /** All words, each as the beginning of one; nothing in them is taken for syntax. */
  private static String beginnings(String words) {
    return Arrays.stream(words.split("[^\\p{L}\\p{N}]+", -1))
        .filter(word -> !word.isEmpty())
        .map(word -> word + ":*")
        .collect(Collectors.joining(" & "));
  }

  @QueryHandler
  @Nullable Details find(FindConversation query) {
    return jdbc.sql("select * from conversation where conversation_id = ?")
        .param(query.conversationId())
        .query(
            (row, number) -> {
              Turns last = turns(query.conversationId(), Long.MAX_VALUE, query.turns());
              return new Details(
                  summary(row),
                  ConversationState.state(row).named(),
                  last.turns(),
                  last.hasEarlier());
            })
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
            List.of(),
            false);
      }
    }
    return null;
  }

  @QueryHandler
  Turns find(FindTurns query) {
    return turns(query.conversationId(), query.before(), query.limit());
  }

  private Turns turns(String conversationId, long before, int limit) {
    List<Turn> found =
        jdbc.sql(TURNS)
            .param("conversation", conversationId)
            .param("before", before)
            .param("limit", limit + 1L)
            .query((row, number) -> turn(row))
            .list();
    boolean hasEarlier = found.size() > limit;
    return new Turns((hasEarlier ? found.subList(0, limit) : found).reversed(), hasEarlier);
  }

  private static Turn turn(ResultSet row) throws SQLException {
    return new Turn(
        row.getString("turn_id"),
        row.getLong("seq"),
        row.getString("actor"),
        row.getString("content"),
        row.getString("answer"),
        row.getString("status"),
        row.getTimestamp("submitted_at").toInstant().toString(),
        row.getString("replaced_by"));
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
