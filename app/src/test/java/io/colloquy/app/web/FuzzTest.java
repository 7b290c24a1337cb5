package io.colloquy.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.api.conversation.ConversationEvent.WidgetGenerated;
import io.colloquy.api.json.EventTypes;
import io.colloquy.api.json.Json;
import io.colloquy.api.privacy.SealedContent;
import io.colloquy.api.widget.WidgetSchema;
import io.colloquy.app.ColloquyApplication;
import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import io.colloquy.app.guide.ChatProbe;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every field of every message: missing, null, of another type, huge, deep, with odd characters, or
 * beside fields nobody knows. Always a clear error with a code or an ordinary answer; never a 5xx,
 * never a dropped connection, never an event with content that is not valid.
 */
class FuzzTest {

  private static final AtomicInteger PROBES = new AtomicInteger();

  @SuppressWarnings("NullAway.Init")
  private static ConfigurableApplicationContext application;

  private static String base = "";
  private static String conversation = "";

  @SuppressWarnings("NullAway.Init")
  private static RestClient rest;

  @SuppressWarnings("NullAway.Init")
  private static StompClient stomp;

  @SuppressWarnings("NullAway.Init")
  private static ChatProbe chat;

  @BeforeContainer
  static void start() throws Exception {
    application =
        SpringApplication.run(
            ColloquyApplication.class,
            "--server.port=0",
            "--colloquy.home=target/home-fuzz-" + UUID.randomUUID());
    int port =
        Objects.requireNonNull(((WebServerApplicationContext) application).getWebServer())
            .getPort();
    base = "http://localhost:" + port;
    rest = RestClient.signedIn(base, "manager");
    conversation = rest.openConversation();
    stomp = new StompClient(base, rest.token());
    chat = ChatProbe.connect(base, conversation, String.valueOf(rest.token()));
    rest.post(
        "/ai/chat", JsonBodies.of("session_id", conversation, "message", "Q2 sales by region"));
  }

  /** What was let in is what the log's types and the widgets' schema allow. */
  @AfterContainer
  static void everyEventIsValid() {
    JdbcTemplate sql = application.getBean(JdbcTemplate.class);
    SealedContent sealed = application.getBean(SealedContent.class);
    sql.query(
        "select payload_type, payload from domain_event_entry",
        row -> {
          String type = row.getString("payload_type");
          JsonNode stored = Json.MAPPER.readTree(sealed.open(row.getString("payload")));
          Object event =
              Json.MAPPER.treeToValue(stored, Objects.requireNonNull(EventTypes.classOf(type)));
          assertThat(Json.MAPPER.readTree(Json.MAPPER.writeValueAsString(event)))
              .as(type)
              .isEqualTo(stored);
          if (event instanceof WidgetGenerated widget) {
            assertThat(WidgetSchema.errorsIn(widget.descriptor())).isEmpty();
          }
        });
    stomp.close();
    chat.close();
    application.close();
  }

  /** Where a message goes, and one that is fine. */
  record Target(String method, String path, ObjectNode body) {}

  private static List<Target> targets() {
    String here = "/api/conversations/" + conversation;
    ObjectNode turn =
        JsonBodies.of(
            "turn_id",
            "t-1",
            "content",
            "Sales by region",
            "metadata",
            JsonBodies.of(
                "form_id",
                "sales_filter",
                "form_data",
                JsonBodies.of(
                    "start_date",
                    "2026-01-01",
                    "end_date",
                    "2026-03-31",
                    "regions",
                    Json.MAPPER.createArrayNode().add("North"))));
    ObjectNode action =
        JsonBodies.of(
            "invocation_id",
            "i-1",
            "widget_id",
            UUID.randomUUID().toString(),
            "action_id",
            UUID.randomUUID().toString(),
            "params",
            JsonBodies.of("selected_item", "North", "level", "product"));
    ObjectNode context =
        JsonBodies.of(
            "permissions",
            Json.MAPPER.createArrayNode().add("manager"),
            "active_sources",
            Json.MAPPER.createArrayNode().add("sales-ledger"),
            "preferences",
            JsonBodies.of("theme", "dark"));
    ObjectNode question = JsonBodies.of("session_id", conversation, "message", "Sales by region");
    question.set("user_context", context);
    ObjectNode actionInContext = action.deepCopy();
    actionInContext.set("user_context", context);
    ObjectNode drill =
        JsonBodies.of("data_key", "q2_2026_sales_by_region", "selected_item", "North");
    return List.of(
        new Target(
            "POST", "/api/auth/token", JsonBodies.of("username", "viewer", "password", "demo")),
        new Target("POST", "/api/conversations", JsonBodies.of("title", "Sales")),
        new Target("POST", here + "/turns", turn),
        new Target("POST", "/ai/chat", question),
        new Target("POST", "/api/widget/action", actionInContext),
        new Target("POST", "/api/data/drilldown", drill),
        new Target(
            "POST",
            "/api/data/page",
            JsonBodies.of("page", 2, "filters", JsonBodies.of("region", "N"))),
        new Target(
            "POST", "/api/customers/search", JsonBodies.of("city", "Austin", "revenue_min", 5)),
        new Target(
            "POST",
            "/api/data/filter",
            JsonBodies.of("form_data", JsonBodies.of("start_date", "2026-01-01"))),
        new Target("POST", "/api/widget/hello", JsonBodies.of("widget_id", "w")),
        new Target("PUT", "/api/preferences", JsonBodies.of("theme", "dark", "page_size", 20)));
  }

  @Property(tries = 200)
  void everyRequestIsAnsweredClearly(
      @ForAll("places") int place, @ForAll("mutations") JsonMutation mutation) {
    Target target = targets().get(place % targets().size());
    String sent = mutation.of(target.body());
    RestClient.Answer answer = rest.sendRaw(target.method(), target.path(), sent);

    assertThat(answer.status()).as("%s %s", target, shortened(sent)).isBetween(200, 499);
    if (answer.status() >= 400) {
      assertThat(answer.type()).startsWith("application/problem+json");
      assertThat(answer.code()).matches("[a-z_]+");
    }
  }

  @Property(tries = 80)
  void everyParameterIsAnsweredClearly(@ForAll("paths") String path) {
    RestClient.Answer answer = rest.get(path);
    assertThat(answer.status()).as(path).isBetween(200, 499);
    if (answer.status() >= 400 && !answer.type().startsWith("text/html")) {
      assertThat(answer.code()).matches("[a-z_]+");
    }
  }

  @Property(tries = 80)
  void everyStompMessageLeavesTheConnectionAlive(
      @ForAll("places") int place, @ForAll("mutations") JsonMutation mutation) throws Exception {
    ObjectNode state =
        JsonBodies.of(
            "event", "filter_update", "data", JsonBodies.of("key", "region", "value", "North"));
    List<Target> sends =
        List.of(
            new Target("SEND", "turns", targets().get(2).body()),
            new Target("SEND", "actions", targets().get(4).body()),
            new Target("SEND", "state", state));
    Target target = sends.get(place % sends.size());
    stomp.sendRaw(
        "/app/conversations/" + conversation + "/" + target.path(), mutation.of(target.body()));

    String probe = "probe-" + PROBES.incrementAndGet();
    stomp.sendRaw("/app/conversations/" + conversation + "/turns/" + probe + "/cancel", "{}");
    JsonNode error;
    do {
      error = stomp.error();
      assertThat(error.get("code").asString()).isNotIn("internal_error", "widget_invalid");
    } while (!error.get("code").asString().equals("turn_not_found"));
    assertThat(stomp.isConnected()).isTrue();
  }

  @Property(tries = 80)
  void everyMessageOfTheGuidesSocketLeavesItOpen(
      @ForAll("places") int place, @ForAll("mutations") JsonMutation mutation) throws Exception {
    ObjectNode message = JsonBodies.of("type", "message", "content", "Sales by region");
    message.set("metadata", targets().get(2).body().get("metadata"));
    ObjectNode auth = JsonBodies.of("type", "auth", "token", rest.token());
    auth.set("user_context", targets().get(3).body().get("user_context"));
    ObjectNode action = targets().get(4).body().deepCopy().put("type", "action");
    List<ObjectNode> messages =
        List.of(
            message,
            auth,
            action,
            JsonBodies.of(
                "type", "filter_update", "data", JsonBodies.of("key", "region", "value", "North")),
            JsonBodies.of(
                "type",
                "state",
                "event",
                "date_range_update",
                "data",
                JsonBodies.of(
                    "value", JsonBodies.of("start_date", "2026-01-01", "end_date", "2026-01-31"))),
            JsonBodies.of("type", "cancel", "turn_id", "t-9"));
    chat.sendAndProbe(mutation.of(messages.get(place % messages.size())));
  }

  private static String shortened(String text) {
    return text.length() < 300 ? text : text.substring(0, 300) + "…";
  }

  @Provide
  Arbitrary<Integer> places() {
    return Arbitraries.integers().between(0, 10_000);
  }

  @Provide
  Arbitrary<JsonMutation> mutations() {
    return JsonMutation.any();
  }

  /** Addresses with odd identifiers and query parameters. */
  @Provide
  Arbitrary<String> paths() {
    Arbitrary<String> odd =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(40),
            Arbitraries.of(
                "-1",
                "99999999999999999999",
                "1e9",
                "NaN",
                "null",
                "' or 1=1 --",
                "../../etc/passwd",
                "\u0000",
                "\u202E",
                "%",
                "2026-13-99T00:00:00Z",
                "0x10",
                ""));
    Arbitrary<String> template =
        Arbitraries.of(
            "/api/conversations/%s",
            "/api/conversations/%s/frames",
            "/api/conversations/" + conversation + "/frames?after=%s",
            "/api/audit/entries?cursor=%s",
            "/api/audit/entries?limit=%s",
            "/api/audit/entries?from=%s",
            "/api/exports/%s/x.csv",
            "/api/exports/a.b.c.d/%s",
            "/schema/%s",
            "/api/%s");
    return Combinators.combine(template, odd)
        .as(
            (path, value) ->
                path.formatted(
                    URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20")));
  }
}
