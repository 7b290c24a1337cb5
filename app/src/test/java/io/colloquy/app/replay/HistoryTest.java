package io.colloquy.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.conversation.ConversationCommand;
import io.colloquy.api.conversation.ConversationCommand.AppendAnswer;
import io.colloquy.api.conversation.ConversationCommand.AttachCitations;
import io.colloquy.api.conversation.ConversationCommand.CancelTurn;
import io.colloquy.api.conversation.ConversationCommand.ChangeConversationState;
import io.colloquy.api.conversation.ConversationCommand.CloseConversation;
import io.colloquy.api.conversation.ConversationCommand.CompleteTurn;
import io.colloquy.api.conversation.ConversationCommand.FailTurn;
import io.colloquy.api.conversation.ConversationCommand.InvokeAction;
import io.colloquy.api.conversation.ConversationCommand.OpenConversation;
import io.colloquy.api.conversation.ConversationCommand.SubmitTurn;
import io.colloquy.api.conversation.ConversationQuery.Details;
import io.colloquy.api.conversation.ConversationQuery.FindConversation;
import io.colloquy.api.conversation.ReplayQuery.FindStateAt;
import io.colloquy.api.conversation.ReplayQuery.StateAt;
import io.colloquy.api.turn.Timings;
import io.colloquy.app.Awaiting;
import io.colloquy.app.ColloquyApplication;
import io.colloquy.command.gateway.Commands;
import io.colloquy.query.audit.AuditVerification;
import io.colloquy.query.rebuild.Rebuilds;
import io.colloquy.query.stream.ConversationStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whatever is asked of conversations, in whatever order, by however many at once. */
class HistoryTest {

  private static final Actor OWNER =
      new Actor("owner", Set.of("viewer", "analyst", "manager", "data_exporter"), null);
  private static final Map<String, List<String>> PROJECTIONS =
      Map.of(
          "conversation-state", List.of("conversation", "turn"),
          "widget-cache", List.of("widget"),
          "audit-log", List.of("audit_entry", "audit_node", "audit_text"));

  @SuppressWarnings("NullAway.Init")
  private static ConfigurableApplicationContext application;

  @BeforeContainer
  static void start() {
    application =
        SpringApplication.run(
            ColloquyApplication.class,
            "--server.port=0",
            "--colloquy.home=target/home-history-" + UUID.randomUUID());
  }

  @AfterContainer
  static void stop() {
    application.close();
  }

  private static JdbcTemplate sql() {
    return application.getBean(JdbcTemplate.class);
  }

  private interface Step {
    ConversationCommand in(String conversation);
  }

  private static Step step(String name, Step step) {
    return new Step() {
      @Override
      public ConversationCommand in(String conversation) {
        return step.in(conversation);
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<String> turns = Arbitraries.of("t-1", "t-2", "t-3");
    Arbitrary<String> questions =
        Arbitraries.of(
            "Sales by region", "Total revenue in 2025", "hello", "Find customers in New York", " ");
    Arbitrary<Step> submit =
        Combinators.combine(turns, questions)
            .as(
                (turn, question) ->
                    step("submit " + turn, id -> new SubmitTurn(id, turn, question, null, OWNER)));
    Arbitrary<Step> append =
        Combinators.combine(turns, Arbitraries.integers().between(0, 12))
            .as(
                (turn, offset) ->
                    step(
                        "append " + turn + " at " + offset,
                        id -> new AppendAnswer(id, turn, offset, "words ")));
    Arbitrary<Step> end =
        Combinators.combine(turns, Arbitraries.integers().between(0, 3))
            .as(
                (turn, how) ->
                    step(
                        "end " + turn + " by " + how,
                        id ->
                            switch (how) {
                              case 0 -> new CancelTurn(id, turn, OWNER);
                              case 1 -> new FailTurn(id, turn, ErrorCode.TIMEOUT, "late");
                              case 2 -> new AttachCitations(id, turn, List.of());
                              default ->
                                  new CompleteTurn(
                                      id, turn, "embedded", null, null, new Timings(1, 2, 3));
                            }));
    Arbitrary<Step> state =
        Combinators.combine(
                Arbitraries.of("region", "product"), Arbitraries.of("North", "West", "", "all"))
            .as(
                (key, value) ->
                    step(
                        "filter " + key,
                        id ->
                            new ChangeConversationState(
                                id, "filter_update", Map.of("key", key, "value", value), OWNER)));
    Arbitrary<Step> invoke =
        Arbitraries.of("i-1", "i-2")
            .map(
                invocation ->
                    step(
                        "invoke " + invocation,
                        id ->
                            new InvokeAction(
                                id, invocation, "no-widget", "no-action", Map.of(), OWNER)));
    Arbitrary<Step> close = Arbitraries.just(step("close", id -> new CloseConversation(id, OWNER)));
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(4, submit),
            net.jqwik.api.Tuple.of(4, append),
            net.jqwik.api.Tuple.of(3, end),
            net.jqwik.api.Tuple.of(3, state),
            net.jqwik.api.Tuple.of(2, invoke),
            net.jqwik.api.Tuple.of(1, close))
        .list()
        .ofMinSize(1)
        .ofMaxSize(25);
  }

  @Property(tries = 12)
  void aHistoryReplaysToTheSameStateFramesAndHashes(@ForAll("histories") List<Step> history) {
    String conversation = UUID.randomUUID().toString();
    send(new OpenConversation(conversation, null, OWNER));
    history.forEach(step -> send(step.in(conversation)));
    awaitQuiet();

    ConversationStream stream = application.getBean(ConversationStream.class);
    assertThat(frames(stream, conversation)).isEqualTo(frames(stream, conversation));
    QueryGateway queries = application.getBean(QueryGateway.class);
    StateAt replayed =
        queries.query(new FindStateAt(conversation, null, null), StateAt.class).join();
    Details projected = queries.query(new FindConversation(conversation), Details.class).join();
    assertThat(replayed.turns()).isEqualTo(projected.turns());
    assertThat(replayed.state()).isEqualTo(projected.state());
    assertThat(replayed.closed()).isEqualTo(projected.summary().closed());
    assertThat(replayed.seq()).isEqualTo(projected.summary().lastSeq());
    PROJECTIONS.forEach(HistoryTest::assertRebuildsTheSame);
  }

  private static List<String> frames(ConversationStream stream, String conversation) {
    return stream.read(conversation, -1, 10_000).stream()
        .map(frame -> new String(frame.json(), StandardCharsets.UTF_8))
        .toList();
  }

  private static void assertRebuildsTheSame(String group, List<String> tables) {
    List<String> before = tables.stream().map(HistoryTest::contentOf).toList();
    Rebuilds rebuilds = application.getBean(Rebuilds.class);
    ConcurrentLinkedQueue<Rebuilds.Progress> ended = new ConcurrentLinkedQueue<>();
    rebuilds.begin(group, ended::add);
    Awaiting.until(group + " is built anew", () -> !ended.isEmpty());
    Rebuilds.Progress progress = Objects.requireNonNull(ended.peek());
    assertThat(progress.state()).isEqualTo("done");
    assertThat(progress.replaced()).isEqualTo(!group.equals("audit-log"));
    assertThat(tables.stream().map(HistoryTest::contentOf).toList()).isEqualTo(before);
  }

  private static String contentOf(String table) {
    return String.valueOf(
        sql()
            .queryForObject(
                "select count(*) || ' ' || md5(string_agg(t::text, '' order by t::text)) from %s t"
                    .formatted(table),
                String.class));
  }

  /** Sends a command and says whether it was acknowledged. */
  private static boolean send(ConversationCommand command) {
    try {
      application.getBean(Commands.class).send(command, OWNER);
      return true;
    } catch (Refusal refused) {
      return false;
    }
  }

  /** Until no turn is being answered and every projection has taken in everything. */
  private static void awaitQuiet() {
    Awaiting.until(
        "everything is taken in",
        () ->
            Boolean.TRUE.equals(
                sql()
                    .queryForObject(
                        """
                        select not exists (select from work_in_progress)
                          and (select count(*) from audit_entry) = (select count(*) from domain_event_entry)
                          and not exists (select from conversation c where c.last_seq < (
                            select max(sequence_number) from domain_event_entry e
                            where e.aggregate_identifier = c.conversation_id))
                          and (select count(*) from widget) = (
                            select count(*) from domain_event_entry where payload_type = 'widget-generated')
                          and (select count(*) from conversation) = (
                            select count(*) from domain_event_entry where payload_type = 'conversation-opened')
                        """,
                        Boolean.class)));
  }

  @Example
  void concurrentWritersLoseNothing() throws Exception {
    String conversation = UUID.randomUUID().toString();
    send(new OpenConversation(conversation, null, OWNER));
    ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < 8; writer++) {
        int number = writer;
        writers.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 40; i++) {
                    String value = number + "-" + i;
                    if (send(
                        new ChangeConversationState(
                            conversation,
                            "filter_update",
                            Map.of("key", "region", "value", value),
                            OWNER))) {
                      acknowledged.add(value);
                    }
                  }
                }));
      }
      for (Future<?> writer : writers) {
        writer.get(60, TimeUnit.SECONDS);
      }
    }
    awaitQuiet();
    assertThat(acknowledged).hasSize(320);
    List<String> logged = new ArrayList<>();
    ConversationStream stream = application.getBean(ConversationStream.class);
    frames(stream, conversation)
        .forEach(
            frame ->
                logged.add(
                    io.colloquy.api.json.Json.MAPPER
                        .readTree(frame)
                        .at("/content/data/value")
                        .asString()));
    assertThat(logged).containsExactlyInAnyOrderElementsOf(acknowledged);
    assertThat(
            sql()
                .queryForObject(
                    "select max(sequence_number) from domain_event_entry where aggregate_identifier = ?",
                    Long.class,
                    conversation))
        .isEqualTo(320);
  }

  /** Connections are cut at random, which rolls back whatever was being written on them. */
  @Example
  void projectionsKilledAtRandomPointsEndAsIfTheyHadNotBeen() throws Exception {
    JdbcTemplate owner = new JdbcTemplate(application.getBean("ownerDataSource", DataSource.class));
    Random random = new Random(7);
    AtomicBoolean writing = new AtomicBoolean(true);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> killer =
          threads.submit(
              () -> {
                while (writing.get()) {
                  owner.queryForList(
                      """
                      select pg_terminate_backend(pid) from pg_stat_activity
                      where usename = 'colloquy_app' and state <> 'idle'
                        and query ~ 'audit_|into turn|update turn|into conversation|update conversation|into widget'
                      """);
                  TimeUnit.MILLISECONDS.sleep(random.nextInt(1, 15));
                }
                return null;
              });
      for (int i = 0; i < 60; i++) {
        String conversation = UUID.randomUUID().toString();
        if (trySend(new OpenConversation(conversation, null, OWNER))) {
          trySend(new SubmitTurn(conversation, "t", "Sales by region", null, OWNER));
          trySend(
              new ChangeConversationState(
                  conversation, "filter_update", Map.of("key", "region", "value", "North"), OWNER));
        }
      }
      writing.set(false);
      killer.get(30, TimeUnit.SECONDS);
    }
    awaitQuiet();
    assertThat(application.getBean(AuditVerification.class).verify(1, 1_000_000).problem())
        .isNull();
    PROJECTIONS.forEach(HistoryTest::assertRebuildsTheSame);
  }

  /** A command whose connection was cut may or may not have been taken: nobody was told it was. */
  private static boolean trySend(ConversationCommand command) {
    try {
      return send(command);
    } catch (RuntimeException cut) {
      return false;
    }
  }
}
