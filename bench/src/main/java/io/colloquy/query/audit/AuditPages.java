package io.colloquy.query.audit;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.api.audit.AuditQuery.Filter;
import io.colloquy.api.audit.AuditQuery.FindEntries;
import io.colloquy.db.TestDatabase;
import io.colloquy.db.privacy.TestSeal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long a page of the audit log takes, filter by filter, and how many times as long as a page
 * without a filter, which is read by primary key. The number of entries is the first argument.
 */
public final class AuditPages {

  private static final int PAGE = 50;
  private static final int ROUNDS = 40;
  private static final double TARGET_MILLIS = 50;

  private static final String FILL =
      """
      insert into audit_entry (seq, event_id, at, type, revision, aggregate_type, aggregate_id, aggregate_seq, payload,
                               metadata, entry_hash, leaf_hash)
      select n, 'e-' || n, timestamptz '2026-01-01T00:00:00Z' + n * interval '5 seconds',
        case when n %% 997 = 0 then 'action-denied' when n %% 50 = 0 then 'turn-submitted'
             when n %% 50 = 1 then 'widget-generated' when n %% 250000 = 0 then 'subject-erased' else 'answer-text-appended' end,
        '1', 'conversation', 'c-' || n / 400, n %% 400,
        jsonb_build_object('conversation_id', 'c-' || n / 400, 'turn_id', 't-' || n / 50, 'delta', 'some words of an answer')
          || case when n %% 50 = 1 then jsonb_build_object('descriptor', jsonb_build_object('widget_id', 'w-' || n)) else '{}' end
          || case when n %% 997 = 0 then jsonb_build_object('widget_id', 'w-' || n / 50 * 50 + 1, 'action_id', 'a-' || n %% 100000) else '{}' end,
        jsonb_build_object('actor', case when n %% 100000 = 7 then 'rare' else 'user-' || n / 400 %% 300 end,
          'permissions', case when n %% 100000 = 7 then 'admin' else 'analyst,viewer' end, 'correlation_id', 'k-' || n / 50),
        sha256(n::text::bytea), sha256(('leaf' || n)::bytea)
      from generate_series(%d, %d) n
      """;

  private static final String FILL_TEXT =
      """
      insert into audit_text (seq, words)
      select n, to_tsvector('simple', 'some words of an answer' || case when n %% 100000 = 9 then ' xylophone' else '' end
        || case when n %% 100 = 3 then ' uncommon' else '' end)
      from generate_series(%d, %d) n
      """;

  private AuditPages() {}

  /** Runs it. */
  public static void main(String[] arguments) {
    long size =
        arguments.length > 0 && arguments[0].matches("\\d+")
            ? Long.parseLong(arguments[0])
            : 5_000_000;
    Measured measured = measure(size);
    System.out.printf(
        "%nTarget of at most %.0f ms at p95: %s; %,.0f entries verified a second%n",
        TARGET_MILLIS,
        measured.pageMillis() <= TARGET_MILLIS ? "met" : "missed",
        measured.verifiedPerSecond());
  }

  /**
   * What a log of some size allows.
   *
   * @param pageMillis the slowest of all filters, at p95
   * @param verifiedPerSecond entries
   */
  public record Measured(double pageMillis, double verifiedPerSecond) {}

  /** Measures with so many entries. */
  public static Measured measure(long size) {
    try (HikariDataSource database = TestDatabase.migrated()) {
      JdbcTemplate sql = new JdbcTemplate(database);
      long start = System.nanoTime();
      fill(sql, size);
      System.out.printf(
          "%n%,d entries written in %,d s%n%n", size, (System.nanoTime() - start) / 1_000_000_000);
      AuditEntries entries = new AuditEntries(database, TestSeal.of(database), Clock.systemUTC());
      System.out.printf(
          "%-44s %10s %10s %10s %8s%n",
          "page of 50, latest first", "p50 ms", "p95 ms", "worst ms", "ratio");
      FindEntries unfiltered = new FindEntries(Filter.ALL, null, true, PAGE);
      times(entries, unfiltered);
      double plain = times(entries, unfiltered).get(ROUNDS / 2);
      double worst = 0;
      for (Map.Entry<String, Filter> filter : filters(size).entrySet()) {
        worst = Math.max(worst, measure(filter.getKey(), filter.getValue(), null, entries, plain));
        worst =
            Math.max(
                worst,
                measure(
                    filter.getKey() + ", from the middle",
                    filter.getValue(),
                    size / 2,
                    entries,
                    plain));
      }
      return new Measured(
          worst, PartVerification.perSecond(sql, JdbcClient.create(database), size));
    }
  }

  private static Map<String, Filter> filters(long size) {
    long middle = size / 2;
    Map<String, Filter> filters = new LinkedHashMap<>();
    filters.put("everything", Filter.ALL);
    filters.put("actor", filter("user-17", null, null, null, null, null, null));
    filters.put("rare actor", filter("rare", null, null, null, null, null, null));
    filters.put("conversation", filter(null, "c-" + middle / 400, null, null, null, null, null));
    filters.put(
        "widget", filter(null, null, "w-" + (middle / 50 * 50 + 1), null, null, null, null));
    filters.put("common event", filter(null, null, null, "answer-text-appended", null, null, null));
    filters.put("refused", filter(null, null, null, null, "denied", null, null));
    filters.put("common permission", filter(null, null, null, null, null, "viewer", null));
    filters.put("rare permission", filter(null, null, null, null, null, "admin", null));
    filters.put("word in every entry", filter(null, null, null, null, null, null, "answer"));
    filters.put("word in one of 100", filter(null, null, null, null, null, null, "uncommon"));
    filters.put("word in one of 100 000", filter(null, null, null, null, null, null, "xylophone"));
    filters.put("word in none", filter(null, null, null, null, null, null, "zeppelin"));
    filters.put(
        "actor and event", filter("user-17", null, null, "turn-submitted", null, null, null));
    filters.put(
        "actor, refused, word", filter("user-17", null, null, null, "denied", null, "answer"));
    filters.put(
        "event and rare actor",
        filter("rare", null, null, "answer-text-appended", null, null, null));
    return filters;
  }

  private static Filter filter(
      @Nullable String actor,
      @Nullable String conversation,
      @Nullable String widget,
      @Nullable String type,
      @Nullable String outcome,
      @Nullable String permission,
      @Nullable String text) {
    return new Filter(
        actor, conversation, widget, null, type, outcome, permission, null, null, text);
  }

  private static double measure(
      String name, Filter filter, @Nullable Long cursor, AuditEntries entries, double plain) {
    List<Double> millis = times(entries, new FindEntries(filter, cursor, true, PAGE));
    double p95 = millis.get(ROUNDS * 95 / 100);
    double median = millis.get(ROUNDS / 2);
    System.out.printf(
        "%-44s %10.1f %10.1f %10.1f %8.1f%n", name, median, p95, millis.getLast(), median / plain);
    return p95;
  }

  /** Milliseconds of each round, the shortest first. */
  private static List<Double> times(AuditEntries entries, FindEntries query) {
    List<Double> millis = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      entries.find(query);
      millis.add((System.nanoTime() - begin) / 1e6);
    }
    millis.sort(Double::compare);
    return millis;
  }

  /** Without indexes while it fills: they are made after, as they were. */
  private static void fill(JdbcTemplate sql, long size) {
    List<String> indexes = new ArrayList<>();
    sql.query(
        "select indexname, indexdef from pg_indexes where tablename in ('audit_entry', 'audit_text') and indexname not like '%_pkey' and indexname not like '%_key'",
        row -> {
          indexes.add(row.getString(2));
          sql.execute("drop index " + row.getString(1));
        });
    for (long from = 1; from <= size; from += 500_000) {
      long to = Math.min(size, from + 499_999);
      sql.execute(FILL.formatted(from, to));
      sql.execute(FILL_TEXT.formatted(from, to));
      System.out.printf("%,d entries%n", to);
    }
    sql.execute("set maintenance_work_mem = '1GB'");
    indexes.forEach(sql::execute);
    sql.execute("vacuum analyze audit_entry");
    sql.execute("vacuum analyze audit_text");
  }
}
