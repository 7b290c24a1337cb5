package io.colloquy.app.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.colloquy.app.BrowserPage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Sources on the page. */
class SourcesPageTest extends PageTest {

  private static final String QUESTION = "Show me Q2 sales by region with drill-down";

  @Test
  void aFileIsBroughtAskedAboutAndItsRowsOpenBesideTheAnswer() throws Exception {
    it.signIn("manager");
    it.link("Sources").click();
    page.getByLabel("File (CSV")
        .setInputFiles(
            new FilePayload(
                "canteen.csv",
                "text/csv",
                "Served on,Canteen,Meals\n2025-03-01,Upstairs,120\n2025-03-02,Downstairs,80\n"
                    .getBytes(StandardCharsets.UTF_8)));
    it.button("Upload").click();
    Locator source =
        page.locator(".sources > li").filter(new Locator.FilterOptions().setHasText("canteen"));
    assertThat(source.getByText("Ready")).isVisible();
    assertThat(source.getByText("2 rows, 3 columns")).isVisible();
    source.getByLabel("Other words for Meals").fill("lunches");
    BrowserPage.button(source, "Save").click();
    assertThat(source.getByText("Saved.")).isVisible();
    it.screenshot("sources");

    it.link("Conversations").click();
    it.ask("lunches by canteen");
    assertThat(page.locator("chart-widget canvas")).isVisible();
    page.locator(".citations summary").click();
    it.button("Open what was read").click();
    assertThat(page.locator(".cited")).containsText("canteen.csv, A2:C3");
    assertThat(page.locator(".cited tbody tr").first()).containsText("Upstairs");

    it.link("Sources").click();
    BrowserPage.button(source, "Remove").click();
    page.locator("sources-page confirm-dialog")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Confirm"))
        .click();
    assertThat(source).hasCount(0);
  }

  @Test
  void aFileThatCannotBeReadSaysWhyOnThePage() {
    it.signIn("analyst");
    page.navigate("/#/sources");
    page.getByLabel("File (CSV")
        .setInputFiles(
            new FilePayload(
                "broken.csv", "text/csv", "a,b\n1,2\n1,2,3\n".getBytes(StandardCharsets.UTF_8)));
    it.button("Upload").click();
    assertThat(
            page.getByText("Row 3 has 3 cells, but the table has 2 columns. Nothing was imported."))
        .isVisible();
    Locator source =
        page.locator(".sources > li").filter(new Locator.FilterOptions().setHasText("broken"));
    BrowserPage.button(source, "Remove").click();
    page.locator("sources-page confirm-dialog")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Confirm"))
        .click();
    assertThat(source).hasCount(0);
  }
}
