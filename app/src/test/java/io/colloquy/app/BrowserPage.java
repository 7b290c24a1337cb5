package io.colloquy.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A page in a real browser with somebody before it. Closing it fails when the browser complained of
 * something: a script, a style, a resource or a policy.
 */
public final class BrowserPage implements AutoCloseable {

  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final List<String> RULES =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");
  private static final String BEYOND_THE_SCREEN =
      """
      [...document.querySelectorAll('body *')]
        .filter(element => element.getBoundingClientRect().right > innerWidth)
        .map(element => `${element.tagName} ${element.className} ${element.getBoundingClientRect().right}`)
        .join(', ')""";

  /** Started by the first test that needs it, and ended with the tests' process. */
  private static final Browser BROWSER =
      Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))
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

  static {
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
  }

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  private BrowserPage(String base) {
    context =
        BROWSER.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(base)
                .setViewportSize(1280, 900)
                .setColorScheme(ColorScheme.LIGHT)
                .setReducedMotion(ReducedMotion.REDUCE));
    page = newTab();
  }

  public static BrowserPage open(int port) {
    return open("http://localhost:" + port);
  }

  public static BrowserPage open(String base) {
    return new BrowserPage(base);
  }

  public Page page() {
    return page;
  }

  public BrowserContext context() {
    return context;
  }

  /** Another tab of the same browser. */
  public Page newTab() {
    Page tab = context.newPage();
    tab.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    tab.onPageError(complaints::add);
    return tab;
  }

  /** Takes complaints back that the test itself has caused. */
  public void forgive(String part) {
    complaints.removeIf(text -> text.contains(part));
  }

  public void signIn(String user) {
    page.navigate("/");
    page.locator("#username").selectOption(user);
    page.locator(".sign-in .primary").click();
    assertThat(page.locator(".who")).hasText(user);
  }

  public void signOut() {
    button("Sign out").click();
    assertThat(page.locator(".sign-in form")).isVisible();
  }

  public void ask(String question) {
    page.locator("#question").fill(question);
    page.locator("question-box .primary").click();
  }

  /** Asks, and waits until everything is there. */
  public void askAndWait(String question) {
    Locator turns = page.locator("chat-view .turn");
    int before = turns.count();
    ask(question);
    assertThat(turns).hasCount(before + 1);
    assertThat(turns.last().locator(".answer")).hasAttribute("aria-busy", "false");
  }

  /** Leaves the conversation for a new one, which is empty. */
  public void startAnew() {
    page.locator(".conversations > .button").click();
    assertThat(page.locator("chat-view .turn")).hasCount(0);
  }

  public Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  public Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
  }

  public static Locator button(Locator within, String name) {
    return within.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
  }

  public void screenshot(String name) {
    page.waitForCondition(
        () -> page.evaluate("document.getAnimations().length === 0").equals(true));
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(SCREENSHOTS.resolve(name + ".png"))
            .setFullPage(false));
  }

  /** Nothing of the page is beyond the edge of a screen of that width. */
  public void assertFits(int width) {
    page.setViewportSize(width, 800);
    try {
      // Charts follow the size of what holds them a moment later.
      page.waitForCondition(
          () -> (Integer) page.evaluate("document.documentElement.scrollWidth") <= width);
    } catch (TimeoutError tooWide) {
      throw new AssertionError(
          "Wider than the screen: " + page.evaluate(BEYOND_THE_SCREEN), tooWide);
    }
    page.setViewportSize(1280, 900);
  }

  /**
   * Nothing on the page breaks a rule of WCAG 2.2 A or AA that can be checked: all of them in
   * light, and again in dark those about colours.
   */
  public void assertAccessible(String where) {
    assertNoBarriers(where, new AxeBuilder(page).withTags(RULES));
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    assertNoBarriers(
        where + ", in the dark",
        new AxeBuilder(page).withRules(List.of("color-contrast", "link-in-text-block")));
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }

  private static void assertNoBarriers(String where, AxeBuilder check) {
    List<String> broken = new ArrayList<>();
    for (Rule rule : check.analyze().getViolations()) {
      rule.getNodes().forEach(node -> broken.add(rule.getId() + ": " + node.getHtml()));
    }
    assertThat(broken).as("barriers: " + where).isEmpty();
  }

  @Override
  public void close() {
    context.close();
    assertThat(complaints).as("what the browser complained about").isEmpty();
  }
}
