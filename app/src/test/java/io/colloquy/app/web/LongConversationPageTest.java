package io.colloquy.app.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.colloquy.api.access.Actor;
import io.colloquy.api.conversation.ConversationCommand.ForkConversation;
import io.colloquy.api.conversation.ConversationCommand.ForkConversation.Carried;
import io.colloquy.api.conversation.ConversationEvent;
import io.colloquy.api.conversation.ConversationEvent.AnswerTextAppended;
import io.colloquy.api.conversation.ConversationEvent.TurnCompleted;
import io.colloquy.api.conversation.ConversationEvent.TurnSubmitted;
import io.colloquy.api.conversation.ConversationEvent.WidgetGenerated;
import io.colloquy.api.json.Json;
import io.colloquy.api.turn.Timings;
import io.colloquy.api.widget.WidgetDescriptor;
import io.colloquy.app.Awaiting;
import io.colloquy.app.BrowserPage;
import io.colloquy.app.ColloquyTest;
import io.colloquy.app.RestClient;
import io.colloquy.command.gateway.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.node.ObjectNode;

/** A conversation of 250 turns with 500 WIDGET_IDS. */
@ColloquyTest
class LongConversationPageTest {

  private static final int TURNS = 250;
  private static final int MOST_DRAWN = 30;
  private static final Actor VIEWER = new Actor("viewer", Set.of("viewer"), null);
  private static final Path WIDGETS = Path.of("../shared-api/src/test/resources/golden/widgets");

  @LocalServerPort int port;
  @Autowired Commands commands;

  /** Made once for all tests: they only read it. */
  private static final List<String> WIDGET_IDS = new ArrayList<>();

  private static @Nullable String conversation;

  private BrowserPage it;
  private Page page;

  @BeforeEach
  void open() throws IOException {
    if (conversation == null) {
      conversation = longConversation();
    }
    RestClient rest = RestClient.signedIn("http://localhost:" + port, "viewer");
    Awaiting.until(
        "the conversation can be read",
        () -> rest.get("/api/conversations/" + conversation).json().get("turns").size() == TURNS);
    it = BrowserPage.open(port);
    page = it.page();
    it.signIn("viewer");
  }

  @AfterEach
  void close() {
    it.close();
  }

  @Test
  void itOpensAtItsEndLoadsWhatIsScrolledToAndKeepsFewWidgetsDrawn() {
    page.navigate("/#/c/" + conversation);
    assertThat(page.locator("#widget-" + WIDGET_IDS.getLast())).isInViewport();
    assertThat(page.locator(".turn")).hasCount(20);

    int shown = 20;
    while (shown < TURNS) {
      page.evaluate("window.scrollTo(0, 0)");
      int before = shown;
      page.waitForCondition(() -> page.locator(".turn").count() > before);
      shown = page.locator(".turn").count();
      assertThat(drawn()).isLessThanOrEqualTo(MOST_DRAWN);
    }
    assertThat(page.locator(".turn")).hasCount(TURNS);
    assertThat(page.locator("widget-view")).hasCount(2 * TURNS);
    // What was loaded last is still being put in above.
    page.waitForCondition(
        () ->
            page.evaluate(
                    """
                    (() => { window.scrollTo(0, 0);
                      const { top } = document.querySelector('.question').getBoundingClientRect();
                      return top > 0 && top < innerHeight; })()""")
                .equals(true));
    assertThat(page.locator(".question").first()).hasText("Question 0");
    assertThat(page.locator("chart-widget canvas").first()).isVisible();
    for (int place = 0; place <= 10; place++) {
      page.evaluate(
          "share => window.scrollTo(0, document.documentElement.scrollHeight * share)",
          place / 10.0);
      page.waitForCondition(
          () ->
              page.evaluate(
                      """
                      [...document.querySelectorAll('widget-view')].filter(widget => {
                        const { top, bottom } = widget.getBoundingClientRect();
                        return bottom > 0 && top < innerHeight && widget.descriptor.widget_type === 'chart';
                      }).every(widget => widget.querySelector('canvas'))""")
                  .equals(true));
      assertThat(drawn()).isLessThanOrEqualTo(MOST_DRAWN);
    }
  }

  @Test
  void whatIsLookedAtStaysWhereItIsWhenEarlierTurnsAreLoaded() {
    page.navigate("/#/c/" + conversation);
    assertThat(page.locator("#widget-" + WIDGET_IDS.getLast())).isInViewport();
    page.evaluate("window.scrollTo(0, 0)");
    page.waitForCondition(() -> page.locator(".turn").count() > 20);
    assertThat(page.getByText("Question 230", exactly())).isInViewport();
  }

  @Test
  void aLinkLeadsToAWidgetHoweverFarBackItIs() {
    String early = WIDGET_IDS.get(61);
    page.navigate("/#/c/" + conversation + "/w/" + early);
    assertThat(page.locator("#widget-" + early)).isInViewport();
    assertThat(page.locator("#widget-" + early + " section")).isFocused();
  }

  private int drawn() {
    return page.locator("chart-widget canvas").count() + page.locator("table-widget table").count();
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }

  /** What is carried over from elsewhere is not answered anew, so it can be anything. */
  private String longConversation() throws IOException {
    String id = UUID.randomUUID().toString();
    ObjectNode chart = widget("chart.json");
    ObjectNode table = widget("table.json");
    List<Carried> carried = new ArrayList<>();
    for (int i = 0; i < TURNS; i++) {
      String turn = "t-" + i;
      add(carried, new TurnSubmitted(id, turn, "Question " + i, null));
      add(carried, new AnswerTextAppended(id, turn, 0, "Answer " + i));
      for (ObjectNode widget : List.of(chart, table)) {
        String widgetId = UUID.randomUUID().toString();
        WIDGET_IDS.add(widgetId);
        WidgetDescriptor descriptor =
            Json.MAPPER.treeToValue(
                widget.deepCopy().put("widget_id", widgetId), WidgetDescriptor.class);
        add(carried, new WidgetGenerated(id, turn, null, null, descriptor.withActions(List.of())));
      }
      add(carried, new TurnCompleted(id, turn, "embedded", null, null, new Timings(0, 0, 0)));
    }
    commands.send(new ForkConversation(id, "A long one", "elsewhere", 0, carried, VIEWER), VIEWER);
    return id;
  }

  private static void add(List<Carried> carried, ConversationEvent event) {
    carried.add(new Carried(event, carried.size(), "viewer"));
  }

  private static ObjectNode widget(String file) throws IOException {
    return (ObjectNode) Json.MAPPER.readTree(Files.readString(WIDGETS.resolve(file)));
  }
}
