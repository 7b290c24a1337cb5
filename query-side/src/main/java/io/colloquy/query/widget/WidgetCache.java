package io.colloquy.query.widget;

import io.colloquy.api.conversation.ConversationEvent.WidgetGenerated;
import io.colloquy.api.conversation.ConversationQuery.FindWidgetConversation;
import io.colloquy.api.widget.WidgetDescriptor;
import io.colloquy.query.batch.EventBatch;
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

  private final JdbcClient jdbc;

  WidgetCache(JdbcClient jdbc) {
    this.jdbc = jdbc;
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

  @EventHandler(payloadType = WidgetGenerated.class)
  void on(EventMessage<WidgetGenerated> event) {
    EventBatch.collect(event, this, this::project);
  }

  private void project(List<EventMessage<?>> events) {
    List<Row> rows =
        events.stream().map(event -> Row.of((WidgetGenerated) event.getPayload())).toList();
    jdbc.sql(INSERT).param("rows", EventBatch.rows(rows)).update();
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
}
