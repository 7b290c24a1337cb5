package io.colloquy.app.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.colloquy.app.Awaiting;
import io.colloquy.app.BrowserPage;
import io.colloquy.app.ColloquyTest;
import io.colloquy.app.CuttableNetwork;
import io.colloquy.app.RestClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The page on a network that fails, and beside another one. */
@ColloquyTest
class ConnectionPageTest {

  private static final int ATTEMPTS = 10;

  @LocalServerPort int port;

  private CuttableNetwork network;
  private BrowserPage it;
  private Page page;

  @BeforeEach
  void open() throws IOException {
    network = new CuttableNetwork(port);
    it = BrowserPage.open(network.base());
    page = it.page();
  }

  @AfterEach
  void close() throws IOException {
    it.forgive("net::ERR_");
    it.forgive("WebSocket connection");
    it.close();
    network.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 400, 1500})
  void anAnswerCutOffInItsMiddleComesWholeAndOnce(int bytes) {
    it.signIn("manager");
    it.askAndWait("Total revenue in 2024");
    network.cutAfter(bytes);
    it.ask("Revenue by month and product in 2025");
    Awaiting.until("the network is cut", network::isCut);
    assertThat(page.locator(".connection")).hasText("Connection interrupted. Reconnecting…");
    network.mend();

    Locator answer = page.locator(".turn").last().locator(".answer");
    assertThat(answer).hasAttribute("aria-busy", "false");
    assertThat(page.locator(".connection")).hasCount(0);
    assertThat(page.locator(".turn")).hasCount(2);
    assertThat(page.locator("chart-widget")).hasCount(1);
    assertThat(page.locator(".error")).hasCount(0);
    String conversation = page.url().replaceFirst(".*/c/", "");
    JsonNode turn =
        RestClient.signedIn("http://localhost:" + port, "manager")
            .get("/api/conversations/" + conversation)
            .json()
            .at("/turns/1");
    assertThat(page.evaluate("document.querySelector('chat-view').transcript.turns[1].text"))
        .isEqualTo(turn.get("answer").asString());
  }

  @Test
  void aLostConnectionIsTriedTenTimesEachTimeLaterAndThenGivenUp() {
    page.addInitScript(
        """
        window.opened = 0;
        window.WebSocket = class extends WebSocket {
          constructor(...given) { super(...given); window.opened += 1; }
        };
        """);
    page.clock().install();
    it.signIn("viewer");
    it.askAndWait("Total revenue in 2024");
    // Otherwise it goes on by itself, and a slow machine takes more than is left of a wait.
    page.clock().pauseAt(((Number) page.evaluate("Date.now()")).longValue() + 60_000);
    network.cut();
    assertThat(page.locator(".connection")).hasText("Connection interrupted. Reconnecting…");
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Object before = page.evaluate("opened");
      Object waiting = "document.querySelector('chat-view').link.attempts === " + attempt;
      page.waitForCondition(() -> page.evaluate(waiting.toString()).equals(true));
      page.clock().runFor(2000L * attempt - 200);
      assertThat(page.evaluate("opened"))
          .as("attempt %d comes no earlier", attempt)
          .isEqualTo(before);
      page.clock().runFor(400);
      page.waitForCondition(() -> !page.evaluate("opened").equals(before));
    }
    assertThat(page.locator(".connection")).hasText("Connection lost. Please refresh.");
    network.mend();
    page.reload();
    assertThat(page.locator(".metric")).isVisible();
    assertThat(page.locator(".connection")).hasCount(0);
  }

  @Test
  void aQuestionAskedWhileTheConnectionIsDownIsSentWhenItIsBack() {
    it.signIn("viewer");
    it.askAndWait("Total revenue in 2024");
    network.cut();
    assertThat(page.locator(".connection")).hasText("Connection interrupted. Reconnecting…");
    it.ask("Total revenue in 2025");
    network.mend();
    assertThat(page.locator(".metric")).hasCount(2);
    assertThat(page.locator(".connection")).hasCount(0);
  }

  @Test
  void aQuestionThatWaitsForTheConnectionIsNotAskedElsewhere() {
    it.signIn("viewer");
    it.askAndWait("Total revenue in 2023");
    String first = page.url();
    it.startAnew();
    it.askAndWait("Total revenue in 2024");
    network.cut();
    assertThat(page.locator(".connection")).hasText("Connection interrupted. Reconnecting…");
    it.ask("Total revenue in 2025");
    network.mend();
    page.navigate(first);
    assertThat(page.locator("chat-view .question")).hasText("Total revenue in 2023");
    it.askAndWait("Total revenue in 2022");
    assertThat(page.locator("chat-view .question")).hasCount(2);
  }

  @Test
  void twoBrowsersInOneConversationSeeTheSame() {
    it.signIn("manager");
    it.askAndWait("Sales by region in 2025");
    try (BrowserPage another = BrowserPage.open(port)) {
      another.signIn("manager");
      another.page().navigate(page.url().replaceFirst(".*#", "/#"));
      assertThat(another.page().locator("chart-widget canvas")).isVisible();
      another.ask("Total revenue in 2025");
      assertThat(page.locator(".question").last()).hasText("Total revenue in 2025");
      assertThat(page.locator(".metric")).isVisible();
      it.button("View Details").first().click();
      assertThat(another.page().locator("table-widget tbody tr").first()).isVisible();
      it.button("Edit: Total revenue in 2025").click();
      page.getByLabel("Edit your question").fill("Total revenue in 2023");
      it.button("Send").click();
      assertThat(another.page().locator("chat-view > section > turn-view")).hasCount(2);
      assertThat(another.page().locator(".question").last()).hasText("Total revenue in 2023");
      for (Page each : new Page[] {page, another.page()}) {
        assertThat(each.locator(".metric")).hasCount(1);
        assertThat(each.locator("card-widget h3").last()).hasText("2023 Revenue");
      }
    }
  }

  @Test
  void whoeverIsSignedOutInOneTabIsSentToSignInAgain() {
    it.signIn("viewer");
    it.askAndWait("Total revenue in 2024");
    it.context().clearCookies();
    it.link("Sources").click();
    assertThat(page.locator(".sign-in form")).isVisible();
    it.forgive("401");
  }
}
