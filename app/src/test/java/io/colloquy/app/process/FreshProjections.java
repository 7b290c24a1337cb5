package io.colloquy.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.api.json.Json;
import io.colloquy.db.eventstore.CommitPositionToken;
import io.colloquy.db.eventstore.EventSerializer;
import io.colloquy.db.eventstore.EventUpcasters;
import io.colloquy.db.eventstore.PostgresEventStorageEngine;
import io.colloquy.db.privacy.Seal;
import io.colloquy.db.privacy.SubjectKeys;
import io.colloquy.query.batch.ConversationsOf;
import io.colloquy.query.batch.Projection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.core.type.filter.RegexPatternTypeFilter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/**
 * The projections as a process builds them that nothing ever happens to, to compare with those of
 * one that was killed. Reads the log with the code under test, and nothing else of what was
 * written.
 */
final class FreshProjections implements AutoCloseable {

  private final GenericApplicationContext context = new GenericApplicationContext();
  private final Connection connection;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final EventStorageEngine log;
  private final Map<String, TrackingToken> reached = new HashMap<>();

  /** Begins with empty tables in a schema of their own. */
  FreshProjections(String jdbcUrl, Path home) throws Exception {
    connection = DriverManager.getConnection(jdbcUrl);
    SingleConnectionDataSource source = new SingleConnectionDataSource(connection, true);
    jdbc = JdbcClient.create(source);
    JdbcTransactionManager transactions = new JdbcTransactionManager(source);
    transaction = new TransactionTemplate(transactions);
    Seal seal = new Seal(new SubjectKeys(jdbc, transactions, keyOf(home)));
    log =
        new PostgresEventStorageEngine(
            new JdbcTemplate(source),
            seal,
            new EventSerializer(),
            EventUpcasters.all(),
            snapshot -> true);
    EmbeddedEventStore store = EmbeddedEventStore.builder().storageEngine(log).build();
    context.registerBean(JdbcClient.class, () -> jdbc);
    context.registerBean(JdbcTransactionManager.class, () -> transactions);
    context.registerBean(Seal.class, () -> seal);
    context.registerBean(EmbeddedEventStore.class, () -> store);
    context.registerBean(Clock.class, Clock::systemUTC);
    context.registerBean("eventSerializer", EventSerializer.class, EventSerializer::new);
    ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(context, false);
    scanner.addIncludeFilter(new AssignableTypeFilter(Projection.class));
    scanner.addIncludeFilter(new AssignableTypeFilter(ConversationsOf.class));
    scanner.addIncludeFilter(new RegexPatternTypeFilter(Pattern.compile(".*AuditGrowth")));
    scanner.scan("io.colloquy.query");
    context.refresh();
    jdbc.sql("drop schema if exists fresh cascade").update();
    jdbc.sql("create schema fresh").update();
    for (Projection projection : projections()) {
      for (String table : projection.tables()) {
        jdbc.sql("create table fresh.%s (like public.%s including all)".formatted(table, table))
            .update();
      }
    }
    jdbc.sql("set search_path to fresh, public").update();
  }

  private static byte[] keyOf(Path home) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Files.readAllBytes(home.resolve("secret.key")), "HmacSHA256"));
    return mac.doFinal("subjects".getBytes(StandardCharsets.UTF_8));
  }

  private List<Projection> projections() {
    return List.copyOf(context.getBeansOfType(Projection.class).values());
  }

  /** Goes on to where each processing group got, and compares all rows of all its tables. */
  void assertEqual() {
    for (Projection projection : projections()) {
      CommitPositionToken to = placeOf(projection.group());
      if (to != null) {
        takeIn(projection, to);
      }
      for (String table : projection.tables()) {
        assertThat(differences(table)).as("rows of %s that differ", table).isZero();
      }
    }
  }

  private long differences(String table) {
    return jdbc.sql(
            """
            select (select count(*) from (table public.%1$s except all table fresh.%1$s) surplus)
                 + (select count(*) from (table fresh.%1$s except all table public.%1$s) missing)
            """
                .formatted(table))
        .query(Long.class)
        .single();
  }

  private @Nullable CommitPositionToken placeOf(String group) {
    Set<String> tokens =
        jdbc.sql(
                "select convert_from(token, 'UTF8') from token_entry where processor_name = ? and token is not null")
            .param(group)
            .query((row, number) -> row.getString(1))
            .set();
    if (tokens.isEmpty()) {
      return null;
    }
    JsonNode token = Json.MAPPER.readTree(tokens.iterator().next());
    JsonNode place =
        token.findValue("transactionId") == null ? token : token.findParent("transactionId");
    return new CommitPositionToken(
        place.get("transactionId").asLong(), place.get("globalIndex").asLong());
  }

  private void takeIn(Projection projection, CommitPositionToken to) {
    List<? extends TrackedEventMessage<?>> events =
        log.readEvents(reached.get(projection.group()), false)
            .takeWhile(event -> to.covers(event.trackingToken()))
            .toList();
    for (int from = 0; from < events.size(); from += 500) {
      List<? extends TrackedEventMessage<?>> some =
          events.subList(from, Math.min(events.size(), from + 500));
      transaction.executeWithoutResult(
          status -> projection.project(List.<EventMessage<?>>copyOf(some), jdbc));
      reached.put(projection.group(), some.getLast().trackingToken());
    }
  }

  @Override
  public void close() throws Exception {
    context.close();
    connection.close();
  }
}
