package io.colloquy.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.Awaiting;
import io.colloquy.app.ColloquyTest;
import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import io.colloquy.proof.ExportReport;
import io.colloquy.proof.ExportVerifier;
import io.colloquy.proof.SigningKey;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What auditors ask, prove and take out. */
@ColloquyTest
class AuditTest {

  @LocalServerPort int port;
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private RestClient auditor;

  @SuppressWarnings("NullAway.Init")
  private RestClient viewer;

  @SuppressWarnings("NullAway.Init")
  private String conversation;

  @BeforeEach
  void aConversationWithARefusal() {
    String base = "http://localhost:" + port;
    auditor = RestClient.signedIn(base, "auditor");
    viewer = RestClient.signedIn(base, "viewer");
    conversation = viewer.openConversation();
    viewer.post(
        "/ai/chat",
        Map.of("session_id", conversation, "message", "Total revenue in 2025, please Xylophone"));
    viewer.post("/ai/chat", Map.of("session_id", conversation, "message", "Sales by region"));
    viewer.post("/api/conversations/" + conversation + "/turns", Map.of("content", "hello there"));
    RestClient.signedIn(base, "manager").get("/api/conversations/" + conversation);
    Awaiting.until(
        "the refusal is in the audit log",
        () -> !find("conversation=" + conversation + "&outcome=denied").isEmpty());
  }

  private List<JsonNode> find(String query) {
    List<JsonNode> found = new ArrayList<>();
    JsonNode page = auditor.get("/api/audit/entries?" + query).json();
    page.get("entries").forEach(found::add);
    return found;
  }

  @Test
  void entriesAreFoundByWhatTheyAreAbout() {
    String here = "conversation=" + conversation + "&";
    assertThat(find(here + "actor=manager")).hasSize(1);
    assertThat(find(here + "actor=manager").getFirst().get("type").asString())
        .isEqualTo("access-refused");
    assertThat(find(here + "type=turn-submitted")).hasSize(3);
    assertThat(find(here + "text=xylophone").getFirst().get("type").asString())
        .isEqualTo("turn-submitted");
    assertThat(find(here + "permission=manager"))
        .allMatch(entry -> entry.get("actor").asString().equals("manager"))
        .isNotEmpty();
    JsonNode widget = find(here + "type=widget-generated").getFirst();
    assertThat(find("widget=" + widget.get("widget_id").asString()))
        .extracting(entry -> entry.get("seq").asLong())
        .contains(widget.get("seq").asLong());
    String at = widget.get("at").asString();
    assertThat(find(here + "from=" + at).getFirst().get("seq")).isEqualTo(widget.get("seq"));
    assertThat(find(here + "to=" + at))
        .allMatch(entry -> entry.get("seq").asLong() < widget.get("seq").asLong());
    assertThat(find(here + "type=turn-submitted&outcome=denied")).isEmpty();
  }

  @Test
  void pagesStayExactWhileTheLogGrows() {
    List<Long> seen = new ArrayList<>();
    String cursor = "0";
    for (int page = 0; page < 6; page++) {
      JsonNode answer =
          auditor
              .get("/api/audit/entries?limit=3&conversation=" + conversation + "&cursor=" + cursor)
              .json();
      answer.get("entries").forEach(entry -> seen.add(entry.get("seq").asLong()));
      cursor = answer.get("next_cursor").asString();
      viewer.openConversation();
    }
    List<Long> all =
        find("limit=18&conversation=" + conversation).stream()
            .map(entry -> entry.get("seq").asLong())
            .toList();
    assertThat(seen).startsWith(all.subList(0, seen.size()).toArray(Long[]::new)).isSorted();

    List<Long> latest = new ArrayList<>();
    JsonNode first = auditor.get("/api/audit/entries?order=desc&limit=4").json();
    first.get("entries").forEach(entry -> latest.add(entry.get("seq").asLong()));
    viewer.openConversation();
    auditor
        .get("/api/audit/entries?order=desc&limit=4&cursor=" + first.get("next_cursor").asString())
        .json()
        .get("entries")
        .forEach(entry -> latest.add(entry.get("seq").asLong()));
    assertThat(latest)
        .containsExactlyElementsOf(
            LongStream.iterate(latest.getFirst(), seq -> seq - 1).limit(8).boxed().toList());
  }

  @Test
  void anEntryIsShownWithItsCauseAndItsEffects() {
    JsonNode question = find("type=turn-submitted&conversation=" + conversation).getFirst();
    Awaiting.until(
        "the turn is complete",
        () -> !find("type=turn-completed&conversation=" + conversation).isEmpty());
    JsonNode found = auditor.get("/api/audit/entries/" + question.get("seq").asLong()).json();

    assertThat(found.get("entry").get("payload").get("content").asString()).contains("Xylophone");
    assertThat(found.get("entry").get("content").asString()).isEqualTo("sealed");
    List<String> effects = new ArrayList<>();
    found
        .get("related")
        .forEach(
            entry -> {
              if (question.get("event_id").equals(entry.get("metadata").get("causation_id"))) {
                effects.add(entry.get("type").asString());
              }
            });
    assertThat(effects)
        .contains("intent-classified", "answer-text-appended", "turn-completed")
        .doesNotContain("turn-submitted");
    assertThat(auditor.get("/api/audit/entries/99999999").status()).isEqualTo(404);
  }

  @Test
  void exportsVerifyAndNameWhatWasChanged() throws Exception {
    JsonNode keys = auditor.get("/api/audit/checkpoints").json().get("public_keys");
    var key = SigningKey.publicKey(keys.get(0).get("public_key").asString());
    String whole = auditor.get("/api/audit/entries.jsonl").text();
    Path file = Files.writeString(folder.resolve("whole.jsonl"), whole);
    ExportReport report = ExportVerifier.verify(file, key);
    assertThat(report.problem()).isNull();
    assertThat(report.whole()).isTrue();
    assertThat(whole).as("personal content stays sealed").doesNotContain("Xylophone");

    Path part =
        Files.writeString(
            folder.resolve("part.jsonl"),
            auditor.get("/api/audit/entries.jsonl?type=turn-submitted").text());
    assertThat(ExportVerifier.verify(part, key).problem()).isNull();
    assertThat(ExportVerifier.verify(part, key).whole()).isFalse();

    List<String> lines = new ArrayList<>(whole.lines().toList());
    lines.set(3, lines.get(3).replace("\"actor\":\"", "\"actor\":\"not-"));
    assertThat(ExportVerifier.verify(Files.write(file, lines), key).problem())
        .isNotNull()
        .satisfies(problem -> assertThat(problem.seq()).isEqualTo(3));
  }

  @Test
  void otherFormatsHoldTheEntriesAndTheCheckpointThatCoversThem() throws Exception {
    String csv = auditor.get("/api/audit/entries.csv?conversation=" + conversation).text();
    var rows =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(csv))
            .getRecords();
    assertThat(rows.getLast().get("type")).isEqualTo("checkpoint");
    assertThat(rows.getLast().get("content")).contains("signature", "root_hash");
    assertThat(csv).contains("Xylophone", "access-refused");

    RestClient.Answer pdf = auditor.get("/api/audit/entries.pdf?conversation=" + conversation);
    assertThat(pdf.type()).startsWith("application/pdf");
    assertThat(pdf.text()).startsWith("%PDF");
    Awaiting.until("taking out is logged", () -> find("type=audit-exported").size() >= 2);
  }

  @Test
  void theLogIsFollowedLive() throws Exception {
    try (StompClient live = new StompClient(auditor.base(), auditor.token())) {
      long last =
          auditor
              .get("/api/audit/entries?order=desc&limit=1")
              .json()
              .get("entries")
              .get(0)
              .get("seq")
              .asLong();
      live.subscribeTo("/topic/audit", Map.of("last-seq", Long.toString(last)));
      String fresh = viewer.openConversation();
      List<JsonNode> entries =
          live.until(entry -> fresh.equals(entry.path("conversation_id").asString("")));
      assertThat(entries)
          .extracting(entry -> entry.get("seq").asLong())
          .containsExactlyElementsOf(
              LongStream.rangeClosed(last + 1, last + entries.size()).boxed().toList());
      assertThat(entries.getLast().get("type").asString()).isEqualTo("conversation-opened");
    }
  }

  @Test
  void queriesAreSavedAndForgotten() {
    String name = "Refusals of viewer " + UUID.randomUUID().toString().substring(0, 8);
    String path = "/api/audit/queries/" + name.replace(" ", "%20");
    auditor.put(path, Map.of("actor", "viewer", "outcome", "denied"));
    assertThat(auditor.get("/api/audit/queries").text())
        .contains(name, "\"actor\":\"viewer\"", "\"outcome\":\"denied\"");
    assertThat(auditor.delete(path).status()).isEqualTo(204);
    assertThat(auditor.get("/api/audit/queries").text()).doesNotContain(name);
    assertThat(auditor.put(path, Map.of("outcome", "perhaps")).code()).isEqualTo("invalid_request");
  }

  @Test
  void theLogVerifiesAndProofsAreGiven() {
    JsonNode checkpoint = auditor.post("/api/audit/checkpoints", Map.of()).json();
    long size = checkpoint.get("size").asLong();
    JsonNode verified = auditor.get("/api/audit/verify").json();
    assertThat(verified.has("problem")).isFalse();
    assertThat(verified.get("complete").asBoolean()).isTrue();
    assertThat(verified.get("checkpoints").asInt()).isPositive();
    viewer.openConversation();
    Awaiting.until(
        "the log has grown",
        () -> auditor.post("/api/audit/checkpoints", Map.of()).json().get("size").asLong() > size);
    assertThat(auditor.get("/api/audit/proof?seq=2&size=" + size).json().get("path").size())
        .isPositive();
    assertThat(auditor.get("/api/audit/proof?earlier=" + size).json().get("path").size())
        .isPositive();
    JsonNode activity = auditor.get("/api/audit/activity").json();
    long refused = 0;
    for (JsonNode span : activity.get("spans")) {
      refused += span.get("denied").asLong();
    }
    assertThat(refused).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "entries",
        "entries/1",
        "entries.csv",
        "entries.jsonl",
        "activity",
        "verify",
        "checkpoints",
        "proof?seq=1",
        "queries"
      })
  void nobodyElseLooksIntoIt(String path) {
    for (String user : new String[] {"manager", "admin"}) {
      RestClient other = RestClient.signedIn(auditor.base(), user);
      assertThat(other.get("/api/audit/" + path).code()).isEqualTo("not_permitted");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "entries?cursor=x, 400",
    "entries?from=yesterday, 400",
    "entries?outcome=good, 400",
    "entries?order=up, 400",
    "entries?limit=many, 400",
    "entries?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, 200",
    "entries.xml, 404",
    "activity?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, 400",
    "verify?from=0, 400",
    "proof, 400",
    "proof?seq=0, 400",
    "proof?seq=1&size=999999999, 404",
    "entries?text=%22%27%3B--, 200",
  })
  void badInputGetsAClearAnswer(String path, int status) {
    assertThat(auditor.get("/api/audit/" + path).status()).isEqualTo(status);
  }

  @Test
  void othersCannotFollowItLive() throws Exception {
    try (StompClient other = new StompClient(viewer.base(), viewer.token())) {
      other.subscribeTo("/topic/audit", Map.of());
      assertThat(other.ending()).contains("not_permitted");
    }
  }
}
