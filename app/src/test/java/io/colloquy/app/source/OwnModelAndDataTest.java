package io.colloquy.app.source;

import static io.colloquy.app.StompClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.api.privacy.SealedContent;
import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import io.colloquy.command.model.FakeProvider;
import io.colloquy.command.model.FakeProvider.Behaviour;
import io.colloquy.command.model.ModelSettings.Provider;
import io.colloquy.db.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** An installation with a model and a database of its own. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "colloquy.home=target/home-${random.uuid}",
      "colloquy.llm.provider=anthropic",
      "colloquy.llm.api-key=sk-very-secret",
      "colloquy.llm.model=fake",
      "colloquy.llm.first-word=5s",
      "colloquy.llm.pause=2s",
      "colloquy.llm.attempts=1",
      "colloquy.data.schema=shop"
    })
@DirtiesContext
class OwnModelAndDataTest {

  private static final FakeProvider PROVIDER = new FakeProvider(Provider.ANTHROPIC);
  private static final HikariDataSource SHOP = TestDatabase.migrated();

  @LocalServerPort int port;
  @Autowired JdbcClient jdbc;
  @Autowired SealedContent sealed;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry settings) {
    JdbcTemplate sql = new JdbcTemplate(SHOP);
    sql.execute("create schema shop");
    sql.execute(
        "create table shop.orders (order_id bigint primary key, ordered_at timestamptz, country text, amount numeric, units integer)");
    sql.execute(
        """
        insert into shop.orders
        select n, timestamptz '2025-01-01 12:00Z' + n * interval '1 day', (array['France','Spain'])[1 + n % 2], n * 10, n
        from generate_series(1, 100) n
        """);
    settings.add("colloquy.data.url", SHOP::getJdbcUrl);
    settings.add("colloquy.llm.base-url", PROVIDER::url);
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
    SHOP.close();
  }

  @BeforeEach
  void forget() {
    PROVIDER.forget();
  }

  private static String plan(String measure, String dimensions, String widget, String chart) {
    return """
        {"intent":"data_analysis","answer_from":"data","query":{"dataset":"orders","measures":["%s"],"dimensions":[%s],
         "filters":[],"sort":[],"limit":0},"widget":"%s","chart":"%s","routes":[],"form":"","reply":"","reasoning":"Orders by country."}
        """
        .formatted(measure, dimensions, widget, chart);
  }

  private String base() {
    return "http://localhost:" + port;
  }

  private List<JsonNode> ask(String question) throws Exception {
    RestClient rest = RestClient.signedIn(base(), "analyst");
    String conversation = rest.openConversation();
    try (StompClient stomp = new StompClient(base(), rest.token())) {
      stomp.subscribe(conversation, -1);
      return stomp.answer(conversation, question);
    }
  }

  private String event(String type, String turnId) {
    return jdbc.sql(
            "select payload from domain_event_entry where payload_type = ? and payload ->> 'turn_id' = ?")
        .params(type, turnId)
        .query((row, number) -> row.getString(1))
        .optional()
        .map(payload -> sealed.open(payload).replaceAll("\":(?! )", "\": "))
        .orElse("");
  }

  @Test
  void aTurnOfTheEmbeddedPlannerIsComparedWithWhatAModelWouldSay() throws Exception {
    RestClient rest = RestClient.signedIn(base(), "analyst");
    String conversation = rest.openConversation();
    PROVIDER.says("no plan").says("no plan either");
    String turn;
    try (StompClient stomp = new StompClient(base(), rest.token())) {
      stomp.subscribe(conversation, -1);
      turn =
          stomp
              .answer(conversation, "total amount by country")
              .getFirst()
              .get("turn_id")
              .asString();
    }
    PROVIDER.forget();
    PROVIDER.says(plan("amount", "\"country\"", "chart", "pie")).says("France made 25,500.");
    String path = "/api/conversations/%s/turns/%s/what-if".formatted(conversation, turn);
    JsonNode compared =
        rest.post(path, java.util.Map.of("planner", "model", "model", "other")).json();

    assertThat(compared.get("original").get("planner").asString()).isEqualTo("embedded");
    assertThat(compared.get("rerun").get("planner").asString()).isEqualTo("anthropic:other");
    assertThat(compared.get("different").toString())
        .contains("plan", "text", "widgets")
        .doesNotContain("rows");
    assertThat(compared.get("rerun").get("answer").asString()).contains("France made 25,500");
    assertThat(PROVIDER.asked().getFirst()).contains("\"other\"");
    assertThat(rest.get("/api/conversations/" + conversation + "/planners").text())
        .contains("anthropic:fake");
  }

  @Test
  void aModelPlansAndSpeaksAndOnlyFiguresThatWereReadComeThrough() throws Exception {
    PROVIDER
        .says(plan("amount", "\"country\"", "chart", "bar"))
        .then(
            new Behaviour.Says(
                List.of("**Spain** made ", "25,000 and ", "France 25,500. ", "Profit was 77,777. "),
                30,
                "end_turn"));

    List<JsonNode> frames = ask("How do the countries compare?");

    String turnId = frames.getFirst().get("turn_id").asString();
    assertThat(text(frames))
        .contains("**Spain** made 25,500".replace("25,500", "25,000"))
        .contains("France 25,500")
        .contains("Profit was [figure removed]")
        .doesNotContain("77,777");
    assertThat(frames)
        .anyMatch(frame -> frame.at("/content/widget_type").asString("").equals("chart"));
    assertThat(event("intent-classified", turnId)).contains("\"planner\": \"anthropic:fake\"");
    assertThat(event("figures-removed", turnId)).contains("77,777");
    assertThat(event("turn-completed", turnId))
        .contains("\"model\": \"anthropic:fake\"")
        .contains("\"prompt\": 22")
        .contains("\"completion\": 14");
    assertThat(PROVIDER.asked().getLast()).as("the rows that were read").contains("25500");
    assertThat(PROVIDER.asked().toString()).doesNotContain("sk-very-secret");
    assertThat(
            jdbc.sql(
                    "select count(*) from domain_event_entry where payload::text like '%sk-very-secret%'")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void aModelThatTalksInsteadOfPlanningIsReplacedAndTheReasonIsWrittenDown() throws Exception {
    PROVIDER
        .says("Sure! I would love to help you with that.")
        .says("Here is a chart: bar bar bar.");

    List<JsonNode> frames = ask("total amount by country");

    String turnId = frames.getFirst().get("turn_id").asString();
    assertThat(frames.getLast().get("type").asString()).isEqualTo("done");
    assertThat(text(frames)).contains("25,500");
    assertThat(event("intent-classified", turnId)).contains("\"planner\": \"embedded\"");
    assertThat(event("model-failed", turnId))
        .contains("\"stage\": \"plan\"")
        .contains("it was no JSON object");
    assertThat(PROVIDER.asked()).as("one repair").hasSize(2);
  }

  @Test
  void anAnswerThatBreaksOffIsFinishedInOurWords() throws Exception {
    PROVIDER
        .says(plan("amount", "\"country\"", "chart", "bar"))
        .then(
            new Behaviour.BreaksOff(
                List.of("The two countries are very ", "close to each other ", "in this ")));

    List<JsonNode> frames = ask("amount by country, please");

    assertThat(text(frames))
        .contains("very close to each other")
        .contains("broke off here")
        .contains("25,500");
    assertThat(event("model-failed", frames.getFirst().get("turn_id").asString()))
        .contains("\"stage\": \"answer\"");
  }

  @Test
  void cancellingATurnEndsTheCallToTheModel() throws Exception {
    PROVIDER.then(new Behaviour.FallsSilent(List.of("{\"intent\":")));
    RestClient rest = RestClient.signedIn(base(), "analyst");
    String conversation = rest.openConversation();
    try (StompClient stomp = new StompClient(base(), rest.token())) {
      stomp.subscribe(conversation, -1);
      stomp.ask(conversation, "t-cancel", "amount by country");
      await().atMost(Duration.ofSeconds(10)).until(() -> !PROVIDER.asked().isEmpty());
      stomp.send("/app/conversations/" + conversation + "/turns/t-cancel/cancel", "");
      List<JsonNode> frames = stomp.untilDone();

      assertThat(frames.getLast().at("/content/outcome").asString()).isEqualTo("cancelled");
      assertThat(PROVIDER.wasLeft()).isTrue();
    }
    assertThat(event("model-failed", "t-cancel")).isEmpty();
  }

  @Test
  void theDatabaseThatWasBroughtIsOnlyRead() throws Exception {
    PROVIDER.then(new Behaviour.Fails(401));

    List<JsonNode> frames = ask("amount in January 2025");
    assertThat(text(frames)).contains("4,650");
    assertThat(text(ask("revenue by region"))).as("no sample data").contains("I can't answer this");
    RestClient rest = RestClient.signedIn(base(), "analyst");
    assertThat(rest.get("/api/sources").json().get("built_in").toString())
        .contains("table shop.orders")
        .doesNotContain("sample");
  }
}
