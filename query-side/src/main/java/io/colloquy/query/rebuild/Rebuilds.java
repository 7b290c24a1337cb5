package io.colloquy.query.rebuild;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.query.batch.Projection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Builds projections anew from the log, beside the tables that serve. Only for the last step does
 * the processing group stand still: what is missing is taken in, and the new tables take the place
 * of the old in one transaction.
 */
@Component
public class Rebuilds {

  private static final Logger LOG = LoggerFactory.getLogger(Rebuilds.class);
  private static final String KEYS =
      """
      select conname, pg_get_constraintdef(oid) from pg_constraint
      where conrelid = ?::regclass and contype in ('p', 'u')
      """;

  private static final String INDEXES =
      """
      select pg_get_indexdef(indexrelid) from pg_index
      where indrelid = ?::regclass and not exists (select from pg_constraint where conindid = indexrelid)
      """;

  private static final int BATCH = 500;
  private static final int SEGMENT = 0;

  private final Map<String, Projection> projections;
  private final EventProcessingConfiguration processing;
  private final EventStorageEngine log;
  private final TokenStore tokens;
  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Map<String, Progress> progress = new ConcurrentHashMap<>();

  Rebuilds(
      List<Projection> projections,
      EventProcessingConfiguration processing,
      EventStorageEngine log,
      TokenStore tokens,
      DataSource dataSource,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.projections =
        projections.stream().collect(Collectors.toMap(Projection::group, Function.identity()));
    this.processing = processing;
    this.log = log;
    this.tokens = tokens;
    this.dataSource = dataSource;
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * How far a rebuild is.
   *
   * @param state {@code building}, {@code done} or {@code failed}
   * @param events how many events were taken in
   * @param total how many there were at the beginning
   * @param replaced whether the tables that served were replaced; an audit log that comes out the
   *     same is not
   * @param problem what went wrong
   */
  public record Progress(
      String state,
      long events,
      long total,
      String startedAt,
      @Nullable String endedAt,
      boolean replaced,
      @Nullable String problem) {}

  /** The groups whose projections can be built anew, with the last rebuild of each. */
  public Map<String, @Nullable Progress> all() {
    Map<String, @Nullable Progress> all = new TreeMap<>();
    projections.keySet().forEach(group -> all.put(group, progress.get(group)));
    return all;
  }

  /**
   * Begins to build a projection anew, in the background.
   *
   * @param whenDone is told how it ended
   * @throws Refusal when there is no such projection, or it is being built already
   */
  public void begin(String group, Consumer<Progress> whenDone) {
    Projection projection = projections.get(group);
    if (projection == null) {
      throw new Refusal(
          ErrorCode.NOT_FOUND,
          "There is no such projection; there are " + String.join(", ", all().keySet()) + ".");
    }
    long total = jdbc.sql("select count(*) from domain_event_entry").query(Long.class).single();
    Progress begun =
        new Progress("building", 0, total, clock.instant().toString(), null, false, null);
    Progress now =
        progress.compute(
            group,
            (name, before) -> before != null && before.state().equals("building") ? before : begun);
    if (now != begun) {
      throw new Refusal(ErrorCode.IDENTIFIER_REUSED, "This projection is being built already.");
    }
    Thread.ofVirtual().name("rebuild-" + group).start(() -> run(projection, whenDone));
  }

  private void run(Projection projection, Consumer<Progress> whenDone) {
    String group = projection.group();
    try {
      boolean replaced = new Build(projection).run();
      end(group, "done", replaced, null);
    } catch (Refusal elsewhere) {
      end(group, "failed", false, elsewhere.sentence());
    } catch (RuntimeException | SQLException failure) {
      LOG.error("The projection {} could not be built anew", group, failure);
      end(
          group,
          "failed",
          false,
          "It could not be built anew; the one that served before serves on. The server's log has the reason.");
    }
    whenDone.accept(Objects.requireNonNull(progress.get(group)));
  }

  private void end(String group, String state, boolean replaced, @Nullable String problem) {
    progress.computeIfPresent(
        group,
        (name, before) ->
            new Progress(
                state,
                before.events(),
                Math.max(before.total(), before.events()),
                before.startedAt(),
                clock.instant().toString(),
                replaced,
                problem));
  }

  private void count(String group, int more) {
    progress.computeIfPresent(
        group,
        (name, before) ->
            new Progress(
                before.state(),
                before.events() + more,
                Math.max(before.total(), before.events() + more),
                before.startedAt(),
                null,
                false,
                null));
  }

  /** One rebuild, on a connection of its own that sees the new tables first. */
  private final class Build {

    private final Projection projection;
    private @Nullable TrackingToken position;

    Build(Projection projection) {
      this.projection = projection;
    }

    boolean run() throws SQLException {
      try (Connection connection = dataSource.getConnection()) {
        SingleConnectionDataSource single = new SingleConnectionDataSource(connection, true);
        JdbcClient into = JdbcClient.create(single);
        TransactionTemplate each = new TransactionTemplate(new JdbcTransactionManager(single));
        if (!into.sql("select pg_try_advisory_lock(hashtext('rebuild'), hashtext(?))")
            .param(projection.group())
            .query(Boolean.class)
            .single()) {
          throw new Refusal(
              ErrorCode.IDENTIFIER_REUSED, "Another node is building this projection already.");
        }
        into.sql("set search_path to rebuild, public").update();
        try {
          createTables(into);
          takeIn(into, each);
          createIndexes(into);
          return takeOver(into, each);
        } finally {
          projection
              .tables()
              .forEach(table -> into.sql("drop table if exists rebuild." + table).update());
          into.sql("reset search_path").update();
          into.sql("select pg_advisory_unlock_all()").query(String.class).list();
        }
      }
    }

    private void createTables(JdbcClient into) {
      for (String table : projection.tables()) {
        into.sql("drop table if exists rebuild." + table).update();
        into.sql(
                "create table rebuild.%s (like public.%s including all excluding indexes)"
                    .formatted(table, table))
            .update();
        into.sql(KEYS)
            .param("public." + table)
            .query(
                (ResultSet key) -> {
                  into.sql(
                          "alter table rebuild.%s add constraint %s %s"
                              .formatted(table, key.getString(1), key.getString(2)))
                      .update();
                });
      }
    }

    /** A table fills several times as fast without them. Those of the audit log stay in place. */
    private void createIndexes(JdbcClient into) {
      if (!isAuditLog()) {
        for (String table : projection.tables()) {
          into.sql(INDEXES)
              .param("public." + table)
              .query(
                  (ResultSet index) -> {
                    into.sql(index.getString(1).replace(" ON public.", " ON rebuild.")).update();
                  });
        }
      }
    }

    private boolean isAuditLog() {
      return projection.tables().contains("audit_entry");
    }

    /** Short transactions: a long one would hold up every reader of the log. */
    private void takeIn(JdbcClient into, TransactionTemplate each) {
      while (true) {
        List<? extends TrackedEventMessage<?>> events =
            log.readEvents(position, false).limit(BATCH).toList();
        if (events.isEmpty()) {
          return;
        }
        each.executeWithoutResult(
            status -> projection.project(List.<EventMessage<?>>copyOf(events), into));
        position = events.getLast().trackingToken();
        count(projection.group(), events.size());
      }
    }

    private boolean takeOver(JdbcClient into, TransactionTemplate each) {
      StreamingEventProcessor processor =
          processing
              .eventProcessor(projection.group(), StreamingEventProcessor.class)
              .orElseThrow();
      processor.shutDown();
      try {
        // With the claim held, nobody else moves the group's position: what another node is about
        // to write is rolled back with it.
        transaction.executeWithoutResult(
            status -> {
              jdbc.sql("update token_entry set owner = null where processor_name = ?")
                  .param(projection.group())
                  .update();
              tokens.fetchToken(projection.group(), SEGMENT);
            });
        takeIn(into, each);
        return Boolean.TRUE.equals(
            transaction.execute(
                status -> {
                  boolean replaced = replace();
                  tokens.storeToken(position, projection.group(), SEGMENT);
                  jdbc.sql("delete from dead_letter_entry where processing_group = ?")
                      .param(projection.group())
                      .update();
                  return replaced;
                }));
      } finally {
        transaction.executeWithoutResult(
            status -> tokens.releaseClaim(projection.group(), SEGMENT));
        processor.start();
      }
    }

    private boolean replace() {
      if (isAuditLog()) {
        return replaceAudit();
      }
      for (String table : projection.tables()) {
        jdbc.sql("drop table public." + table).update();
        jdbc.sql("alter table rebuild.%s set schema public".formatted(table)).update();
      }
      return true;
    }

    /**
     * The audit log is append-only for the application too. One that comes out the same stays; one
     * that does not was tampered with, and the database itself replaces it.
     */
    private boolean replaceAudit() {
      boolean same =
          jdbc.sql(
                  """
                  select not exists (
                    select from rebuild.audit_entry built full join public.audit_entry served using (seq)
                    where built.entry_hash is distinct from served.entry_hash
                       or built.payload is distinct from served.payload
                       or built.metadata is distinct from served.metadata
                       or built.event_id is distinct from served.event_id)
                    and not exists (
                    select from rebuild.audit_node built full join public.audit_node served using (level, index)
                    where built.hash is distinct from served.hash)
                  """)
              .query(Boolean.class)
              .single();
      jdbc.sql("delete from public.audit_text").update();
      jdbc.sql("insert into public.audit_text select * from rebuild.audit_text").update();
      if (!same) {
        jdbc.sql("select replace_audit_log()").query(Long.class).single();
      }
      return !same;
    }
  }
}
