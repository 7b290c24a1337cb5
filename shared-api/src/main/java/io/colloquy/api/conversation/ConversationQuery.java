package io.colloquy.api.conversation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be asked about conversations. */
public sealed interface ConversationQuery {

  /**
   * Conversations, the last used first.
   *
   * @param owner whose; everyone's when absent
   * @param words only those with all these words, or their beginnings, in the title, a question or
   *     an answer; absent for all
   * @param cursor where the page before ended; absent for the first
   * @param limit how many at most
   */
  record ListConversations(
      @Nullable String owner, @Nullable String words, @Nullable Cursor cursor, int limit)
      implements ConversationQuery {}

  /** A place in the list of conversations. */
  record Cursor(String updatedAt, String conversationId) {}

  /**
   * One conversation with its last turns; null when there is none.
   *
   * @param turns how many turns at most
   */
  record FindConversation(String conversationId, int turns) implements ConversationQuery {

    /** With all its turns. */
    public FindConversation(String conversationId) {
      this(conversationId, Integer.MAX_VALUE);
    }
  }

  /** The turns of a conversation before a place, at most so many, in their order. */
  record FindTurns(String conversationId, long before, int limit) implements ConversationQuery {}

  /**
   * The answer to {@link FindTurns}.
   *
   * @param hasEarlier whether there are more before them
   */
  record Turns(List<Turn> turns, boolean hasEarlier) {}

  /** The conversation a widget was issued in; null when there is no such widget. */
  record FindWidgetConversation(String widgetId) implements ConversationQuery {}

  /**
   * A live widget of one of the user's conversations with an action of a kind, the newest first;
   * null when there is none.
   *
   * @param endpoint where the action leads
   * @param dataKey the data it is about; absent for any
   */
  record FindIssuedAction(String owner, String endpoint, @Nullable String dataKey)
      implements ConversationQuery {}

  /** An action as it was issued. */
  record IssuedAction(String conversationId, String widgetId, String actionId) {}

  /** Widgets whose time is over but not yet recorded to be. */
  record FindOverdueWidgets(int limit) implements ConversationQuery {}

  /** A widget and its conversation. */
  record OverdueWidget(String conversationId, String widgetId) {}

  /** The answer to {@link FindOverdueWidgets}. */
  record OverdueWidgets(List<OverdueWidget> widgets) {}

  /**
   * A conversation in a list.
   *
   * @param lastSeq the sequence number of its last event
   */
  record Summary(
      String conversationId,
      String owner,
      @Nullable String title,
      String openedAt,
      String updatedAt,
      boolean closed,
      long lastSeq) {}

  /**
   * The answer to {@link ListConversations}.
   *
   * @param next where the next page begins; absent after the last
   */
  record Summaries(List<Summary> conversations, @Nullable Cursor next) {}

  /**
   * A conversation as it stands.
   *
   * @param state shared state, such as active filters
   * @param turns its last turns in order
   * @param hasEarlier whether there are more before them
   */
  record Details(
      Summary summary, Map<String, @Nullable Object> state, List<Turn> turns, boolean hasEarlier) {}

  /**
   * A turn as it stands.
   *
   * @param seq the sequence number of its submission
   * @param status {@code in_progress}, {@code completed}, {@code failed} or {@code cancelled}
   * @param replacedBy the turn that was asked in its place, if one was
   */
  record Turn(
      String turnId,
      long seq,
      String actor,
      String content,
      String answer,
      String status,
      String submittedAt,
      @Nullable String replacedBy) {}
}
