package io.colloquy.app.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.colloquy.app.BrowserPage;
import io.colloquy.app.RestClient;
import org.junit.jupiter.api.Test;

/** The audit log, replay and operations on the page. */
class LogPageTest extends PageTest {

  private static final String QUESTION = "Show me Q2 sales by region with drill-down";

  @Test
  void theAuditorSeesEveryStep() {
    it.signIn("manager");
    it.ask(QUESTION);
    assertThat(page.locator("chart-widget canvas")).isVisible();
    it.signOut();

    it.signIn("auditor");
    it.link("Audit").click();
    it.button("Verify the log").click();
    assertThat(page.getByText("are as they were written")).isVisible();
    assertThat(page.locator(".checked")).containsText("root and last hash");
    assertThat(page.locator("activity-chart canvas")).isVisible();
    it.screenshot("audit");

    page.getByLabel("Event").fill("widget-generated");
    it.button("Search").click();
    assertThat(page.locator("table.audit tbody tr").first()).containsText("widget-generated");
    page.getByLabel("Name of this query").fill("Widgets");
    it.button("Save query").click();
    assertThat(page.locator(".chip").filter(new Locator.FilterOptions().setHasText("Widgets")))
        .isVisible();

    page.locator("table.audit tbody tr button").first().click();
    Locator entry = page.locator("dialog.entry");
    assertThat(entry.locator(".tree")).containsText("turn-submitted");
    assertThat(entry.locator(".tree ul")).containsText("widget-generated");
    it.screenshot("audit-entry");
    Download download =
        page.waitForDownload(
            () -> {
              BrowserPage.button(entry, "Close").click();
              it.button("Export CSV").click();
            });
    assertThat(download.suggestedFilename()).startsWith("audit-").endsWith(".csv");
    it.assertFits(375);
  }

  @Test
  void theAuditorFollowsTheLogLive() {
    it.signIn("auditor");
    it.link("Audit").click();
    assertThat(page.locator("table.audit")).isVisible();
    page.getByLabel("Follow live").check();
    String opened = RestClient.signedIn("http://localhost:" + port, "viewer").openConversation();
    assertThat(page.locator("table.audit tbody tr").first()).containsText("conversation-opened");
    assertThat(page.locator("table.audit tbody tr").first().locator("a"))
        .hasAttribute("href", "#/replay/" + opened);
  }

  @Test
  void aConversationIsReplayedExplainedAskedAgainAndForked() {
    it.signIn("manager");
    it.ask("Sales by region in 2025");
    assertThat(page.locator("chart-widget canvas")).isVisible();
    assertThat(page.locator(".citations")).isVisible();
    it.link("Replay this conversation").click();
    Locator seen = page.locator(".seen");
    assertThat(seen.locator("chart-widget canvas")).isVisible();

    it.button("To the beginning").click();
    assertThat(seen).containsText("The client had seen nothing yet.");
    it.button("One event on").click();
    assertThat(seen.locator(".question")).containsText("Sales by region in 2025");
    assertThat(seen).containsText("Analyzing query...");
    page.getByLabel("Pace").selectOption("20");
    it.button("Play").click();
    assertThat(seen.locator("chart-widget canvas")).isVisible();
    assertThat(it.button("Play")).isVisible();

    it.button("Why this answer?").click();
    Locator reasons = page.locator("turn-reasons");
    assertThat(reasons).containsText("a breakdown into categories: bar");
    BrowserPage.button(reasons, "Compare").click();
    assertThat(reasons.locator(".compare chart-widget canvas")).hasCount(2);
    assertThat(reasons).containsText("The same in plan, data, text and widgets.");
    page.setViewportSize(1280, 1600);
    it.screenshot("replay");
    it.assertFits(375);

    it.button("Fork here").click();
    assertThat(page.locator("chat-view chart-widget canvas")).isVisible();
    it.ask("only the north");
    assertThat(page.locator("chat-view .turn")).hasCount(2);
  }

  @Test
  void anAdministratorRebuildsAndErases() {
    it.signIn("viewer");
    it.ask("Total revenue in 2025, says Rumpelstiltskin");
    assertThat(page.locator("chat-view .answer .text")).isVisible();
    it.signOut();

    it.signIn("admin");
    it.link("Operations").click();
    it.button("Build audit-log anew").click();
    assertThat(page.getByText("the same as the one that serves").first()).isVisible();
    it.button("Build conversation-state anew").click();
    assertThat(page.getByText("it took the place of the one before").first()).isVisible();
    page.getByLabel("Somebody else").fill("grace");
    page.getByLabel("Role").selectOption("auditor");
    it.button("Give this role").click();
    Locator given = page.getByLabel("auditor for grace");
    assertThat(given).isChecked();
    it.screenshot("operations");
    it.assertFits(375);
    given.uncheck();
    assertThat(given).hasCount(0);
    page.getByLabel("admin for admin").click();
    assertThat(page.getByText("Another administrator has to take this role")).isVisible();
    assertThat(page.getByLabel("admin for admin")).isChecked();
    it.forgive("403");
    page.getByLabel("Person").fill("viewer");
    it.button("Erase what they wrote").click();
    page.locator("operations-page confirm-dialog")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Confirm"))
        .click();
    assertThat(page.getByText("What viewer wrote is erased.")).isVisible();
    it.signOut();

    it.signIn("viewer");
    assertThat(page.locator("conversation-list")).not().containsText("Rumpelstiltskin");
    assertThat(page.locator("conversation-list")).containsText("[private]");
  }
}
