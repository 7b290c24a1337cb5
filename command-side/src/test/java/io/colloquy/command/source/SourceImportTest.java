package io.colloquy.command.source;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.source.ImportedContent;
import io.colloquy.api.source.SourceColumn;
import io.colloquy.api.source.SourceKind;
import io.colloquy.db.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

class SourceImportTest {

  private static final HikariDataSource DATABASE = TestDatabase.migrated();
  private static final JdbcTemplate SQL = new JdbcTemplate(DATABASE);
  private static final SourceStore STORE = new SourceStore(DATABASE);

  @TempDir Path folder;
  private final String sourceId = UUID.randomUUID().toString();

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  // ---- CSV ----

  @Test
  void columnsGetTheTypesAndRolesTheirCellsShow() throws IOException {
    ImportedContent content =
        csv(
            """
            Order Date,Customer,Zip,Amount ($),Discount %,Paid
            2025-03-01,Acme,00123,"1,200.50",5%,yes
            2025-03-02,Birch,10115,80,12%,no
            2025-04-01,Acme,99999,(15.25),n/a,yes
            """);

    assertThat(content.rows()).isEqualTo(3);
    assertThat(content.tables().getFirst().cells()).isEqualTo("A2:F4");
    assertThat(roles(content))
        .containsExactly(
            "order_date DATE TIME",
            "customer TEXT DIMENSION",
            "zip TEXT DIMENSION",
            "amount NUMBER MEASURE",
            "discount NUMBER MEASURE",
            "paid BOOLEAN DIMENSION");
    assertThat(content.tables().getFirst().columns().get(3).unit()).isEqualTo("$");
    assertThat(content.tables().getFirst().columns().get(4).aggregate())
        .isEqualTo(SourceColumn.Aggregation.AVG);
    assertThat(cells("c_d"))
        .containsExactly(new BigDecimal("1200.50"), new BigDecimal("80"), new BigDecimal("-15.25"));
    assertThat(SQL.queryForList("select c_a from " + table(), LocalDate.class))
        .containsExactly(
            LocalDate.of(2025, 3, 1), LocalDate.of(2025, 3, 2), LocalDate.of(2025, 4, 1));
    assertThat(SQL.queryForList("select row_number_ from " + table(), Long.class))
        .as("provenance: the row of the file")
        .containsExactly(2L, 3L, 4L);
  }

  @Test
  void germanFilesAreReadAsGermansWroteThem() throws IOException {
    ImportedContent content =
        csv(
            """
            Datum;Straße;Betrag
            24.11.2025;Hauptstraße;1.234,56
            25.11.2025;Müllerweg;99,90
            """,
            Charset.forName("windows-1252"));

    assertThat(roles(content))
        .containsExactly("datum DATE TIME", "straße TEXT DIMENSION", "betrag NUMBER MEASURE");
    assertThat(cells("c_c")).containsExactly(new BigDecimal("1234.56"), new BigDecimal("99.90"));
    assertThat(SQL.queryForList("select c_b from " + table(), String.class))
        .containsExactly("Hauptstraße", "Müllerweg");
  }

  @Test
  void marksOfUnicodeAreNoPartOfTheFirstColumn() throws IOException {
    assertThat(roles(csv("\uFEFFname,size\nä,1\nö,2\n")))
        .containsExactly("name TEXT DIMENSION", "size NUMBER MEASURE");
    assertThat(roles(csv("\uFEFFname\tsize\nä\t1\nö\t2\n", UTF_16LE)))
        .containsExactly("name TEXT DIMENSION", "size NUMBER MEASURE");
  }

  @Test
  void titlesAboveAndTotalsBelowAreNoRows() throws IOException {
    ImportedContent content = csv("Report 2025\n\nTeam,Cost\nA,10\nB,20\nTotal,30\n");

    assertThat(content.rows()).isEqualTo(2);
    assertThat(content.notes()).contains("The last row is a total and was left out.");
    assertThat(content.tables().getFirst().cells()).isEqualTo("A4:B5");
  }

  @Test
  void withoutAHeaderColumnsAreCalledByTheirLetters() throws IOException {
    ImportedContent content = csv("1,North\n2,South\n");

    assertThat(roles(content))
        .containsExactly("column_a NUMBER MEASURE", "column_b TEXT DIMENSION");
    assertThat(content.notes()).singleElement().asString().contains("no header");
  }

  @Test
  void anAmbiguousDateIsSaidToBeOne() throws IOException {
    assertThat(csv("day,n\n03/04/2025,1\n05/06/2025,2\n").notes())
        .singleElement()
        .asString()
        .contains("could be read two ways; month/day was taken");
    assertThat(csv("day,n\n03/04/2025,1\n25/06/2025,2\n").notes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b\\n1,2\\n3,4,5\\n|Row 3 has 3 cells, but the table has 2 columns",
        "a,b\\n1,2\\n3\\n4,5\\n|Row 3 has 1 cells, but the table has 2 columns",
        "a,b\\n\"1,2\\n3,4\\n|quotation mark",
        "a,b\\n|no rows"
      })
  void whatIsNoTableIsRefusedWithItsPlace(String text, String sentence) {
    assertThatThrownBy(() -> csv(text.replace("\\n", "\n")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void tenThousandColumnsAreRefused() {
    String wide =
        IntStream.range(0, 10_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    assertThatThrownBy(() -> csv(wide + "\n" + wide + "\n"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("10,000 columns; a table can have 500 at most");
  }

  // ---- XLSX ----

  @Test
  void sheetsBecomeTablesAndDatesAreDates() throws IOException {
    ImportedContent content =
        xlsx(
            workbook -> {
              CellStyle date = workbook.createCellStyle();
              date.setDataFormat(workbook.createDataFormat().getFormat("yyyy-mm-dd"));
              Sheet spend = workbook.createSheet("Spend");
              row(spend, 0, "Day", "Team", "Amount");
              for (int i = 1; i <= 3; i++) {
                Row row = spend.createRow(i);
                row.createCell(0).setCellValue(LocalDate.of(2025, i, 15));
                row.getCell(0).setCellStyle(date);
                row.createCell(1).setCellValue("T" + i);
                row.createCell(2).setCellValue(i * 10.1);
              }
              Sheet people = workbook.createSheet("People");
              row(people, 0, "Name", "Age");
              row(people, 1, "Ann", 40);
              workbook.createSheet("Empty");
            });

    assertThat(content.tables())
        .extracting(table -> table.sheet())
        .containsExactly("Spend", "People");
    assertThat(roles(content))
        .containsExactly("day DATE TIME", "team TEXT DIMENSION", "amount NUMBER MEASURE");
    assertThat(cells("c_c"))
        .containsExactly(new BigDecimal("10.1"), new BigDecimal("20.2"), new BigDecimal("30.3"));
    assertThat(content.notes()).anyMatch(note -> note.contains("\"Empty\" holds no table"));
  }

  @Test
  void whatFormulasCameToIsRead() throws IOException {
    ImportedContent content =
        xlsx(
            workbook -> {
              Sheet sheet = workbook.createSheet("S");
              row(sheet, 0, "Team", "Cost");
              Row row = row(sheet, 1, "A", 2);
              row.createCell(1).setCellFormula("6*7");
              workbook.getCreationHelper().createFormulaEvaluator().evaluateAll();
            });

    assertThat(cells("c_b")).containsExactly(new BigDecimal("42"));
    assertThat(content.notes()).anyMatch(note -> note.contains("formulas"));
  }

  @Test
  void cellsWithErrorsAndLinksToOtherFilesAreRefused() throws IOException {
    assertThatThrownBy(
            () ->
                xlsx(
                    workbook -> {
                      Sheet sheet = workbook.createSheet("S");
                      row(sheet, 0, "Team", "Cost");
                      row(sheet, 1, "A", 1).getCell(1).setCellErrorValue((byte) 7);
                    }))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("Cell B2 holds an error");

    byte[] plain =
        workbook(
            workbook -> {
              Sheet sheet = workbook.createSheet("S");
              row(sheet, 0, "Team", "Cost");
              row(sheet, 1, "A", 1);
            });
    Path linked = folder.resolve("linked.xlsx");
    Files.write(
        linked,
        with(plain, "xl/externalLinks/externalLink1.xml", "<externalLink/>".getBytes(UTF_8)));
    assertThatThrownBy(() -> new XlsxFile(linked))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("takes values from other files");
  }

  @Test
  void aZipBombIsNotUnpacked() throws IOException {
    byte[] plain =
        workbook(
            workbook -> {
              Sheet sheet = workbook.createSheet("S");
              row(sheet, 0, "Team", "Cost");
            });
    byte[] zeros = new byte[60 * 1024 * 1024];
    java.util.Arrays.fill(zeros, (byte) ' ');
    byte[] start =
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
            .getBytes(UTF_8);
    System.arraycopy(start, 0, zeros, 0, start.length);
    Path bomb = folder.resolve("bomb.xlsx");
    Files.write(bomb, with(plain, "xl/worksheets/sheet1.xml", zeros));

    assertThatThrownBy(() -> importing(new XlsxFile(bomb)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("unpacks to far more than its size");
  }

  @Test
  void whatIsNoWorkbookIsRefused() throws IOException {
    Path zip = folder.resolve("a.xlsx");
    Files.write(zip, with(new byte[0], "hello.txt", "hi".getBytes(UTF_8)));
    assertThatThrownBy(() -> new XlsxFile(zip))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no Excel workbook");
    Path damaged = folder.resolve("b.xlsx");
    Files.write(damaged, "PK\3\4 and then nothing of sense".getBytes(UTF_8));
    assertThatThrownBy(() -> new XlsxFile(damaged))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("damaged");
  }

  // ---- kinds ----

  @ParameterizedTest
  @CsvSource({
    "a.csv, PK\u0003\u0004zip, not what its name",
    "a.pdf, just some text, not what its name",
    "a.xlsx, just some text, not what its name",
    "a.txt, %PDF-1.7 binary, not what its name",
    "a.exe, MZ, none of them",
    "a.xls, anything, save the workbook as .xlsx"
  })
  void aFileThatLiesAboutItsTypeIsRefused(String name, String bytes, String sentence) {
    SourceFiles files = new SourceFiles(folder, 1_000);
    assertThatThrownBy(
            () -> files.take(sourceId, name, new ByteArrayInputStream(bytes.getBytes(UTF_8))))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(sentence);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileThatIsTooLargeIsNotKept() {
    SourceFiles files = new SourceFiles(folder, 1024 * 1024);
    assertThatThrownBy(
            () -> files.take(sourceId, "a.csv", new ByteArrayInputStream(new byte[2_000_000])))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("larger than 1 MiB");
    assertThat(folder).isEmptyDirectory();
  }

  // ---- documents ----

  @Test
  void documentsBecomePassagesWithTheirPages() throws IOException {
    Path file = folder.resolve("handbook.pdf");
    try (PDDocument document = new PDDocument()) {
      for (String text :
          List.of("Laptops may be returned within 30 days.", "Travel is booked by the office.")) {
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
          content.beginText();
          content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
          content.newLineAtOffset(50, 700);
          content.showText(text);
          content.endText();
        }
      }
      document.save(file.toFile());
    }
    ImportedContent content =
        new DocumentImport(STORE, new ImportProgress(), sourceId).run(file, SourceKind.PDF);

    assertThat(content.pages()).isEqualTo(2);
    assertThat(
            SQL.queryForList(
                "select page || ': ' || trim(content) from source.passage where source_id = ? order by number",
                String.class,
                sourceId))
        .containsExactly(
            "1: Laptops may be returned within 30 days.", "2: Travel is booked by the office.");
  }

  @Test
  void anEmptyDocumentIsRefused() throws IOException {
    Path file = folder.resolve("empty.md");
    Files.writeString(file, " \n\n ");
    assertThatThrownBy(
            () ->
                new DocumentImport(STORE, new ImportProgress(), sourceId)
                    .run(file, SourceKind.MARKDOWN))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("empty");
  }

  // ---- helpers of the tests ----

  private ImportedContent csv(String text) throws IOException {
    return csv(text, UTF_8);
  }

  private ImportedContent csv(String text, Charset charset) throws IOException {
    Path file = Files.createTempFile(folder, "source", ".csv");
    Files.write(file, text.getBytes(charset));
    return importing(new CsvFile(file));
  }

  private ImportedContent xlsx(Consumer<XSSFWorkbook> fill) throws IOException {
    Path file = Files.createTempFile(folder, "source", ".xlsx");
    Files.write(file, workbook(fill));
    return importing(new XlsxFile(file));
  }

  private ImportedContent importing(TabularFile file) throws IOException {
    return new TableImport(STORE, new ImportProgress(), sourceId, "Spend", file).run();
  }

  private static byte[] workbook(Consumer<XSSFWorkbook> fill) throws IOException {
    try (XSSFWorkbook workbook = new XSSFWorkbook()) {
      fill.accept(workbook);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      workbook.write(bytes);
      return bytes.toByteArray();
    }
  }

  private static Row row(Sheet sheet, int number, Object... cells) {
    Row row = sheet.createRow(number);
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] instanceof Integer figure) {
        row.createCell(i).setCellValue(figure);
      } else {
        row.createCell(i).setCellValue(cells[i].toString());
      }
    }
    return row;
  }

  /** A ZIP file with one part replaced or added. */
  private static byte[] with(byte[] zip, String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes);
        ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.getName().equals(name)) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          in.transferTo((OutputStream) out);
        }
      }
      out.putNextEntry(new ZipEntry(name));
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private String table() {
    return SourceStore.tableOf(sourceId, 0);
  }

  private List<@Nullable BigDecimal> cells(String column) {
    return SQL.queryForList(
        "select " + column + " from " + table() + " order by row_number_", BigDecimal.class);
  }

  private static List<String> roles(ImportedContent content) {
    return content.tables().getFirst().columns().stream()
        .map(column -> column.name() + " " + column.type().name() + " " + column.role().name())
        .toList();
  }
}
