package io.colloquy.query.widget;

import io.colloquy.api.conversation.ConversationEvent.WidgetExpired;
import io.colloquy.api.conversation.ConversationEvent.WidgetGenerated;
import io.colloquy.api.conversation.ConversationQuery.FindIssuedAction;
import io.colloquy.api.conversation.ConversationQuery.FindOverdueWidgets;
import io.colloquy.api.conversation.ConversationQuery.FindWidgetConversation;
import io.colloquy.api.conversation.ConversationQuery.IssuedAction;
import io.colloquy.api.conversation.ConversationQuery.OverdueWidget;
import io.colloquy.api.conversation.ConversationQuery.OverdueWidgets;
import io.colloquy.api.privacy.SubjectEvent.SubjectErased;
import io.colloquy.api.widget.WidgetDescriptor;
import io.colloquy.query.batch.ConversationsOf;
import io.colloquy.query.batch.EventBatch;
import io.colloquy.query.batch.Projection;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** The widget cache: every widget issued, with the conversation it belongs to. */
@Component
@ProcessingGroup(WidgetCache.GROUP)
class WidgetCache implements Projection {

  static final String GROUP = "widget-cache";

  private static final String INSERT =
      """
      insert into widget (widget_id, conversation_id, turn_id, widget_type, data_key, descriptor, issued_at, expires_at)
      select widget_id, conversation_id, turn_id, widget_type, data_key, descriptor, issued_at, expires_at
      from jsonb_to_recordset(:rows::jsonb) as row (widget_id text, conversation_id text, turn_id text,
        widget_type text, data_key text, descriptor jsonb, issued_at timestamptz, expires_at timestamptz)
      on conflict (widget_id) do nothing
      """;

  /** The projection may be some events behind; the log itself never is. */
  private static final String CONVERSATION_OF =
      """
      select conversation_id from widget where widget_id = :widget
      union all
      select aggregate_identifier from domain_event_entry
      where payload_type = 'widget-generated' and payload -> 'descriptor' ->> 'widget_id' = :widget
      limit 1
      """;

  private static final String EXPIRE =
      """
      update widget set expired = true
      from jsonb_to_recordset(:rows::jsonb) as row (widget_id text)
      where widget.widget_id = row.widget_id
      """;

  /**
   * Whose conversation it is stands in the first event of each; the widget may be so new that only
   * the log has it.
   */
  private static final String ISSUED_ACTION =
      """
      select widget.payload ->> 'conversation_id' as conversation_id,
             widget.payload -> 'descriptor' ->> 'widget_id' as widget_id, action ->> 'action_id' as action_id
      from domain_event_entry opened
      join domain_event_entry widget on widget.aggregate_identifier = opened.aggregate_identifier
        and widget.payload_type = 'widget-generated'
      cross join jsonb_array_elements(widget.payload -> 'descriptor' -> 'actions') as action
      where opened.payload_type = 'conversation-opened' and opened.payload ->> 'owner' = :owner
        and action -> 'params' ->> 'endpoint' = :endpoint
        and (:dataKey::text is null or action -> 'params' ->> 'data_key' = :dataKey)
        and (widget.payload -> 'descriptor' -> 'metadata' ->> 'expires_at')::timestamptz > :now
      order by widget.time_stamp desc, widget.sequence_number desc
      limit 1
      """;

  private static final String OVERDUE =
      """
      select conversation_id, widget_id from widget
      where not expired and expires_at < :now
      order by expires_at limit :limit
      """;

  private static final String FORGET = "delete from widget where conversation_id = ?";

  private final JdbcClient jdbc;
  private final ConversationsOf conversations;
  private final Clock clock;
  private final EventBatch batch;

  WidgetCache(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      ConversationsOf conversations,
      Clock clock) {
    this.jdbc = jdbc;
    this.conversations = conversations;
    this.clock = clock;
    this.batch = new EventBatch(this, jdbc, transactions);
  }

  @Override
  public String group() {
    return GROUP;
  }

  @Override
  public List<String> tables() {
    return List.of("widget");
  }

  private record Row(
      String widgetId,
      String conversationId,
      String turnId,
      String widgetType,
      @Nullable String dataKey,
      WidgetDescriptor descriptor,
      String issuedAt,
      @Nullable String expiresAt) {

    static Row of(WidgetGenerated event) {
      WidgetDescriptor widget = event.descriptor();
      return new Row(
          widget.widgetId(),
          event.conversationId(),
          event.turnId(),
          widget.widgetType().wireName(),
          event.dataKey(),
          widget,
          widget.metadata().generatedAt(),
          widget.metadata().expiresAt());
    }
  }

  @EventHandler
  void on(EventMessage<?> event) {
    switch (event.getPayload()) {
      case WidgetGenerated ignored -> batch.collect(event);
      case WidgetExpired ignored -> batch.collect(event);
      case SubjectErased ignored -> batch.collect(event);
      default -> {
        // Not about widgets.
      }
    }
  }

  @Override
  public void project(List<EventMessage<?>> events, JdbcClient into) {
    List<Row> issued = new ArrayList<>();
    List<WidgetExpired> expired = new ArrayList<>();
    List<SubjectErased> erased = new ArrayList<>();
    for (EventMessage<?> event : events) {
      switch (event.getPayload()) {
        case WidgetGenerated widget -> issued.add(Row.of(widget));
        case WidgetExpired widget -> expired.add(widget);
        case SubjectErased subject -> erased.add(subject);
        default -> {
          // Not about widgets.
        }
      }
    }
    into.sql(INSERT).param("rows", EventBatch.rows(issued)).update();
    into.sql(EXPIRE).param("rows", EventBatch.rows(expired)).update();
    for (SubjectErased subject : erased) {
      conversations.of(subject.subjectId(), into).forEach(id -> readAgain(id, into));
    }
  }

  /** Takes a conversation in once more, as it can be read now. */
  private void readAgain(String conversationId, JdbcClient into) {
    into.sql(FORGET).param(conversationId).update();
    project(conversations.eventsOf(conversationId, Long.MAX_VALUE), into);
  }

  @QueryHandler
  @Nullable String find(FindWidgetConversation query) {
    return jdbc.sql(CONVERSATION_OF)
        .param("widget", query.widgetId())
        .query(String.class)
        .optional()
        .orElse(null);
  }

  @QueryHandler
  @Nullable IssuedAction find(FindIssuedAction query) {
    return jdbc.sql(ISSUED_ACTION)
        .param("owner", query.owner())
        .param("endpoint", query.endpoint())
        .param("dataKey", query.dataKey())
        .param("now", Timestamp.from(clock.instant()))
        .query(
            (row, number) ->
                new IssuedAction(
                    row.getString("conversation_id"),
                    row.getString("widget_id"),
                    row.getString("action_id")))
        .optional()
        .orElse(null);
  }

  @QueryHandler
  OverdueWidgets find(FindOverdueWidgets query) {
    return new OverdueWidgets(
        jdbc.sql(OVERDUE)
            .param("now", Timestamp.from(clock.instant()))
            .param("limit", query.limit())
            .query(
                (row, number) ->
                    new OverdueWidget(row.getString("conversation_id"), row.getString("widget_id")))
            .list());
  }
}
