package io.colloquy.query.audit;

import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.trueCondition;

import io.colloquy.api.audit.AuditQuery.Activity;
import io.colloquy.api.audit.AuditQuery.Entry;
import io.colloquy.api.audit.AuditQuery.EntryInFull;
import io.colloquy.api.audit.AuditQuery.Filter;
import io.colloquy.api.audit.AuditQuery.FindActivity;
import io.colloquy.api.audit.AuditQuery.FindEntries;
import io.colloquy.api.audit.AuditQuery.FindEntry;
import io.colloquy.api.audit.AuditQuery.Page;
import io.colloquy.api.audit.AuditQuery.Span;
import io.colloquy.api.json.Json;
import io.colloquy.api.privacy.SealedContent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** Answers what auditors ask of the audit log. */
@Component
class AuditEntries {

  private static final Field<Long> SEQ = field("entry.seq", Long.class);
  private static final Field<OffsetDateTime> AT = field("entry.at", OffsetDateTime.class);
  private static final int MOST_RELATED = 500;
  private static final int SPANS = 60;

  /** A larger share of the entries is common. */
  private static final double RARE = 0.006;

  private static final int MOST_LOOKED_UP = 100_000;
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofDays(30));
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final DSLContext sql;
  private final SealedContent sealed;
  private final Clock clock;

  AuditEntries(DataSource dataSource, SealedContent sealed, Clock clock) {
    this.sql = DSL.using(dataSource, SQLDialect.POSTGRES);
    this.sealed = sealed;
    this.clock = clock;
  }

  @QueryHandler
  Page find(FindEntries query) {
    return page(where(query.filter()), query);
  }

  /** A page of the entries that meet a condition made once for all pages. */
  Page page(Condition condition, FindEntries query) {
    Condition where = condition;
    if (query.cursor() != null) {
      where = where.and(query.descending() ? SEQ.lt(query.cursor()) : SEQ.gt(query.cursor()));
    }
    List<Entry> found =
        entries(
            sql.select(DSL.asterisk())
                .from(table("audit_entry entry"))
                .where(where)
                .orderBy(query.descending() ? SEQ.desc() : SEQ.asc())
                .limit(query.limit() + 1));
    boolean more = found.size() > query.limit();
    List<Entry> page = more ? List.copyOf(found.subList(0, query.limit())) : found;
    long cursor =
        page.isEmpty() ? (query.cursor() == null ? 0 : query.cursor()) : page.getLast().seq();
    return new Page(page, Long.toString(cursor), more);
  }

  @QueryHandler
  @Nullable EntryInFull find(FindEntry query) {
    List<Entry> found =
        entries(
            sql.select(DSL.asterisk()).from(table("audit_entry entry")).where(SEQ.eq(query.seq())));
    if (found.isEmpty()) {
      return null;
    }
    Entry entry = found.getFirst();
    Object correlation = entry.metadata().get("correlation_id");
    List<Entry> related =
        correlation == null
            ? found
            : entries(
                sql.select(DSL.asterisk())
                    .from(table("audit_entry entry"))
                    .where(text("correlation_id").eq(correlation.toString()))
                    .orderBy(SEQ)
                    .limit(MOST_RELATED));
    return new EntryInFull(entry, related);
  }

  private List<Entry> entries(ResultQuery<?> query) {
    try (ResultSet rows = query.fetchResultSet()) {
      List<Entry> entries = new ArrayList<>();
      while (rows.next()) {
        entries.add(entry(rows));
      }
      return List.copyOf(entries);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Entry entry(ResultSet row) throws SQLException {
    String stored = row.getString("payload");
    String open = sealed.open(stored);
    return new Entry(
        row.getLong("seq"),
        row.getString("event_id"),
        row.getObject("at", OffsetDateTime.class).toInstant().toString(),
        row.getString("type"),
        row.getString("revision"),
        row.getString("aggregate_type"),
        row.getString("aggregate_id"),
        row.getLong("aggregate_seq"),
        row.getString("conversation_id"),
        row.getString("turn_id"),
        row.getString("widget_id"),
        row.getString("action_id"),
        row.getString("actor"),
        row.getString("outcome"),
        open.equals(stored) ? "open" : sealed.isErased(stored) ? "erased" : "sealed",
        Json.MAPPER.readValue(open, OBJECT),
        Json.MAPPER.readValue(row.getString("metadata"), OBJECT),
        HexFormat.of().formatHex(row.getBytes("entry_hash")));
  }

  private static Field<String> text(String column) {
    return field("entry." + column, String.class);
  }

  /** What a filter asks for. What is rare is looked up now. */
  Condition where(Filter filter) {
    Condition where = trueCondition();
    where = and(where, "actor", filter.actor());
    where = and(where, "conversation_id", filter.conversation());
    where = and(where, "widget_id", filter.widget());
    where = and(where, "action_id", filter.action());
    where = and(where, "type", filter.type());
    where = outcome(where, filter.outcome());
    if (filter.permission() != null) {
      Condition match =
          condition("permissions @> array[{0}]::text[]", DSL.val(filter.permission()));
      where = where.and(among("audit_entry", match, match));
    }
    if (filter.from() != null) {
      where = where.and(AT.ge(at(filter.from())));
    }
    if (filter.to() != null) {
      where = where.and(AT.lt(at(filter.to())));
    }
    if (filter.text() != null) {
      Condition match =
          condition("words @@ websearch_to_tsquery('simple', {0})", DSL.val(filter.text()));
      where =
          where.and(
              among(
                  "audit_text",
                  match,
                  condition(
                      "(select {0} from audit_text where audit_text.seq = entry.seq)", match)));
    }
    return where;
  }

  /**
   * What is rare is looked up first; what is common is met soon enough on the way through the
   * entries. The database would often take the wrong way: how rare a rare word is it cannot know.
   */
  private Condition among(String table, Condition match, Condition onTheWay) {
    double share = estimate(table, match) / Math.max(1, estimate(table, trueCondition()));
    if (share > RARE) {
      return onTheWay;
    }
    List<Long> seqs =
        sql.select(field("seq", Long.class))
            .from(table(table))
            .where(match)
            .limit(MOST_LOOKED_UP + 1)
            .fetch(0, Long.class);
    return seqs.size() > MOST_LOOKED_UP
        ? onTheWay
        : condition("entry.seq = any ({0})", DSL.val(seqs.toArray(Long[]::new)));
  }

  private double estimate(String table, Condition match) {
    String plan =
        String.valueOf(
            sql.fetchValue(
                "explain (format json) {0}", DSL.selectOne().from(table(table)).where(match)));
    return Json.MAPPER.readTree(plan).path(0).path("Plan").path("Plan Rows").asDouble();
  }

  private static Condition and(Condition where, String column, @Nullable String value) {
    return value == null ? where : where.and(text(column).eq(value));
  }

  /** Said again for the index of what is not well, which is small. */
  private static Condition outcome(Condition where, @Nullable String outcome) {
    Condition asked = and(where, "outcome", outcome);
    return outcome == null || outcome.equals("ok") ? asked : asked.and("entry.outcome <> 'ok'");
  }

  private static OffsetDateTime at(String instant) {
    return Instant.parse(instant).atOffset(ZoneOffset.UTC);
  }

  @QueryHandler
  Activity find(FindActivity query) {
    Filter filter = query.filter();
    OffsetDateTime to =
        filter.to() == null ? clock.instant().atOffset(ZoneOffset.UTC) : at(filter.to());
    OffsetDateTime from = filter.from() == null ? first(to) : at(filter.from());
    long step = step(Duration.between(from, to)).toSeconds();
    Field<OffsetDateTime> span =
        field(
            "date_bin(make_interval(secs => {0}), entry.at, timestamptz '2000-01-03T00:00:00Z')",
            OffsetDateTime.class, DSL.inline(step));
    List<Span> spans =
        sql.select(span.as("span"), count("ok"), count("denied"), count("failed"))
            .from(table("audit_entry entry"))
            .where(where(filter).and(AT.ge(from)).and(AT.lt(to)))
            .groupBy(DSL.inline(1))
            .orderBy(DSL.inline(1))
            .fetch(
                row ->
                    new Span(
                        row.value1().toInstant().toString(),
                        row.value2(),
                        row.value3(),
                        row.value4()));
    return new Activity(from.toInstant().toString(), to.toInstant().toString(), step, spans);
  }

  private OffsetDateTime first(OffsetDateTime otherwise) {
    OffsetDateTime first =
        sql.select(DSL.min(AT)).from(table("audit_entry entry")).fetchOne(0, OffsetDateTime.class);
    return first == null ? otherwise.minusHours(1) : first;
  }

  private static Duration step(Duration whole) {
    return STEPS.stream()
        .filter(step -> whole.dividedBy(step) <= SPANS)
        .findFirst()
        .orElse(STEPS.getLast());
  }

  private static Field<Long> count(String outcome) {
    return field("count(*) filter (where entry.outcome = {0})", Long.class, DSL.inline(outcome));
  }
}
