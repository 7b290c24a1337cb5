package io.colloquy.query.widget;

import io.colloquy.api.conversation.ConversationEvent.WidgetExpired;
import io.colloquy.api.conversation.ConversationEvent.WidgetGenerated;
import io.colloquy.api.conversation.ConversationQuery.FindIssuedAction;
import io.colloquy.api.conversation.ConversationQuery.FindOverdueWidgets;
import io.colloquy.api.conversation.ConversationQuery.FindWidgetConversation;
import io.colloquy.api.conversation.ConversationQuery.IssuedAction;
import io.colloquy.api.conversation.ConversationQuery.OverdueWidget;
import io.colloquy.api.conversation.ConversationQuery.OverdueWidgets;
import io.colloquy.api.widget.WidgetDescriptor;
import io.colloquy.query.batch.EventBatch;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The widget cache: every widget issued, with the conversation it belongs to. */
@Component
@ProcessingGroup("widget-cache")
class WidgetCache {

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

  private final JdbcClient jdbc;
  private final Clock clock;

  WidgetCache(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
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
    if (event.getPayload() instanceof WidgetGenerated
        || event.getPayload() instanceof WidgetExpired) {
      EventBatch.collect(event, this, this::project);
    }
  }

  private void project(List<EventMessage<?>> events) {
    List<Row> issued = new ArrayList<>();
    List<WidgetExpired> expired = new ArrayList<>();
    for (EventMessage<?> event : events) {
      switch (event.getPayload()) {
        case WidgetGenerated widget -> issued.add(Row.of(widget));
        case WidgetExpired widget -> expired.add(widget);
        default -> throw new IllegalArgumentException(event.getPayloadType().getName());
      }
    }
    jdbc.sql(INSERT).param("rows", EventBatch.rows(issued)).update();
    jdbc.sql(EXPIRE).param("rows", EventBatch.rows(expired)).update();
  }

  @ResetHandler
  void reset() {
    jdbc.sql("truncate widget").update();
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
