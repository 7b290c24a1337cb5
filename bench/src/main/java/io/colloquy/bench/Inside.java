package io.colloquy.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.api.access.Actor;
import io.colloquy.api.conversation.ConversationCommand.ChangeConversationState;
import io.colloquy.api.conversation.ConversationCommand.OpenConversation;
import io.colloquy.app.ColloquyApplication;
import io.colloquy.app.conversation.Conversations;
import io.colloquy.app.conversation.Conversations.ActionRequest;
import io.colloquy.app.conversation.Conversations.TurnRequest;
import io.colloquy.command.gateway.Commands;
import io.colloquy.query.audit.AuditVerification;
import io.colloquy.query.rebuild.Rebuilds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is measured inside one running Colloquy, beside plain SQL on the same PostgreSQL. */
final class Inside {

  private static final Actor ACTOR = new Actor("viewer", Set.of("viewer", "analyst"), null);
  private static final int CONNECTIONS = 8;
  private static final int ROUNDS = 5;
  private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(4);
  private static final int CLICKS = 400;

  private final Commands commands;
  private final JdbcTemplate sql;
  private final HikariDataSource database;
  private final ConfigurableApplicationContext context;
  private final Figures figures;

  private Inside(ConfigurableApplicationContext context, Figures figures) {
    this.context = context;
    this.figures = figures;
    this.commands = context.getBean(Commands.class);
    this.sql = context.getBean(JdbcTemplate.class);
    this.database = context.getBean("dataSource", HikariDataSource.class);
  }

  static void measure(Figures figures) throws Exception {
    Path home = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "inside");
    try (ConfigurableApplicationContext context =
        SpringApplication.run(
            ColloquyApplication.class,
            "--server.port=0",
            "--colloquy.home=" + home.toAbsolutePath(),
            "--colloquy.limits.turns=100000000",
            "--colloquy.limits.actions=100000000")) {
      Inside inside = new Inside(context, figures);
      // The planner learns its words first.
      inside.widgetAfter(context.getBean(Conversations.class), 10);
      inside.commands();
      inside.actions();
      inside.rebuild();
      inside.verify();
    }
  }

  private interface Step {
    void run(int connection, long number) throws Exception;
  }

  /** How often a second so many threads can do something. */
  private static double perSecond(Step step) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<Long>> counts = new ArrayList<>();
      long end = System.nanoTime() + ROUND_NANOS;
      for (int i = 0; i < CONNECTIONS; i++) {
        int connection = i;
        counts.add(
            threads.submit(
                () -> {
                  long count = 0;
                  while (System.nanoTime() < end) {
                    step.run(connection, count++);
                  }
                  return count;
                }));
      }
      long all = 0;
      for (Future<Long> count : counts) {
        all += get(count);
      }
      return all * 1e9 / ROUND_NANOS;
    }
  }

  private static long get(Future<Long> count) throws InterruptedException, ExecutionException {
    return count.get();
  }

  private void commands() throws Exception {
    List<String> conversations = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      conversations.add(open());
    }
    sql.execute("create table if not exists bench_row (id bigint, content jsonb)");
    List<Connection> connections = new ArrayList<>();
    List<PreparedStatement> inserts = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      Connection connection = database.getConnection();
      connections.add(connection);
      inserts.add(connection.prepareStatement("insert into bench_row values (?, ?::jsonb)"));
    }
    List<Double> ours = new ArrayList<>();
    List<Double> plain = new ArrayList<>();
    for (int round = 0; round <= ROUNDS; round++) {
      double commandsPerSecond =
          perSecond((connection, number) -> change(conversations.get(connection), number));
      double commitsPerSecond =
          perSecond(
              (connection, number) -> {
                PreparedStatement insert = inserts.get(connection);
                insert.setLong(1, number);
                insert.setString(2, "{\"key\":\"region\",\"value\":\"" + number + "\"}");
                insert.executeUpdate();
              });
      if (round > 0) {
        ours.add(commandsPerSecond);
        plain.add(commitsPerSecond);
      }
    }
    for (Connection connection : connections) {
      connection.close();
    }
    figures.ratio(
        "durable commands/s, beside commits of single rows",
        median(ours),
        median(plain),
        "/s",
        ">= 0.5");
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private String open() {
    String conversation = UUID.randomUUID().toString();
    commands.send(new OpenConversation(conversation, null, ACTOR), ACTOR);
    return conversation;
  }

  private void change(String conversation, long number) {
    commands.send(
        new ChangeConversationState(
            conversation, "filter_update", Map.of("key", "region", "value", "v" + number), ACTOR),
        ACTOR);
  }

  private void actions() throws Exception {
    List<Histogram> all = new ArrayList<>();
    Conversations conversations = context.getBean(Conversations.class);
    click(conversations, widgetAfter(conversations, 10));
    for (int events : new int[] {10, 1000, 10_000}) {
      Histogram times = click(conversations, widgetAfter(conversations, events));
      all.add(times);
      figures.value(
          "action answered, p50, %,d events in the conversation".formatted(events),
          times.getValueAtPercentile(50) / 1e6,
          "ms",
          null);
    }
    figures.value(
        "action answered, p99, 10 000 events",
        all.getLast().getValueAtPercentile(99) / 1e6,
        "ms",
        "<= 50");
    figures.ratio(
        "action at 10 000 events, beside one at 10 (p50)",
        all.getLast().getValueAtPercentile(50) / 1e6,
        all.getFirst().getValueAtPercentile(50) / 1e6,
        "ms",
        "<= 1.2");
  }

  private record Clickable(String widgetId, String actionId) {}

  /** A widget in a conversation of so many events. */
  private Clickable widgetAfter(Conversations conversations, int events) throws Exception {
    String conversation = open();
    for (int i = 0; i < events - 10; i++) {
      change(conversation, i);
    }
    conversations.submit(
        conversation, new TurnRequest(null, "Show me Q2 sales by region", null, null), ACTOR);
    while (true) {
      List<Clickable> found =
          sql.query(
              """
              select widget_id, action ->> 'action_id' from widget, jsonb_array_elements(descriptor -> 'actions') action
              where conversation_id = ? and action ->> 'type' = 'api_call'
              """,
              (row, number) -> new Clickable(row.getString(1), row.getString(2)),
              conversation);
      if (!found.isEmpty()) {
        awaitCaughtUp();
        return found.getFirst();
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static Histogram click(Conversations conversations, Clickable clickable) {
    Histogram times = new Histogram(3);
    for (int i = 0; i < CLICKS; i++) {
      long begin = System.nanoTime();
      conversations.invokeAndWait(
          new ActionRequest(
              null,
              clickable.widgetId(),
              clickable.actionId(),
              Map.of("selected_item", Map.of("region", "North")),
              null),
          ACTOR);
      times.recordValue(System.nanoTime() - begin);
    }
    return times;
  }

  private void awaitCaughtUp() throws InterruptedException {
    while (count("audit_entry") < count("domain_event_entry")) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void rebuild() throws Exception {
    awaitCaughtUp();
    Rebuilds rebuilds = context.getBean(Rebuilds.class);
    long events = count("domain_event_entry");
    read();
    double reading = read();
    double building = 0;
    for (String group : rebuilds.all().keySet()) {
      long begin = System.nanoTime();
      CountDownLatch done = new CountDownLatch(1);
      AtomicReference<Rebuilds.Progress> end = new AtomicReference<>();
      rebuilds.begin(
          group,
          progress -> {
            end.set(progress);
            done.countDown();
          });
      done.await();
      double seconds = (System.nanoTime() - begin) / 1e9;
      building += seconds;
      figures.value("rebuild of " + group, events / seconds, "events/s", null);
    }
    figures.ratio(
        "rebuild of all projections, beside reading %,d events by SQL".formatted(events),
        events / building,
        events / reading,
        "/s",
        ">= 0.1");
  }

  private long count(String table) {
    Long count = sql.queryForObject("select count(*) from " + table, Long.class);
    return count == null ? 0 : count;
  }

  private double read() throws Exception {
    long begin = System.nanoTime();
    long bytes = 0;
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement select =
          connection.prepareStatement(
              "select payload, meta_data from domain_event_entry order by transaction_id, global_index")) {
        select.setFetchSize(500);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            bytes += rows.getString(1).length() + rows.getString(2).length();
          }
        }
      }
      connection.rollback();
    }
    if (bytes == 0) {
      throw new IllegalStateException("Nothing was read");
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private void verify() {
    AuditVerification verification = context.getBean(AuditVerification.class);
    long entries = count("audit_entry");
    long begin = System.nanoTime();
    verification.verify(1, entries);
    figures.value(
        "verification of %,d audit entries".formatted(entries),
        entries * 1e9 / (System.nanoTime() - begin),
        "entries/s",
        null);
  }
}
