package io.colloquy.app.operation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.ResultSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.config.EventProcessingConfiguration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.config.WebSocketMessageBrokerStats;

/** How it stands now: connections, nodes, work, and how far the processing groups are behind. */
@Component
class StateMetrics implements MeterBinder {

  /** Positions of a group's parts are JSON; the least advanced counts. */
  private static final String BEHIND =
      """
      select processor_name,
        (select count(*) from (
          select from domain_event_entry
          where (transaction_id, global_index) > (place.transaction_id, place.global_index)
          limit 100000) behind)
      from (
        select distinct on (processor_name) processor_name,
          coalesce((convert_from(token, 'UTF8')::jsonb ->> 'transactionId')::text, '0')::xid8 as transaction_id,
          coalesce((convert_from(token, 'UTF8')::jsonb ->> 'globalIndex')::bigint, -1) as global_index
        from token_entry
        where token is not null and jsonb_typeof(convert_from(token, 'UTF8')::jsonb) = 'object'
        order by processor_name, transaction_id, global_index) place
      """;

  private final WebSocketMessageBrokerStats connections;
  private final EventProcessingConfiguration processing;
  private final JdbcClient jdbc;
  private final Map<String, Long> behind = new ConcurrentHashMap<>();
  private final Map<String, Long> counts = new ConcurrentHashMap<>();

  StateMetrics(
      WebSocketMessageBrokerStats connections,
      EventProcessingConfiguration processing,
      JdbcClient jdbc) {
    this.connections = connections;
    this.processing = processing;
    this.jdbc = jdbc;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    Gauge.builder(
            "colloquy.connections",
            () ->
                Objects.requireNonNull(connections.getWebSocketSessionStats())
                    .getWebSocketSessions())
        .tag("transport", "stomp")
        .register(meters);
    for (String kind : new String[] {"nodes", "work"}) {
      Gauge.builder("colloquy." + kind, () -> counts.getOrDefault(kind, 0L)).register(meters);
    }
    for (String group : processing.eventProcessors().keySet()) {
      Gauge.builder("colloquy.projection.lag", () -> behind.getOrDefault(group, 0L))
          .baseUnit("events")
          .tag("group", group)
          .register(meters);
    }
  }

  @Scheduled(initialDelayString = "10s", fixedDelayString = "10s")
  void look() {
    jdbc.sql(BEHIND)
        .query(
            (ResultSet row) -> {
              behind.put(row.getString(1), row.getLong(2));
            });
    counts.put("nodes", count("live_node"));
    counts.put("work", count("work_in_progress"));
  }

  private long count(String table) {
    return jdbc.sql("select count(*) from " + table).query(Long.class).single();
  }
}
