package io.colloquy.command.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.api.access.Actor;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.widget.ChartType;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.CatalogueFile;
import io.colloquy.command.catalogue.DataReader;
import io.colloquy.command.catalogue.DataReaders;
import io.colloquy.db.TestDatabase;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;
import org.springframework.jdbc.core.JdbcTemplate;

/** Files hold what the widget showed, are harmless to open, and are written without being held. */
class ExportFormatTest {

  private static final HikariDataSource DATABASE = TestDatabase.migrated();
  private static final Catalogue CATALOGUE = withLargeDataset();
  private static final DataReader READER =
      new DataReaders(CATALOGUE, DATABASE, null)
          .of(new Actor("exporter", Set.of("viewer", "data_exporter"), null));
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00.123Z");
  private static final int MILLION = 1_000_000;

  @TempDir private Path folder = Path.of("");

  /** One row per number, the first of them with a name that a spreadsheet would run. */
  @BeforeAll
  static void fillTable() {
    JdbcTemplate sql = new JdbcTemplate(DATABASE);
    sql.execute(
        """
        create table sample.large as
        select case n when 1 then '=HYPERLINK("http://example.com")' else 'row ' || lpad(n::text, 7, '0') end as name,
               (n * 1.25)::numeric(12, 2) as amount
        from generate_series(1, 1000000) as n
        """);
    sql.execute("grant select on sample.large to colloquy_reader");
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private static Catalogue withLargeDataset() {
    Catalogue shipped = CatalogueFile.shipped();
    Map<String, Dataset> datasets = new LinkedHashMap<>(shipped.datasets());
    datasets.put(
        "large",
        new Dataset(
            "Large",
            "rows",
            "A million rows.",
            "sample.large",
            new Catalogue.Source("large", "Large table", "table sample.large"),
            List.of(),
            null,
            "amount",
            null,
            null,
            null,
            Map.of(
                "amount",
                new Catalogue.Measure(Catalogue.Aggregate.SUM, "amount", "Amount", "$", List.of())),
            Map.of("name", new Catalogue.Dimension("name", null, "Name", true, false, null, null)),
            List.of("name"),
            null,
            null,
            null,
            false));
    return new Catalogue(datasets, shipped.forms(), shipped.routes());
  }

  private static ExportContent content(
      @Nullable ChartType chart, String dataset, @Nullable Integer limit, String... by) {
    Dataset definition = CATALOGUE.dataset(dataset);
    DataQuery query =
        new DataQuery(
            dataset,
            List.of(definition.defaultMeasure()),
            List.of(by),
            List.of(),
            List.of(),
            limit);
    return new ExportContent("Sales by Region", chart, query, definition, NOW);
  }

  @Test
  void aMillionRowsAreStreamedAsCsvWithinASmallHeap() throws IOException {
    assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(512L * 1024 * 1024);
    Path file = folder.resolve("large.csv");
    try (OutputStream out = Files.newOutputStream(file)) {
      ExportFormat.CSV.write(content(null, "large", null, "name"), READER, out);
    }
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      assertThat(lines.readLine()).isEqualTo("Name,Amount ($)");
      assertThat(lines.readLine())
          .as("a formula is plain text")
          .isEqualTo("\"'=HYPERLINK(\"\"http://example.com\"\")\",1.25");
      assertThat(lines.lines().count()).isEqualTo(MILLION - 1);
    }
  }

  @Test
  void aWorkbookHoldsFiguresAsNumbersAndTextAsText() throws IOException {
    try (XSSFWorkbook book =
        new XSSFWorkbook(
            new ByteArrayInputStream(
                bytes(ExportFormat.XLSX, content(null, "large", 3, "name"))))) {
      var sheet = book.getSheetAt(0);
      assertThat(sheet.getRow(0).getCell(1).getStringCellValue()).isEqualTo("Amount ($)");
      assertThat(sheet.getRow(1).getCell(0).getCellType()).isEqualTo(CellType.STRING);
      assertThat(sheet.getRow(1).getCell(0).getStringCellValue()).startsWith("=HYPERLINK");
      assertThat(sheet.getRow(2).getCell(1).getNumericCellValue()).isEqualTo(2.5);
      assertThat(sheet.getLastRowNum()).isEqualTo(3);
      var about = book.getSheet("Source");
      assertThat(about.getRow(0).getCell(1).getStringCellValue()).isEqualTo("Sales by Region");
      assertThat(about.getRow(1).getCell(1).getStringCellValue())
          .isEqualTo("Large table, table sample.large");
    }
  }

  @Test
  void aDocumentHasTitleTableSourceAndNumberedPages() throws IOException {
    PdfReader pdf = new PdfReader(bytes(ExportFormat.PDF, content(null, "sales", null, "date")));
    assertThat(pdf.getNumberOfPages()).isGreaterThan(20);
    PdfTextExtractor text = new PdfTextExtractor(pdf);
    assertThat(text.getTextFromPage(1))
        .contains("Sales by Region", "As of 2026-11-24T12:00:00Z", "2023-01-01", "Page 1 of");
    int last = pdf.getNumberOfPages();
    assertThat(text.getTextFromPage(last))
        .contains("Source: Sales ledger, table sample.sales", "Page " + last + " of");
  }

  @Test
  void aLongTableSaysInTheDocumentThatItGoesOn() throws IOException {
    PdfReader pdf = new PdfReader(bytes(ExportFormat.PDF, content(null, "large", 6000, "name")));
    String end = new PdfTextExtractor(pdf).getTextFromPage(pdf.getNumberOfPages());
    assertThat(end).contains("The first 5,000 of 6,000 rows.");
  }

  @ParameterizedTest
  @EnumSource(ChartType.class)
  void aDocumentShowsTheChartWithItsLabels(ChartType type) throws IOException {
    ExportContent content = content(type, "sales", null, "region");
    byte[] with = bytes(ExportFormat.PDF, content);
    byte[] without = bytes(ExportFormat.PDF, content(null, "sales", null, "region"));
    assertThat(with.length).isGreaterThan(without.length + 200);
    Path shots = Files.createDirectories(Path.of("target/pdf"));
    Files.write(shots.resolve(type.wireName() + ".pdf"), with);
    assertThat(new PdfTextExtractor(new PdfReader(with)).getTextFromPage(1)).contains("North");
  }

  @Test
  void anEmptyResultIsAFileToo() throws IOException {
    for (ExportFormat format : ExportFormat.values()) {
      assertThat(bytes(format, content(ChartType.BAR, "sales", 0, "region"))).isNotEmpty();
    }
    assertThat(
            new String(
                bytes(ExportFormat.CSV, content(null, "sales", 0, "region")),
                StandardCharsets.UTF_8))
        .isEqualTo("Region,Revenue ($)\r\n");
  }

  private static byte[] bytes(ExportFormat format, ExportContent content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.write(content, READER, out);
    return out.toByteArray();
  }
}
