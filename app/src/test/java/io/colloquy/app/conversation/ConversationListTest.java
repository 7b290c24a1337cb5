package io.colloquy.app.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.Awaiting;
import io.colloquy.app.ColloquyTest;
import io.colloquy.app.RestClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Finding conversations, naming them, and reading them backwards. */
@ColloquyTest
class ConversationListTest {

  @LocalServerPort int port;

  private RestClient rest;

  @BeforeEach
  void signIn() {
    rest = RestClient.signedIn(base(), "exporter");
  }

  private String base() {
    return "http://localhost:" + port;
  }

  @Test
  void aListIsReadPageByPageAndNothingIsMissedOrDoubled() {
    List<String> opened = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      opened.addFirst(rest.openConversation());
    }
    Awaiting.until("all are listed", () -> list("?limit=200").containsAll(opened));
    List<String> read = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = rest.get("/api/conversations?limit=3&cursor=" + encoded(cursor)).json();
      page.get("conversations").forEach(each -> read.add(each.get("conversation_id").asString()));
      cursor = page.path("next_cursor").asString("");
    } while (!cursor.isEmpty());
    assertThat(read).doesNotHaveDuplicates().startsWith(opened.toArray(String[]::new));
    assertThat(rest.get("/api/conversations?cursor=yesterday").code()).isEqualTo("invalid_request");
  }

  @Test
  void wordsAreFoundInTitlesQuestionsAndAnswersOfOnesOwnOnly() {
    String asked = rest.openConversation();
    ask(asked, "t-1", "Total revenue in 2025, asks Quetzalcoatl", null);
    assertThat(list("?q=quetzal")).containsExactly(asked);
    assertThat(list("?q=" + encoded("2025 quetzalcoatl"))).containsExactly(asked);
    assertThat(list("?q=" + encoded("quetzalcoatl nowhere"))).isEmpty();
    Awaiting.until("its answer is found too", () -> list("?q=against").contains(asked));
    assertThat(list("?q=" + encoded("!&|:*()'"))).isEmpty();
    assertThat(list(RestClient.signedIn(base(), "viewer"), "?q=quetzal")).isEmpty();
    assertThat(list(RestClient.signedIn(base(), "auditor"), "?q=quetzal")).containsExactly(asked);
  }

  @Test
  void aTitleIsGivenByTheOwnerAlone() {
    String conversation = rest.openConversation();
    String path = "/api/conversations/" + conversation;
    assertThat(rename(rest, path, "Ouroboros")).isEqualTo(204);
    Awaiting.until("it is found", () -> list("?q=ouroboros").contains(conversation));
    ask(conversation, "t-1", "Total revenue", null);
    assertThat(rest.get(path).json().at("/summary/title").asString()).isEqualTo("Ouroboros");
    assertThat(rename(rest, path, "  ")).isEqualTo(400);
    assertThat(rename(rest, path, "x".repeat(201))).isEqualTo(400);
    assertThat(rename(RestClient.signedIn(base(), "viewer"), path, "Mine")).isEqualTo(403);
    assertThat(rename(RestClient.signedIn(base(), "auditor"), path, "Ours")).isEqualTo(403);
    assertThat(frames(path, "?after=-1"))
        .anySatisfy(
            frame ->
                assertThat(frame.at("/content/data/title").asString("")).isEqualTo("Ouroboros"));
  }

  @Test
  void turnsAndFramesAreReadBackwardsInPieces() {
    String conversation = rest.openConversation();
    String path = "/api/conversations/" + conversation;
    for (int i = 0; i < 5; i++) {
      ask(conversation, "t-" + i, "Total revenue in 202" + i, null);
    }
    JsonNode last = rest.get(path + "?last=2").json();
    assertThat(turnIds(last)).containsExactly("t-3", "t-4");
    assertThat(last.get("has_earlier").asBoolean()).isTrue();
    long begin = last.at("/turns/0/seq").asLong();
    JsonNode before = rest.get(path + "/turns?limit=2&before=" + begin).json();
    assertThat(turnIds(before)).containsExactly("t-1", "t-2");
    JsonNode first =
        rest.get(path + "/turns?limit=2&before=" + before.at("/turns/0/seq").asLong()).json();
    assertThat(turnIds(first)).containsExactly("t-0");
    assertThat(first.get("has_earlier").asBoolean()).isFalse();

    List<JsonNode> all = frames(path, "?after=-1");
    List<JsonNode> pieces = new ArrayList<>(frames(path, "?after=-1&before=" + begin));
    pieces.addAll(frames(path, "?after=" + (begin - 1)));
    assertThat(pieces).isEqualTo(all);
    assertThat(frames(path, "?after=5&before=3")).isEmpty();
    RestClient stranger = RestClient.signedIn(base(), "viewer");
    assertThat(stranger.get(path + "/turns?before=100").status()).isEqualTo(403);
  }

  @Test
  void aTurnAskedAnewStandsInPlaceOfWhatFollowedAndFollowUpsForgetIt() {
    String conversation = rest.openConversation();
    String path = "/api/conversations/" + conversation;
    ask(conversation, "t-1", "Sales by region in 2023", null);
    ask(conversation, "t-2", "only the north", null);
    ask(conversation, "t-3", "Units by product in 2024", "t-1");
    ask(conversation, "t-4", "only laptops", null);
    JsonNode details = rest.get(path).json();
    assertThat(details.at("/turns/0/replaced_by").asString("")).isEqualTo("t-3");
    assertThat(details.at("/turns/1/replaced_by").asString("")).isEqualTo("t-3");
    assertThat(details.at("/turns/2").has("replaced_by")).isFalse();
    assertThat(details.at("/turns/3/answer").asString()).contains("2024").doesNotContain("North");
    assertThat(
            rest.post(
                    path + "/turns",
                    Map.of("turn_id", "t-5", "content", "again", "replaces", "t-2"))
                .code())
        .isEqualTo("turn_not_found");
  }

  @Test
  void suggestionsAreQuestionsAboutWhatOneMayRead() {
    JsonNode suggested = rest.get("/api/suggestions").json().get("questions");
    assertThat(suggested).hasSizeGreaterThan(3);
    String conversation = rest.openConversation();
    ask(conversation, "t-1", suggested.get(0).asString(), null);
    assertThat(
            rest.get("/api/conversations/" + conversation).json().at("/turns/0/status").asString())
        .isEqualTo("completed");
  }

  private void ask(String conversation, String turnId, String content, @Nullable String replaces) {
    String path = "/api/conversations/" + conversation;
    Map<String, Object> turn =
        replaces == null
            ? Map.of("turn_id", turnId, "content", content)
            : Map.of("turn_id", turnId, "content", content, "replaces", replaces);
    assertThat(rest.post(path + "/turns", turn).status()).isEqualTo(202);
    Awaiting.until(
        turnId + " is answered",
        () ->
            StreamSupport.stream(rest.get(path).json().get("turns").spliterator(), false)
                .anyMatch(
                    each ->
                        each.get("turn_id").asString().equals(turnId)
                            && each.get("status").asString().equals("completed")));
  }

  private static int rename(RestClient as, String path, String title) {
    return as.sendRaw("PATCH", path, "{\"title\":\"" + title + "\"}").status();
  }

  private List<String> list(String query) {
    return list(rest, query);
  }

  private static List<String> list(RestClient as, String query) {
    List<String> ids = new ArrayList<>();
    as.get("/api/conversations" + query)
        .json()
        .get("conversations")
        .forEach(each -> ids.add(each.get("conversation_id").asString()));
    return ids;
  }

  private List<JsonNode> frames(String path, String query) {
    List<JsonNode> frames = new ArrayList<>();
    rest.get(path + "/frames" + query).json().get("frames").forEach(frames::add);
    return frames;
  }

  private static List<String> turnIds(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.get("turns").forEach(turn -> ids.add(turn.get("turn_id").asString()));
    return ids;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
