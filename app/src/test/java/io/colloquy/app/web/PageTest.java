package io.colloquy.app.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.colloquy.app.ColloquyTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The page in a real browser, as a person uses it. */
@ColloquyTest
class PageTest {

  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final String QUESTION = "Show me Q2 sales by region with drill-down";

  private static Playwright playwright;
  private static Browser browser;

  @LocalServerPort int port;

  private BrowserContext context;
  private Page page;
  private final List<String> complaints = new ArrayList<>();

  @BeforeAll
  static void startBrowser() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(
                        Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium")))
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  @AfterAll
  static void stopBrowser() {
    browser.close();
    playwright.close();
  }

  @BeforeEach
  void openPage() {
    open(ColorScheme.LIGHT);
  }

  private void open(ColorScheme scheme) {
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL("http://localhost:" + port)
                .setViewportSize(1280, 900)
                .setColorScheme(scheme));
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
  }

  @AfterEach
  void closePage() {
    context.close();
    assertThat(complaints).as("what the browser complained about").isEmpty();
  }

  @Test
  void aPersonAsksDrillsDownAndExports() throws Exception {
    signIn("manager");
    ask(QUESTION);
    assertThat(page.getByText("comes to")).isVisible();
    Locator chart = page.locator("chart-widget");
    assertThat(chart.locator("canvas")).isVisible();
    assertThat(page.locator(".citations")).containsText("Sales ledger");

    page.getByRole(AriaRole.BUTTON, named("View Details")).click();
    assertThat(page.locator("table-widget .tabulator-row").first()).containsText("East");
    page.setViewportSize(1280, 1480);
    screenshot("chat");

    Download download =
        page.waitForDownload(
            () ->
                page.locator("widget-view")
                    .first()
                    .getByRole(AriaRole.BUTTON, inWidget("Export CSV"))
                    .click());
    assertThat(download.suggestedFilename()).isEqualTo("q2_2026_sales_by_region.csv");
    assertThat(Files.readString(download.path()))
        .startsWith("Region,Revenue ($)")
        .contains("West,");
  }

  @Test
  void aReloadShowsWhatWasThereAndGoesOn() {
    signIn("analyst");
    ask(QUESTION);
    assertThat(page.locator("chart-widget canvas")).isVisible();
    page.reload();
    assertThat(page.locator("chart-widget canvas")).isVisible();
    assertThat(page.locator(".question")).containsText(QUESTION);
    ask("Total revenue in 2025");
    assertThat(page.locator(".metric")).containsText("$");
    assertThat(page.locator("chart-widget")).hasCount(1);
  }

  @Test
  void aSearchFormAndNavigationCardsWork() {
    signIn("viewer");
    ask("Help me find customers in New York");
    assertThat(page.getByLabel("City").first()).hasValue("New York");
    page.getByLabel("City").first().fill("Austin");
    page.locator("form-widget select").selectOption("TX");
    page.getByRole(AriaRole.BUTTON, named("Search")).click();
    assertThat(page.locator("table-widget").last()).containsText("Austin");

    ask("What can I do with sales data?");
    page.getByRole(AriaRole.BUTTON, named("Customer Insights")).click();
    assertThat(
            page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName("Customer Insights")))
        .isVisible();
    page.getByRole(AriaRole.BUTTON, named("Top 10 customers")).click();
    assertThat(page.locator("chart-widget canvas")).isVisible();
  }

  @Test
  void aFormOfEveryFieldIsCheckedConfirmedAndSent() {
    signIn("viewer");
    ask("Add a new customer");
    Locator form = page.locator("form-widget");
    form.getByLabel("Customer name *").fill("?!");
    form.getByLabel("City *").fill("Austin");
    form.getByLabel("State *").selectOption("TX");
    form.getByLabel("Online").check();
    form.getByLabel("Expected revenue ($)").fill("50000");
    form.getByLabel("Customer since").fill("2026-01-31");
    form.getByLabel("From").fill("2026-02-01");
    form.getByLabel("To", new Locator.GetByLabelOptions().setExact(true)).fill("2026-12-31");
    form.getByLabel("Wants the newsletter").check();
    form.getByLabel("Notes").fill("Knows us from a fair.");
    screenshot("form");
    form.getByRole(AriaRole.BUTTON, inWidget("Send")).click();
    page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, inWidget("Confirm")).click();
    assertThat(form.locator(".error")).containsText("Please keep to the form shown");
    complaints.removeIf(text -> text.contains("422")); // The refusal just seen.

    form.getByLabel("Customer name *").fill("Zephyr Foods");
    form.getByRole(AriaRole.BUTTON, inWidget("Send")).click();
    page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, inWidget("Cancel")).click();
    assertThat(page.locator("widget-view .done")).hasCount(0);
    form.getByRole(AriaRole.BUTTON, inWidget("Send")).click();
    page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, inWidget("Confirm")).click();
    assertThat(page.locator("widget-view .done")).containsText("Your request is recorded");
  }

  @Test
  void aFilterIsInStepBetweenTwoTabsAndObeyed() {
    signIn("viewer");
    ask("Sales by product");
    assertThat(page.locator("chart-widget canvas")).isVisible();
    Page other = context.newPage();
    String token = (String) page.evaluate("sessionStorage.getItem('colloquy-token')");
    other.addInitScript("sessionStorage.setItem('colloquy-token', '" + token + "')");
    other.navigate(page.url());
    assertThat(other.locator("chart-widget canvas")).isVisible();

    page.getByText("Add a filter").click();
    page.getByLabel("What").fill("region");
    page.getByLabel("Values").fill("North, South");
    page.getByRole(AriaRole.BUTTON, named("Add").setExact(true)).click();
    assertThat(page.locator(".chip")).containsText("region: North, South");
    assertThat(other.locator(".chip")).containsText("region: North, South");

    ask("Units by product");
    assertThat(page.getByText("active filters: region North, South")).isVisible();
    assertThat(page.locator("chart-widget h3").last()).containsText("region North, South");
    other.locator(".chip button").click();
    assertThat(page.locator(".chip")).hasCount(0);
    other.close();
  }

  @Test
  void aLongTableIsPagedByTheServer() {
    signIn("viewer");
    ask("Sales by date and product as a table");
    Locator table = page.locator("table-widget");
    assertThat(table.locator(".hint")).hasText("7,000 rows.");
    table.getByRole(AriaRole.BUTTON, inWidget("Next Page")).click();
    assertThat(table.locator(".tabulator-row").first()).containsText("2023-02-10");
    table.getByLabel("Filter Product").pressSequentially("Phone");
    assertThat(table.locator(".hint")).hasText("1,400 rows.");
    assertThat(table.locator(".tabulator-row").first()).containsText("Phone");
  }

  @Test
  void aHeatMapIsDrawnDrilledIntoAndExported() {
    signIn("manager");
    ask("Heat map of revenue by region and quarter in 2025");
    Locator map = page.locator("custom-widget");
    assertThat(map.locator("td")).hasCount(16);
    screenshot("heatmap");
    map.getByRole(AriaRole.BUTTON, inWidget("North, 2025 Q1")).click();
    assertThat(page.locator("table-widget h3")).hasText("Details for 2025 Q1, North");
    for (String format : List.of("Excel", "PDF")) {
      Download download =
          page.waitForDownload(
              () ->
                  page.locator("widget-view")
                      .first()
                      .getByRole(AriaRole.BUTTON, inWidget("Export " + format))
                      .click());
      assertThat(download.suggestedFilename()).endsWith(format.equals("PDF") ? ".pdf" : ".xlsx");
    }
  }

  @Test
  void aDeepLinkOpensWithWhatItCarries() {
    signIn("viewer");
    ask("Go to the sales dashboard for Q2 2026 in the North");
    assertThat(page.locator("navigation-widget .badge")).containsText("Data to");
    page.getByRole(AriaRole.BUTTON, named("Sales Dashboard")).click();
    assertThat(page.getByText("Opened from 2026-04-01 to 2026-06-30 for North")).isVisible();
    page.getByRole(AriaRole.BUTTON, named("Top 5 products by units")).click();
    assertThat(page.locator("chart-widget h3")).containsText("North");
  }

  @Test
  void theThemeIsKeptForThePerson() {
    signIn("exporter");
    page.getByLabel("Theme").selectOption("dark");
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    page.getByRole(AriaRole.BUTTON, named("Sign out")).click();
    page.reload();
    signIn("exporter");
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
  }

  @Test
  void theKeyboardIsEnough() {
    signIn("analyst");
    page.getByLabel("Your question").focus();
    page.keyboard().type(QUESTION);
    page.keyboard().press("Enter");
    Locator figures = page.locator("chart-widget summary");
    assertThat(figures).isVisible();
    figures.focus();
    page.keyboard().press("Enter");
    page.locator("chart-widget").getByRole(AriaRole.BUTTON, inWidget("North")).focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("table-widget h3")).hasText("Details for North");
  }

  @Test
  void anAnswerCutOffGoesOnAfterTheReconnect() {
    signIn("viewer");
    ask("Total revenue in 2024");
    assertThat(page.locator(".metric")).hasCount(1);
    page.evaluate("document.querySelector('chat-view').link.client.forceDisconnect()");
    assertThat(page.locator(".connection")).hasText("Connection interrupted. Reconnecting…");
    ask("Total revenue in 2025");
    assertThat(page.locator(".metric")).hasCount(2);
    assertThat(page.locator(".connection")).hasCount(0);
  }

  @Test
  void theAuditorSeesEveryStep() {
    signIn("manager");
    ask(QUESTION);
    assertThat(page.locator("chart-widget canvas")).isVisible();
    page.getByRole(AriaRole.BUTTON, named("Sign out")).click();

    signIn("auditor");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Audit")).click();
    page.getByLabel("Type").fill("widget-generated");
    page.getByRole(AriaRole.BUTTON, named("Search")).click();
    assertThat(page.locator("table.audit tbody tr").first()).containsText("widget-generated");
    screenshot("audit");
  }

  @Test
  void theDarkPageShowsTheSame() {
    context.close();
    open(ColorScheme.DARK);
    signIn("manager");
    ask("Revenue over time by region");
    assertThat(page.locator("chart-widget canvas")).isVisible();
    screenshot("chat-dark");
  }

  @Test
  void aFileIsBroughtAskedAboutAndItsRowsOpenBesideTheAnswer() throws Exception {
    signIn("manager");
    page.getByRole(AriaRole.LINK, named("Sources")).click();
    page.getByLabel("File (CSV")
        .setInputFiles(
            new FilePayload(
                "canteen.csv",
                "text/csv",
                "Served on,Canteen,Meals\n2025-03-01,Upstairs,120\n2025-03-02,Downstairs,80\n"
                    .getBytes(StandardCharsets.UTF_8)));
    page.getByRole(AriaRole.BUTTON, named("Upload")).click();
    Locator source =
        page.locator(".sources > li").filter(new Locator.FilterOptions().setHasText("canteen"));
    assertThat(source.getByText("Ready")).isVisible();
    assertThat(source.getByText("2 rows, 3 columns")).isVisible();
    source.getByLabel("Other words for Meals").fill("lunches");
    source.getByRole(AriaRole.BUTTON, inWidget("Save")).click();
    assertThat(source.getByText("Saved.")).isVisible();
    screenshot("sources");

    page.getByRole(AriaRole.LINK, named("Conversations")).click();
    ask("lunches by canteen");
    assertThat(page.locator("chart-widget canvas")).isVisible();
    page.locator(".citations summary").click();
    page.getByRole(AriaRole.BUTTON, named("Open what was read")).click();
    assertThat(page.locator(".cited")).containsText("canteen.csv, A2:C3");
    assertThat(page.locator(".cited tbody tr").first()).containsText("Upstairs");

    page.getByRole(AriaRole.LINK, named("Sources")).click();
    source.getByRole(AriaRole.BUTTON, inWidget("Remove")).click();
    page.locator("sources-page confirm-dialog")
        .getByRole(AriaRole.BUTTON, inWidget("Confirm"))
        .click();
    assertThat(source).hasCount(0);
  }

  @Test
  void aQuestionThatDoesNotSayWhatAboutIsAskedBackWithChoices() throws Exception {
    signIn("viewer");
    ask("show me the top 5");
    page.locator(".choices").getByRole(AriaRole.BUTTON).first().click();
    assertThat(page.locator("chart-widget canvas")).isVisible();
    assertThat(page.locator(".question").last()).containsText("Top 5");
  }

  @Test
  void aFileThatCannotBeReadSaysWhyOnThePage() {
    signIn("analyst");
    page.navigate("/#/sources");
    page.getByLabel("File (CSV")
        .setInputFiles(
            new FilePayload(
                "broken.csv", "text/csv", "a,b\n1,2\n1,2,3\n".getBytes(StandardCharsets.UTF_8)));
    page.getByRole(AriaRole.BUTTON, named("Upload")).click();
    assertThat(
            page.getByText("Row 3 has 3 cells, but the table has 2 columns. Nothing was imported."))
        .isVisible();
    Locator source =
        page.locator(".sources > li").filter(new Locator.FilterOptions().setHasText("broken"));
    source.getByRole(AriaRole.BUTTON, inWidget("Remove")).click();
    page.locator("sources-page confirm-dialog")
        .getByRole(AriaRole.BUTTON, inWidget("Confirm"))
        .click();
    assertThat(source).hasCount(0);
  }

  private void signIn(String user) {
    page.navigate("/");
    page.getByLabel("User").selectOption(user);
    page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
    assertThat(page.locator(".who")).hasText(user);
  }

  private void ask(String question) {
    page.getByLabel("Your question").fill(question);
    page.getByRole(AriaRole.BUTTON, named("Ask")).click();
  }

  private void screenshot(String name) {
    page.waitForFunction("document.getAnimations().length === 0");
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(SCREENSHOTS.resolve(name + ".png"))
            .setFullPage(false));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Locator.GetByRoleOptions inWidget(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }
}
