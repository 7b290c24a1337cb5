package io.colloquy.app.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.colloquy.app.RestClient;
import java.nio.file.Files;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Conversations on the page, as a person has them. */
class ChatPageTest extends PageTest {

  private static final String QUESTION = "Show me Q2 sales by region with drill-down";

  @Test
  void aPersonAsksDrillsDownAndExports() throws Exception {
    it.signIn("manager");
    it.ask(QUESTION);
    assertThat(page.getByText("comes to")).isVisible();
    Locator chart = page.locator("chart-widget");
    assertThat(chart.locator("canvas")).isVisible();
    assertThat(page.locator(".citations")).containsText("Sales ledger");

    it.button("View Details").click();
    assertThat(page.locator("table-widget tbody tr").first()).containsText("East");
    page.setViewportSize(1280, 1480);
    it.screenshot("chat");

    Download download =
        page.waitForDownload(
            () ->
                page.locator("widget-view")
                    .first()
                    .getByRole(
                        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Export CSV"))
                    .click());
    assertThat(download.suggestedFilename()).isEqualTo("q2_2026_sales_by_region.csv");
    assertThat(Files.readString(download.path()))
        .startsWith("Region,Revenue ($)")
        .contains("West,");
  }

  @Test
  void aReloadShowsWhatWasThereAndGoesOn() {
    it.signIn("analyst");
    it.ask(QUESTION);
    assertThat(page.locator("chart-widget canvas")).isVisible();
    page.reload();
    assertThat(page.locator("chart-widget canvas")).isVisible();
    assertThat(page.locator(".question")).containsText(QUESTION);
    it.ask("Total revenue in 2025");
    assertThat(page.locator(".metric")).containsText("$");
    assertThat(page.locator("chart-widget")).hasCount(1);
  }

  @Test
  void aFilterIsInStepBetweenTwoTabsAndObeyed() {
    it.signIn("viewer");
    it.ask("Sales by product");
    assertThat(page.locator("chart-widget canvas")).isVisible();
    Page other = it.newTab();
    other.navigate(page.url());
    assertThat(other.locator("chart-widget canvas")).isVisible();

    page.getByText("Add a filter").click();
    page.getByLabel("What").fill("region");
    page.getByLabel("Values").fill("North, South");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add").setExact(true))
        .click();
    assertThat(page.locator(".chip")).containsText("region: North, South");
    assertThat(other.locator(".chip")).containsText("region: North, South");

    it.ask("Units by product");
    assertThat(page.getByText("active filters: region North, South")).isVisible();
    assertThat(page.locator("chart-widget h3").last()).containsText("region North, South");
    other.locator(".chip button").click();
    assertThat(page.locator(".chip")).hasCount(0);
    other.close();
  }

  @Test
  void aDeepLinkOpensWithWhatItCarries() {
    it.signIn("viewer");
    it.ask("Go to the sales dashboard for Q2 2026 in the North");
    assertThat(page.locator("navigation-widget .badge")).containsText("Data to");
    page.locator("navigation-widget button").first().click();
    assertThat(page.getByText("Opened from 2026-04-01 to 2026-06-30 for North")).isVisible();
    it.button("Top 5 products by units").click();
    assertThat(page.locator("chart-widget h3")).containsText("North");
  }

  @Test
  void theKeyboardIsEnough() {
    it.signIn("analyst");
    page.getByLabel("Your question").focus();
    page.keyboard().type(QUESTION);
    page.keyboard().press("Enter");
    Locator figures = page.locator("chart-widget summary");
    assertThat(figures).isVisible();
    figures.focus();
    page.keyboard().press("Enter");
    page.locator("chart-widget")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("North"))
        .focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("table-widget h3")).hasText("Details for North");
  }

  @Test
  void aQuestionThatDoesNotSayWhatAboutIsAskedBackWithChoices() throws Exception {
    it.signIn("viewer");
    it.ask("show me the top 5");
    page.locator(".choices").getByRole(AriaRole.BUTTON).first().click();
    assertThat(page.locator("chart-widget canvas")).isVisible();
    assertThat(page.locator(".question").last()).containsText("Top 5");
  }

  @Test
  void aQuestionIsEditedInItsOwnPlaceAndWhatWasThereCanStillBeRead() {
    it.signIn("viewer");
    it.askAndWait("Total revenue in 2024");
    it.askAndWait("and in 2023?");
    it.button("Edit: Total revenue in 2024").click();
    page.getByLabel("Edit your question").fill("Total revenue in 2025");
    page.getByLabel("Edit your question").press("Escape");
    assertThat(page.locator(".question").first()).hasText("Total revenue in 2024");
    it.button("Edit: Total revenue in 2024").click();
    page.getByLabel("Edit your question").fill("Total revenue in 2025");
    it.button("Send").click();
    Locator turns = page.locator("chat-view > section > turn-view");
    assertThat(turns).hasCount(1);
    assertThat(turns.locator(".question")).hasText("Total revenue in 2025");
    assertThat(turns.locator("card-widget h3")).hasText("2025 Revenue");

    page.reload();
    assertThat(turns).hasCount(1);
    page.getByText("Asked anew. What was there before").click();
    assertThat(page.locator(".versions .question")).hasCount(2);
    assertThat(page.locator(".versions")).containsText("Total revenue in 2024");

    it.askAndWait("and for the north?");
    assertThat(page.locator("card-widget h3").last()).containsText("2025");
  }

  /** Answers are quick here, so the page is made to ask for the stop in the same breath. */
  @Test
  void anAnswerIsStoppedAndTriedAgain() {
    it.signIn("viewer");
    page.evaluate(
        """
        (() => {
          const { send } = WebSocket.prototype;
          WebSocket.prototype.send = function (message) {
            send.call(this, message);
            if (!/^SEND\\ndestination:\\/app\\/conversations\\/[^/]+\\/turns\\n/.test(message)) return;
            WebSocket.prototype.send = send;
            const { turn_id } = JSON.parse(message.slice(message.indexOf('{'), -1));
            document.querySelector('chat-view').link.send(`turns/${turn_id}/cancel`, {});
          };
        })()""");
    it.ask("Revenue by month and product in 2024");
    assertThat(page.getByText("Stopped.")).isVisible();
    it.button("Try again").click();
    assertThat(page.locator("chart-widget canvas")).isVisible();
    assertThat(page.getByText("Stopped.")).hasCount(0);
  }

  @Test
  void whileAnAnswerIsUnderWayItCanBeStopped() {
    it.signIn("viewer");
    it.askAndWait("Total revenue in 2024");
    assertThat(it.button("Stop")).hasCount(0);
    page.evaluate(
        """
        document.querySelector('chat-view').link.received(
          {seq: 900001, turn_id: 'slow', type: 'status', content: 'Generating visualization...'})""");
    assertThat(page.locator(".skeleton")).isVisible();
    it.button("Stop").click();
    assertThat(page.locator("chat-view > .error")).containsText("There is no such turn");
  }

  @Test
  void conversationsAreFoundAndRenamedInAllTabs() {
    it.signIn("exporter");
    String name = "Hieronymus" + UUID.randomUUID().toString().substring(0, 8);
    it.askAndWait("Laptops in Zanzibar, says " + name);
    it.startAnew();
    it.askAndWait("Total revenue in 2024");
    Locator list = page.locator(".conversations li");
    page.getByLabel("Search conversations").fill(name.toLowerCase(Locale.ROOT));
    assertThat(list).hasCount(1);
    page.getByLabel("Search conversations").fill("nobody ever said this");
    assertThat(page.getByText("Nothing found.")).isVisible();
    page.getByLabel("Search conversations").fill(name.toLowerCase(Locale.ROOT));
    list.locator("a").click();
    Page other = it.newTab();
    other.navigate(page.url());
    assertThat(other.locator(".question")).containsText(name);
    list.locator("button").click();
    page.getByLabel("New title").fill("A <b>bold</b> name");
    page.getByLabel("New title").press("Enter");
    assertThat(list.locator("a")).hasText("A <b>bold</b> name");
    assertThat(list.locator("button")).isFocused();
    assertThat(other.locator("chat-view h1")).hasText("A <b>bold</b> name");
    assertThat(other.locator(".conversations")).containsText("A <b>bold</b> name");
  }

  @Test
  void aWidgetHasALinkOfItsOwn() {
    it.signIn("viewer");
    it.askAndWait("Total revenue in 2024");
    it.askAndWait("Total revenue in 2025");
    page.locator("widget-view").first().getByText("Link").click();
    assertThat(page.locator("widget-view section").first()).isFocused();
    page.reload();
    assertThat(page.locator("widget-view section").first()).isFocused();
    page.navigate(page.url().replaceFirst("/w/.*", "/w/none"));
    assertThat(page.getByText("This widget is not in the conversation.")).isVisible();
  }

  @Test
  void whatIsSuggestedCanBeAsked() {
    it.signIn("viewer");
    page.locator("suggestion-list button").first().click();
    assertThat(page.locator("widget-view").first()).isVisible();
  }

  @Test
  void whatTheServerDoesNotTakeIsGivenBack() {
    it.signIn("viewer");
    String tooLong = "word ".repeat(4000);
    it.ask(tooLong);
    assertThat(page.locator("chat-view > .error")).isVisible();
    assertThat(page.locator(".turn")).hasCount(0);
    assertThat(page.locator("#question")).hasValue(tooLong.strip());
  }

  @Test
  void somebodyElsesConversationIsRefusedInWords() {
    it.signIn("viewer");
    String others = RestClient.signedIn("http://localhost:" + port, "manager").openConversation();
    page.navigate("/#/c/" + others);
    assertThat(page.locator("chat-view > .error")).containsText("do not take part");
    it.forgive("403");
  }
}
