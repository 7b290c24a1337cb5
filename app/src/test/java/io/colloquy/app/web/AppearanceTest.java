package io.colloquy.app.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.colloquy.app.Awaiting;
import io.colloquy.app.BrowserPage;
import io.colloquy.app.ColloquyTest;
import io.colloquy.app.RestClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** How every page looks, to everyone: light and dark, narrow and wide, left and right, read out. */
@ColloquyTest
class AppearanceTest {

  private static final Path PAGE = Path.of("src/main/resources/static/app");
  private static final Pattern SAID = Pattern.compile("\\bt\\('((?:[^'\\\\]|\\\\.)*)'");

  /** With the head of a table scrolled to where the question is asked. */
  private static final String ASKS_OVER_A_TABLE =
      """
      (() => { document.querySelector('.rows thead').scrollIntoView({ block: 'end' });
        const { left, top, width, height } = document.querySelector('#question').getBoundingClientRect();
        return document.elementFromPoint(left + width / 2, top + height / 2).id === 'question'; })()""";

  @LocalServerPort int port;

  @Test
  void everyPageOfAConversationIsAccessibleAndFits() {
    try (BrowserPage it = open()) {
      Page page = it.page();
      page.navigate("/");
      assertThat(page.locator(".sign-in form")).isVisible();
      it.assertAccessible("sign-in");
      it.signIn("manager");
      assertThat(page.locator("suggestion-list button").first()).isVisible();
      it.assertAccessible("welcome");
      page.navigate("/#/c/" + withEveryWidget());
      assertThat(page.locator("form-widget")).hasCount(2);
      haveAllDrawn(page);
      assertThat(page.locator("chart-widget canvas")).hasCount(3);
      assertThat(page.evaluate(ASKS_OVER_A_TABLE)).as("the question box is on top").isEqualTo(true);
      it.screenshot("widgets");
      it.button("Edit: Sales by region in 2025").click();
      page.locator(".citations summary").first().click();
      it.button("Open what was read").first().click();
      assertThat(page.locator(".cited h3")).isFocused();
      it.assertAccessible("every widget, an edited question, and a source beside its answer");
      page.keyboard().press("Escape");
      assertThat(page.locator(".cited")).hasCount(0);
      it.assertFits(375);
      it.assertFits(1440);
      for (String place : List.of("sources", "preferences", "dashboard/sales", "nowhere")) {
        page.navigate("/#/" + place);
        assertThat(page.locator("main h1")).isVisible();
        it.assertAccessible(place);
        it.assertFits(375);
      }
    }
  }

  @Test
  void everyPageOfTheLogIsAccessibleAndFits() {
    try (BrowserPage it = open()) {
      Page page = it.page();
      it.signIn("manager");
      it.askAndWait("Sales by region in 2025");
      String conversation = page.url().replaceFirst(".*/c/", "");
      it.signOut();
      it.signIn("auditor");
      it.assertAccessible("an auditor's conversations");
      page.navigate("/#/replay/" + conversation);
      it.button("Why this answer?").click();
      assertThat(page.locator("turn-reasons dl")).isVisible();
      it.assertAccessible("replay");
      it.assertFits(375);
      page.navigate("/#/audit");
      assertThat(page.locator("table.audit tbody tr").first()).isVisible();
      it.assertAccessible("audit");
      it.assertFits(1440);
      page.locator("table.audit tbody tr button").first().click();
      assertThat(page.locator("dialog.entry .tree")).isVisible();
      it.assertAccessible("an entry");
      BrowserPage.button(page.locator("dialog.entry"), "Close").click();
      page.navigate("/#/operations");
      assertThat(page.locator("operations-page li").first()).isVisible();
      it.assertAccessible("operations");
    }
  }

  @Test
  void thePageSpeaksArabicFromRightToLeft() {
    try (BrowserPage it = open()) {
      Page page = it.page();
      it.signIn("exporter");
      page.navigate("/#/preferences");
      Locator choices = page.locator(".preferences select");
      choices.nth(1).selectOption("ar");
      assertThat(page.locator("html")).hasAttribute("dir", "rtl");
      assertThat(page.locator("html")).hasAttribute("lang", "ar");
      assertThat(page.locator("main h1")).hasText("التفضيلات");
      page.navigate("/#/");
      it.askAndWait("Find customers in New York");
      assertThat(page.locator(".question")).hasText("Find customers in New York");
      assertThat(page.locator("table-widget").getByText("الصفحة التالية")).isVisible();
      it.screenshot("chat-arabic");
      it.assertAccessible("a conversation in Arabic");
      it.assertFits(375);
      assertThat(
              (Integer)
                  page.evaluate(
                      "document.querySelector('conversation-list').getBoundingClientRect().left"))
          .as("the list stands at the right")
          .isGreaterThan(600);
      page.reload();
      assertThat(page.locator("html")).hasAttribute("dir", "rtl");
      page.navigate("/#/preferences");
      choices.nth(1).selectOption("en");
      assertThat(page.locator("html")).hasAttribute("dir", "ltr");
      assertThat(page.locator("main h1")).hasText("Preferences");
    }
  }

  @Test
  void numbersDatesAndThemeAreWrittenAsPreferredOnEveryDevice() {
    try (BrowserPage it = open()) {
      it.signIn("analyst");
      it.page().navigate("/#/preferences");
      it.page().getByLabel("Numbers").selectOption("comma");
      it.page().getByLabel("Dates").selectOption("iso");
      it.page().getByLabel("Theme").selectOption("dark");
      assertThat(it.page().locator(".example")).hasText("Example: 1.234.567,5 on 2026-12-31");
    }
    try (BrowserPage elsewhere = open()) {
      elsewhere.signIn("analyst");
      assertThat(elsewhere.page().locator("html")).hasAttribute("data-theme", "dark");
      elsewhere.askAndWait("Sales by date and product as a table");
      Locator table = elsewhere.page().locator("table-widget");
      assertThat(table.locator("tbody tr").first()).containsText("2023-01-01");
      assertThat(table).containsText("7.000 rows.");
      assertThat(elsewhere.page().locator("question-box")).isInViewport();
      elsewhere.screenshot("chat-dark");
      for (String choice : List.of("Numbers", "Dates")) {
        elsewhere.page().navigate("/#/preferences");
        elsewhere.page().getByLabel(choice).selectOption("auto");
      }
      elsewhere.page().getByLabel("Theme").selectOption("system");
      assertThat(elsewhere.page().locator(".done")).hasText("Saved.");
    }
  }

  @Test
  void nothingMovesForWhoeverPrefersThat() {
    try (BrowserPage it = open()) {
      it.page()
          .emulateMedia(
              new Page.EmulateMediaOptions()
                  .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE));
      it.signIn("viewer");
      it.askAndWait("Sales by region in 2025");
      assertThat(it.page().locator("chart-widget canvas")).isVisible();
      assertThat(
              it.page().locator("chart-widget").evaluate("({ chart }) => chart.options.animation"))
          .isEqualTo(false);
      assertThat(it.page().evaluate("document.getAnimations().length")).isEqualTo(0);
    }
  }

  @Test
  void noScriptCanReadTheTokenAndNoInlineScriptOrStyleRuns() {
    try (BrowserPage it = open()) {
      Page page = it.page();
      it.signIn("viewer");
      assertThat(page.evaluate("document.cookie")).isEqualTo("");
      assertThat(
              page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage)).length"))
          .isEqualTo(0);
      Cookie token = it.context().cookies().getFirst();
      assertThat(token.name).isEqualTo("colloquy-token");
      assertThat(token.httpOnly).isTrue();
      assertThat(token.sameSite).isEqualTo(SameSiteAttribute.STRICT);
      String policy = page.request().get("/").headers().get("content-security-policy");
      assertThat(policy).contains("script-src 'self' 'sha256-").doesNotContain("unsafe");
      page.evaluate(
          """
          (() => {
            const script = document.createElement('script');
            script.textContent = 'document.title = "taken over"';
            document.body.append(script);
          })()""");
      assertThat(page.title()).doesNotContain("taken over");
      it.forgive("Content Security Policy");
    }
  }

  /** What has no translation would stand in English in the middle of an Arabic page. */
  @Test
  void everythingThePageSaysIsTranslated() throws IOException {
    String arabic =
        Files.readString(PAGE.resolve("messages/ar-chat.js"))
            + Files.readString(PAGE.resolve("messages/ar-log.js"));
    List<String> missing = new ArrayList<>();
    try (Stream<Path> files = Files.walk(PAGE)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".js")).toList()) {
        SAID.matcher(Files.readString(file))
            .results()
            .map(said -> said.group(1))
            .filter(text -> !arabic.contains("'" + text + "':"))
            .forEach(missing::add);
      }
    }
    assertThat(missing).isEmpty();
  }

  /** A conversation of the manager's in which each type of widget was issued. */
  private String withEveryWidget() {
    RestClient rest = RestClient.signedIn("http://localhost:" + port, "manager");
    String path = "/api/conversations/" + rest.openConversation();
    for (String question :
        List.of(
            "Sales by region in 2025",
            "Revenue over time by region",
            "Share of revenue by product as a pie",
            "Heat map of revenue by region and quarter in 2025",
            "Find customers in New York",
            "Total revenue in 2025",
            "What can I do with sales data?",
            "Add a new customer")) {
      rest.post(path + "/turns", Map.of("content", question));
    }
    Awaiting.until(
        "all is answered",
        () ->
            StreamSupport.stream(rest.get(path).json().get("turns").spliterator(), false)
                    .filter(turn -> turn.get("status").asString().equals("completed"))
                    .count()
                == 8);
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Looks at each widget in turn: what is far from what is looked at is not drawn. */
  private static void haveAllDrawn(Page page) {
    page.waitForCondition(
        () ->
            page.evaluate(
                    """
                    (() => { const next = document.querySelector('widget-view .skeleton');
                      next?.scrollIntoView();
                      return !next; })()""")
                .equals(true));
  }

  private BrowserPage open() {
    return BrowserPage.open(port);
  }
}
