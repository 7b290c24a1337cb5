package io.colloquy.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.Awaiting;
import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** Two processes on one database. */
class NodesTest {

  private static final String QUESTION = "Show me Q2 sales by region with drill-down";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void nodesShareTheWorkAndOneTakesOverWhatAnotherLeaves() throws Exception {
    try (Installation installation = Installation.in(folder);
        ServerProcess one = installation.startNode();
        ServerProcess two = installation.startNode()) {
      // Started at the same time, they have the same database to migrate.
      assertThat(one.base()).isNotEqualTo(two.base());
      JdbcTemplate sql = installation.sql();
      Awaiting.until("both have their share", () -> held(sql).equals(List.of(2L, 2L)));
      Awaiting.until("no node is more than one", () -> nodes(sql) == 2);
      aClientOfOneSeesTurnsThatTheOtherRuns(installation, one, two, sql);
      decisionsAreMadeOnWhatTheOtherWrote(installation, one, two);
      assertThat(
              sql.queryForObject(
                  """
                  select count(*) - count(distinct aggregate_identifier || (payload ->> 'turn_id'))
                  from domain_event_entry where payload_type = 'turn-submitted'""",
                  Long.class))
          .isZero();
      theOtherTakesOver(installation, one, two, sql);
      keysMayChangeWhileNodesServe(installation, two);
      assertThat(two.stop()).isIn(0, 143);
      assertThat(two.log()).doesNotContain(" ERROR ");
    }
  }

  @Test
  void aBrokerMayCarryWhatIsMeantForSingleUsers() throws Exception {
    EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    broker.setConfiguration(
        new ConfigurationImpl()
            .setPersistenceEnabled(false)
            .setSecurityEnabled(false)
            .setJournalDirectory(folder.resolve("broker").toString())
            .addAcceptorConfiguration("stomp", "tcp://localhost:0?protocols=STOMP"));
    broker.start();
    NettyAcceptor acceptor =
        (NettyAcceptor) broker.getActiveMQServer().getRemotingService().getAcceptor("stomp");
    Map<String, String> relayed =
        Map.of("COLLOQUY_STOMP_RELAY", "stomp://node:secret@localhost:" + acceptor.getActualPort());
    try (Installation installation = Installation.in(folder);
        ServerProcess one = installation.startNode(relayed);
        ServerProcess two = installation.startNode(relayed)) {
      RestClient ada = installation.client(one.base(), "ada");
      RestClient bob = new RestClient(two.base(), installation.issuer().token("bob", "viewer"));
      String conversation = ada.openConversation();
      try (StompClient atOne = new StompClient(one.base(), ada.token());
          StompClient atTwo = new StompClient(two.base(), ada.token());
          StompClient stranger = new StompClient(two.base(), bob.token())) {
        atTwo.subscribe(conversation, -1);
        atOne.subscribe(conversation, -1);
        atOne.ask(conversation, "t-1", QUESTION);
        assertThat(atTwo.untilDone()).isEqualTo(atOne.untilDone());
        assertThat(broker.getActiveMQServer().getConnectionCount())
            .as("clients and nodes are connected to it")
            .isGreaterThanOrEqualTo(5);
        stranger.ask(conversation, "t-2", QUESTION);
        assertThat(stranger.error().get("code").asString()).isEqualTo("not_a_participant");
        atTwo.send("/app/conversations/" + conversation + "/turns", Map.of("turn_id", "t-3"));
        assertThat(atTwo.error().get("code").asString()).isEqualTo("empty_message");
      }
    } finally {
      broker.stop();
    }
  }

  /** How many parts of the group that answers turns each node holds. */
  private static List<Long> held(JdbcTemplate sql) {
    return sql.queryForList(
        """
        select count(*) from token_entry where processor_name = 'turn-responder' and owner is not null
        group by owner""",
        Long.class);
  }

  private static int nodes(JdbcTemplate sql) {
    return Objects.requireNonNull(
        sql.queryForObject("select count(*) from live_node", Integer.class));
  }

  private static void aClientOfOneSeesTurnsThatTheOtherRuns(
      Installation installation, ServerProcess one, ServerProcess two, JdbcTemplate sql)
      throws Exception {
    sql.execute(SlowReading.BEGIN);
    RestClient rest = installation.client(one.base(), "ada");
    List<String> conversations = askInManyConversations(rest);
    Awaiting.until("both nodes are at work", () -> nodesAtWork(sql) == 2);
    for (String conversation : conversations) {
      List<JsonNode> atOne = untilDone(one, rest, conversation);
      assertThat(untilDone(two, rest, conversation)).isEqualTo(atOne);
      assertThat(atOne.getLast().get("type").asString()).isEqualTo("done");
    }
    sql.execute(SlowReading.END);
  }

  private static List<String> askInManyConversations(RestClient rest) {
    List<String> conversations = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String conversation = rest.openConversation();
      conversations.add(conversation);
      rest.post(
          "/api/conversations/" + conversation + "/turns",
          Map.of("turn_id", "t-1", "content", QUESTION));
    }
    return conversations;
  }

  private static List<JsonNode> untilDone(ServerProcess node, RestClient rest, String conversation)
      throws Exception {
    try (StompClient stomp = new StompClient(node.base(), rest.token())) {
      stomp.subscribe(conversation, -1);
      return stomp.untilDone();
    }
  }

  /** Each node remembers the conversation as it was when it last wrote to it. */
  private static void decisionsAreMadeOnWhatTheOtherWrote(
      Installation installation, ServerProcess one, ServerProcess two) throws Exception {
    RestClient atOne = installation.client(one.base(), "ada");
    RestClient atTwo = installation.client(two.base(), "ada");
    String conversation = atOne.openConversation();
    for (RestClient node : List.of(atOne, atTwo, atOne, atTwo)) {
      RestClient other = node == atOne ? atTwo : atOne;
      String turn = UUID.randomUUID().toString();
      try (StompClient stomp = new StompClient(other.base(), other.token())) {
        stomp.subscribe(conversation, lastSeq(other, conversation));
        node.post(
            "/api/conversations/" + conversation + "/turns",
            Map.of("turn_id", turn, "content", QUESTION));
        List<JsonNode> frames = stomp.untilDone();
        JsonNode widget = StompClient.content(frames, "widget");
        RestClient.Answer answer =
            other.post(
                "/api/widget/action",
                Map.of(
                    "widget_id", widget.get("widget_id").asString(),
                    "action_id", drillDown(widget),
                    "params", Map.of("selected_item", Map.of("region", "North"))));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(
                other
                    .post(
                        "/api/conversations/" + conversation + "/turns",
                        Map.of("turn_id", turn, "content", QUESTION))
                    .status())
            .as("sent again, to the other node")
            .isEqualTo(202);
      }
    }
  }

  private static String drillDown(JsonNode widget) {
    for (JsonNode action : widget.get("actions")) {
      if (action.get("type").asString().equals("api_call")) {
        return action.get("action_id").asString();
      }
    }
    throw new AssertionError(widget);
  }

  private static long lastSeq(RestClient rest, String conversation) {
    long last = -1;
    for (JsonNode frame :
        rest.get("/api/conversations/" + conversation + "/frames").json().get("frames")) {
      last = frame.get("seq").asLong();
    }
    return last;
  }

  private static void theOtherTakesOver(
      Installation installation, ServerProcess one, ServerProcess two, JdbcTemplate sql)
      throws Exception {
    sql.execute(SlowReading.BEGIN);
    RestClient rest = installation.client(two.base(), "ada");
    List<String> conversations = askInManyConversations(rest);
    Awaiting.until("it works for the one that dies", () -> nodesAtWork(sql) == 2);
    one.kill();
    for (String conversation : conversations) {
      List<JsonNode> frames = untilDone(two, rest, conversation);
      assertThat(frames.getLast().get("type").asString()).isEqualTo("done");
      assertThat(frames)
          .filteredOn(frame -> frame.get("type").asString().equals("widget"))
          .hasSize(1);
    }
    sql.execute(SlowReading.END);
    Awaiting.until("it holds every part", () -> held(sql).equals(List.of(4L)));
    Awaiting.untilAudited(sql);
    try (FreshProjections fresh =
        new FreshProjections(installation.jdbcUrl(), installation.home())) {
      fresh.assertEqual();
    }
  }

  private static int nodesAtWork(JdbcTemplate sql) {
    return sql.queryForList("select distinct node_id from work_in_progress", String.class).size();
  }

  private static void keysMayChangeWhileNodesServe(Installation installation, ServerProcess node)
      throws Exception {
    RestClient before = installation.client(node.base(), "ada");
    assertThat(before.get("/api/me").status()).isEqualTo(200);
    installation.issuer().rotate();
    assertThat(installation.client(node.base(), "ada").get("/api/me").status()).isEqualTo(200);
    assertThat(before.get("/api/me").status())
        .as("signed with a key that is no more")
        .isEqualTo(401);
  }
}
