package io.colloquy.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.RestClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * People who converse and click, and remember what was acknowledged. What they got no answer to
 * they send again, as clients do.
 */
final class Load implements AutoCloseable {

  private static final List<String> QUESTIONS =
      List.of(
          "Total revenue in 2024",
          "Sales by region in 2025",
          "Show me Q2 sales by region with drill-down",
          "Top 5 products by revenue");

  private final List<String> conversations = new CopyOnWriteArrayList<>();
  private final Set<String> turns = ConcurrentHashMap.newKeySet();
  private final Set<String> actions = ConcurrentHashMap.newKeySet();
  private final Queue<Sending> unanswered = new ConcurrentLinkedQueue<>();
  private final List<Thread> people = new ArrayList<>();
  private final Random random;
  private volatile boolean stopped;

  /** A command, which may be sent more than once. */
  private record Sending(String id, String path, Object body, Set<String> acknowledged) {}

  Load(long seed) {
    this.random = new Random(seed);
  }

  List<String> conversations() {
    return conversations;
  }

  int acknowledged() {
    return conversations.size() + turns.size() + actions.size();
  }

  /** Starts so many people who work on nodes until stopped or until their node is gone. */
  void start(int people, Supplier<RestClient> client) {
    stopped = false;
    for (int i = 0; i < people; i++) {
      this.people.add(Thread.ofVirtual().start(() -> work(client)));
    }
  }

  /** Waits until everybody has gone. */
  @Override
  public void close() throws InterruptedException {
    stopped = true;
    for (Thread person : people) {
      person.join();
    }
    people.clear();
  }

  private void work(Supplier<RestClient> client) {
    while (!stopped) {
      try {
        RestClient rest = client.get();
        Sending again = unanswered.poll();
        if (again != null) {
          send(again, rest);
        } else if (conversations.size() < 3 || random.nextInt(12) == 0) {
          open(rest);
        } else if (random.nextInt(3) > 0) {
          ask(rest);
        } else {
          click(rest);
        }
      } catch (Gone gone) {
        return;
      }
    }
  }

  private void open(RestClient rest) {
    RestClient.Answer answer = post(rest, "/api/conversations", Map.of());
    if (answer.status() == 201) {
      conversations.add(answer.json().get("conversation_id").asString());
    }
  }

  private void ask(RestClient rest) {
    String turn = UUID.randomUUID().toString();
    String question = QUESTIONS.get(random.nextInt(QUESTIONS.size()));
    send(
        new Sending(
            turn,
            "/api/conversations/" + conversation() + "/turns",
            Map.of("turn_id", turn, "content", question),
            turns),
        rest);
  }

  private String conversation() {
    return conversations.get(random.nextInt(conversations.size()));
  }

  /** Some action of some widget of the latest turns. */
  private void click(RestClient rest) {
    JsonNode frames;
    try {
      frames = rest.get("/api/conversations/" + conversation() + "/frames?limit=200").json();
    } catch (RuntimeException gone) {
      throw new Gone();
    }
    List<Map<String, Object>> possible = new ArrayList<>();
    for (JsonNode frame : frames.path("frames")) {
      for (JsonNode action : frame.path("content").path("actions")) {
        if (List.of("navigate", "dialog").contains(action.get("type").asString())) {
          possible.add(
              Map.of(
                  "widget_id", frame.at("/content/widget_id").asString(),
                  "action_id", action.get("action_id").asString()));
        }
      }
    }
    if (possible.isEmpty()) {
      return;
    }
    String invocation = UUID.randomUUID().toString();
    Map<String, Object> body = new HashMap<>(possible.get(random.nextInt(possible.size())));
    body.put("invocation_id", invocation);
    send(new Sending(invocation, "/api/widget/action", body, actions), rest);
  }

  private void send(Sending sending, RestClient rest) {
    RestClient.Answer answer;
    try {
      answer = post(rest, sending.path(), sending.body());
    } catch (Gone gone) {
      unanswered.add(sending);
      throw gone;
    }
    if (answer.status() < 300) {
      sending.acknowledged().add(sending.id());
    } else if (answer.status() >= 500) {
      unanswered.add(sending);
    } else {
      throw new AssertionError(sending + " was refused: " + answer);
    }
  }

  private static RestClient.Answer post(RestClient rest, String path, Object body) {
    try {
      return rest.post(path, body);
    } catch (RuntimeException gone) {
      throw new Gone();
    }
  }

  /** Every acknowledged command is in the log exactly once, and what was not at most once. */
  void assertInLogOnce(JdbcTemplate sql) {
    assertThat(ids(sql, "aggregate_identifier", "conversation-opened"))
        .doesNotHaveDuplicates()
        .containsAll(conversations);
    assertThat(ids(sql, "payload ->> 'turn_id'", "turn-submitted"))
        .doesNotHaveDuplicates()
        .containsAll(turns);
    assertThat(ids(sql, "payload ->> 'invocation_id'", "action-authorized"))
        .doesNotHaveDuplicates()
        .containsAll(actions);
    assertThat(
            sql.queryForObject(
                """
                select count(*) from (
                  select from domain_event_entry group by aggregate_identifier
                  having count(*) <> max(sequence_number) + 1) gaps
                """,
                Long.class))
        .as("aggregates with gaps")
        .isZero();
  }

  /** Whether whatever was begun has ended and is projected. */
  static boolean allHasEnded(JdbcTemplate sql) {
    return Boolean.TRUE.equals(
        sql.queryForObject(
            """
            select not exists (select from work_in_progress)
              and (select count(*) from audit_entry) = (select count(*) from domain_event_entry)
              and (select count(*) filter (where payload_type in ('turn-submitted', 'action-authorized'))
                     = count(*) filter (where payload_type in ('turn-completed', 'turn-failed', 'turn-cancelled',
                                                               'action-completed', 'action-failed'))
                   from domain_event_entry)
            """,
            Boolean.class));
  }

  /** Whatever was begun has ended, exactly once. */
  void assertEndedOnce(JdbcTemplate sql) {
    for (String ended :
        List.of(
            "payload ->> 'turn_id' | turn-submitted | turn-completed,turn-failed,turn-cancelled",
            "payload ->> 'invocation_id' | action-authorized | action-completed,action-failed")) {
      String[] parts = ended.split(" \\| ");
      List<String> begun = ids(sql, parts[0], parts[1]);
      List<String> over = new ArrayList<>();
      for (String type : parts[2].split(",")) {
        over.addAll(ids(sql, parts[0], type));
      }
      assertThat(over).containsExactlyInAnyOrderElementsOf(begun);
    }
    assertThat(ids(sql, "payload ->> 'turn_id'", "turn-failed")).as("failed turns").isEmpty();
  }

  private static List<String> ids(JdbcTemplate sql, String id, String type) {
    return sql.queryForList(
        "select %s from domain_event_entry where payload_type = ?".formatted(id),
        String.class,
        type);
  }

  /** The node does not answer any more. */
  private static final class Gone extends RuntimeException {}
}
