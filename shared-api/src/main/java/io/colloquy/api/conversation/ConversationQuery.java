package io.colloquy.api.conversation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be asked about conversations. */
public sealed interface ConversationQuery {

  /** The conversations of a user, the last used first; of everyone when {@code owner} is absent. */
  record ListConversations(@Nullable String owner) implements ConversationQuery {}

  /** One conversation with its turns; null when there is none. */
  record FindConversation(String conversationId) implements ConversationQuery {}

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

  /** The answer to {@link ListConversations}. */
  record Summaries(List<Summary> conversations) {}

  /**
   * A conversation as it stands.
   *
   * @param state shared state, such as active filters
   * @param turns its turns in order
   */
  record Details(Summary summary, Map<String, @Nullable Object> state, List<Turn> turns) {}

  /**
   * A turn as it stands.
   *
   * @param seq the sequence number of its submission
   * @param status {@code in_progress}, {@code completed}, {@code failed} or {@code cancelled}
   */
  record Turn(
      String turnId,
      long seq,
      String actor,
      String content,
      String answer,
      String status,
      String submittedAt) {}
}
