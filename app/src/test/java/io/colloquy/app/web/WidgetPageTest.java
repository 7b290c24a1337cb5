package io.colloquy.app.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import io.colloquy.app.BrowserPage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Widgets of every type on the page. */
class WidgetPageTest extends PageTest {

  private static final String QUESTION = "Show me Q2 sales by region with drill-down";

  @Test
  void aSearchFormAndNavigationCardsWork() {
    it.signIn("viewer");
    it.ask("Help me find customers in New York");
    assertThat(page.getByLabel("City").first()).hasValue("New York");
    page.getByLabel("City").first().fill("Austin");
    page.locator("form-widget select").selectOption("TX");
    it.button("Search").click();
    assertThat(page.locator("table-widget").last()).containsText("Austin");

    it.ask("What can I do with sales data?");
    it.button("Customer Insights").click();
    assertThat(
            page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName("Customer Insights")))
        .isVisible();
    it.button("Top 10 customers").click();
    assertThat(page.locator("chart-widget canvas")).isVisible();
  }

  @Test
  void aFormOfEveryFieldIsCheckedConfirmedAndSent() {
    it.signIn("viewer");
    it.ask("Add a new customer");
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
    it.screenshot("form");
    BrowserPage.button(form, "Send").click();
    page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Confirm"))
        .click();
    assertThat(form.locator(".error")).containsText("Please keep to the form shown");
    it.forgive("422"); // The refusal just seen.

    form.getByLabel("Customer name *").fill("Zephyr Foods");
    BrowserPage.button(form, "Send").click();
    page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel"))
        .click();
    assertThat(page.locator("widget-view .done")).hasCount(0);
    BrowserPage.button(form, "Send").click();
    page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Confirm"))
        .click();
    assertThat(page.locator("widget-view .done")).containsText("Your request is recorded");
  }

  @Test
  void aLongTableIsPagedByTheServer() {
    it.signIn("viewer");
    it.ask("Sales by date and product as a table");
    Locator table = page.locator("table-widget");
    assertThat(table.locator(".hint")).hasText("7,000 rows.");
    BrowserPage.button(table, "Next Page").click();
    assertThat(table.locator("tbody tr").first()).containsText("2/10/2023");
    table.getByLabel("Filter Product").pressSequentially("Phone");
    assertThat(table.locator(".hint")).hasText("1,400 rows.");
    assertThat(table.locator("tbody tr").first()).containsText("Phone");
  }

  @Test
  void aHeatMapIsDrawnDrilledIntoAndExported() {
    it.signIn("manager");
    it.ask("Heat map of revenue by region and quarter in 2025");
    Locator map = page.locator("custom-widget");
    assertThat(map.locator("tbody td")).hasCount(16);
    it.screenshot("heatmap");
    BrowserPage.button(map, "North, 2025 Q1").click();
    assertThat(page.locator("table-widget h3")).hasText("Details for 2025 Q1, North");
    for (String format : List.of("Excel", "PDF")) {
      Download download =
          page.waitForDownload(
              () ->
                  page.locator("widget-view")
                      .first()
                      .getByRole(
                          AriaRole.BUTTON,
                          new Locator.GetByRoleOptions().setName("Export " + format))
                      .click());
      assertThat(download.suggestedFilename()).endsWith(format.equals("PDF") ? ".pdf" : ".xlsx");
    }
  }

  @Test
  void everyKindOfChartHasALegendATooltipAndItsFigures() {
    it.signIn("manager");
    for (String[] asked :
        new String[][] {
          {"Revenue by region in 2025", "bar"},
          {"Compare revenue by region and product in 2025", "bar"},
          {"Revenue over time by region in 2025", "line"},
          {"Revenue over time as an area chart in 2025", "line"},
          {"Share of revenue by product as a pie", "pie"}
        }) {
      it.askAndWait(asked[0]);
      Locator chart = page.locator("chart-widget").last();
      assertThat(chart.locator("canvas")).isVisible();
      assertThat(drawn(chart, "chart.config.type")).as(asked[0]).isEqualTo(asked[1]);
      hoverAMark(chart);
      chart.locator("summary").click();
      assertThat(chart.locator(".figures tbody tr").first()).isVisible();
    }
    Locator pie = page.locator("chart-widget").last();
    Locator part = pie.locator(".legend button").first();
    part.click();
    assertThat(part).hasAttribute("aria-pressed", "false");
    assertThat(drawn(pie, "chart.getDataVisibility(0)")).isEqualTo(false);
    part.press("Enter");
    assertThat(drawn(pie, "chart.getDataVisibility(0)")).isEqualTo(true);
  }

  @Test
  void aClickOnABarLeadsToItsRows() {
    it.signIn("manager");
    it.askAndWait("Revenue by region in 2025");
    Locator chart = page.locator("chart-widget");
    hoverAMark(chart);
    page.mouse().down();
    page.mouse().up();
    assertThat(page.locator("table-widget h3")).containsText("East");
  }

  @Test
  void aTableIsSortedFilteredAndPagedInThePage() {
    it.signIn("viewer");
    it.askAndWait("Find customers in New York");
    Locator table = page.locator("table-widget");
    assertThat(table.getByText("Page 1 of 2")).isVisible();
    BrowserPage.button(table, "Next Page").click();
    assertThat(table.getByText("Page 2 of 2")).isVisible();
    BrowserPage.button(table, "Customer").click();
    assertThat(table.locator("th").first()).hasAttribute("aria-sort", "ascending");
    BrowserPage.button(table, "Customer").click();
    assertThat(table.locator("th").first()).hasAttribute("aria-sort", "descending");
    table.getByLabel("Filter Segment").pressSequentially("Enter");
    assertThat(table.locator("tbody tr").first()).containsText("Enterprise");
    table.getByLabel("Filter Customer").pressSequentially("nobody is called so");
    assertThat(table).containsText("There are no rows.");
  }

  @Test
  void onlyPermittedActionsAreShownAndOneRunsOnceHoweverOftenItIsPressed() {
    it.signIn("viewer");
    it.askAndWait("Sales by region in 2025");
    assertThat(page.locator(".widget > .actions button")).hasCount(0);
    it.signOut();

    it.signIn("manager");
    it.askAndWait("Sales by region in 2025");
    List<String> invocations = new ArrayList<>();
    page.onRequest(
        request -> {
          if (request.url().endsWith("/api/widget/action")) {
            invocations.add(request.postData());
          }
        });
    page.locator("widget-view")
        .evaluate(
            """
            view => view.querySelectorAll('.widget > .actions button')
              .forEach(button => { button.click(); button.click(); })""");
    assertThat(page.locator("table-widget tbody tr").first()).isVisible();
    assertThat(invocations).hasSize(1);
  }

  @Test
  void anActionThatIsNoLongerPermittedIsRefusedInWordsAndNotOfferedAgain() {
    it.signIn("analyst");
    it.askAndWait("Sales by region in 2025");
    page.route(
        "**/api/widget/action",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(403)
                    .setContentType("application/problem+json")
                    .setBody(
                        "{\"code\":\"not_permitted\",\"detail\":\"This action needs a permission.\"}")));
    it.button("View Details").click();
    assertThat(page.locator("widget-view .error")).hasText("This action needs a permission.");
    assertThat(it.button("View Details")).isDisabled();
    it.forgive("403");
  }

  @Test
  void aWidgetWhoseTimeIsOverSaysSoAndOffersNothing() {
    it.signIn("manager");
    it.askAndWait("Sales by region in 2025");
    String id = (String) page.locator("widget-view").evaluate("view => view.descriptor.widget_id");
    receive(
        "{seq: 900001, turn_id: chat.transcript.turns[0].turnId, type: 'state',"
            + " content: {event: 'widget_expired', data: {widget_id: '"
            + id
            + "'}}}");
    assertThat(page.locator("widget-view .over"))
        .hasText("This widget has expired. Please ask again.");
    assertThat(page.locator(".widget > .actions button")).hasCount(0);
    assertThat(page.locator("chart-widget canvas")).isVisible();
  }

  @Test
  void whateverAFrameHoldsIsShownSafelyAndBreaksNothing() {
    it.signIn("viewer");
    it.askAndWait("Total revenue in 2024");
    String hostile = "<img src=x onerror=document.title=1><script>document.title=2</script>";
    int seq = 900_001;
    for (String content :
        List.of(
            "type: 'widget', content: {widget_id: 'w1', widget_type: 'hologram', data: {title: 'x'}}",
            "type: 'widget', content: {widget_id: 'w2', widget_type: 'chart'}",
            "type: 'widget', content: {widget_id: 'w3', widget_type: 'chart', data: {series: [{name: 'a'}, null, 7]}}",
            "type: 'widget', content: {widget_id: 'w4', widget_type: 'table', data: {columns: [null, {key: 'a', label: H}], rows: [null, {a: H}]}}",
            "type: 'widget', content: {widget_id: 'w5', widget_type: 'form', data: {fields: [null, {field_id: 'f', label: H, type: 'select', options: 'none'}]}}",
            "type: 'widget', content: {widget_id: 'w6', widget_type: 'navigation', data: {cards: [null, {title: H, description: H, badge: H}]}}",
            "type: 'widget', content: {widget_id: 'w7', widget_type: 'card', data: {title: H, metric: H}, actions: [null, {}, 'x']}",
            "type: 'widget', content: {widget_id: 'w8', widget_type: 'custom', data: {kind: 'heatmap', title: H, payload: {values: [[1, 'x'], 3]}}}",
            "type: 'widget', content: {widget_id: 'w9', widget_type: 'custom', data: {kind: 'choices', payload: {options: [null, {label: H}]}}}",
            "type: 'widget', content: null",
            "type: 'widget'",
            "type: 'citations', content: [null, {source_name: H, snippet: H, confidence: 'much'}]",
            "type: 'citations', content: 'none'",
            "type: 'text', content: H + '[link](javascript:alert(1)) <form action=/api/x><input></form>'",
            "type: 'action_result'",
            "type: 'state'",
            "type: 'state', content: {event: 'turns_replaced'}",
            "type: 'never-heard-of', content: {}",
            "content: 'no type'")) {
      receive(
          "{seq: %d, turn_id: chat.transcript.turns[0].turnId, %s}"
              .formatted(seq++, content.replace("H", "'" + hostile + "'")));
    }
    page.evaluate(
        "[null, 7, 'text', [], {}, {seq: 'x'}].forEach(frame => document.querySelector('chat-view').link.received(frame))");
    assertThat(page.locator("#widget-w1"))
        .containsText("cannot show a widget of type \"hologram\"");
    assertThat(page.locator("#widget-w2")).containsText("There is no data to show.");
    assertThat(page.locator("#widget-w4 tbody")).containsText(hostile);
    assertThat(page.locator("#widget-w6 strong")).hasText(hostile);
    assertThat(page.locator("#widget-w7 .metric")).hasText(hostile);
    assertThat(page.locator("chat-view img, chat-view script, .text form, .text input"))
        .hasCount(0);
    assertThat(page.locator(".text a[href^=javascript]")).hasCount(0);
    assertThat(page.title()).endsWith("Colloquy");

    page.reload();
    assertThat(page.locator(".metric")).isVisible();
    it.askAndWait("Total revenue in 2025, says " + hostile);
    assertThat(page.locator(".question").last()).containsText(hostile);
    assertThat(page.locator("chat-view img, chat-view script")).hasCount(0);
    it.forgive("favicon");
  }

  /** Lets a frame arrive at the page as if the server had sent it. */
  private void receive(String frame) {
    page.evaluate(
        "(() => { const chat = document.querySelector('chat-view'); chat.link.received("
            + frame
            + "); })()");
  }

  private static Object drawn(Locator chart, String what) {
    return chart.evaluate("({ chart }) => " + what);
  }

  /** Moves the pointer over the first bar, point or slice, until its tooltip is there. */
  private void hoverAMark(Locator chart) {
    Locator canvas = chart.locator("canvas");
    canvas.scrollIntoViewIfNeeded();
    page.waitForCondition(
        () ->
            drawn(chart, "!chart.isPluginEnabled || chart.getDatasetMeta(0).data.length > 0")
                .equals(true));
    page.waitForCondition(
        () -> {
          BoundingBox place = canvas.boundingBox();
          page.mouse().move(place.x + at(chart, "x"), place.y + at(chart, "y") + 2);
          return drawn(chart, "chart.tooltip.opacity > 0 && chart.tooltip.body.length > 0")
              .equals(true);
        });
  }

  private static double at(Locator chart, String axis) {
    Object place = drawn(chart, "chart.getDatasetMeta(0).data[0].tooltipPosition()." + axis);
    return ((Number) place).doubleValue();
  }
}
