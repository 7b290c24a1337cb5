package io.colloquy.command.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.api.access.Actor;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Filter;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.api.data.DataQuery.Sort;
import io.colloquy.db.TestDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class DataReaderTest {

  private static final HikariDataSource DATABASE = TestDatabase.migrated();
  private static final JdbcTemplate SQL = new JdbcTemplate(DATABASE);
  private static final Actor VIEWER = new Actor("viewer", Set.of("viewer"), null);
  private static final DataReader READER =
      new DataReaders(CatalogueFile.shipped(), DATABASE, null).of(VIEWER);

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void theSampleIsLargeEnoughToBeHonest() {
    assertThat(SQL.queryForObject("select count(*) from sample.sales", Long.class))
        .isGreaterThanOrEqualTo(100_000);
    assertThat(
            SQL.queryForList(
                "select distinct state from sample.customers order by 1", String.class))
        .containsExactly("CA", "FL", "NY", "TX");
  }

  @Test
  void aBreakdownAddsUpToTheTableItself() {
    QueryResult result =
        READER.read(
            new DataQuery(
                "sales",
                List.of("revenue", "orders"),
                List.of("region"),
                List.of(new Filter("date", Operator.BETWEEN, List.of("2026-04-01", "2026-06-30"))),
                List.of(new Sort("revenue", true)),
                null));

    assertThat(result.rows()).hasSize(4);
    assertThat(result.total("revenue"))
        .isEqualByComparingTo(
            SQL.queryForObject(
                "select sum(revenue) from sample.sales where sold_on between '2026-04-01' and '2026-06-30'",
                BigDecimal.class));
    assertThat(result.rows())
        .isSortedAccordingTo(
            (a, b) -> QueryResult.figure(b, "revenue").compareTo(QueryResult.figure(a, "revenue")));
    assertThat(result.sql()).contains("?").doesNotContain("2026-04-01");
    assertThat(result.digest()).isEqualTo(READER.read(result.query()).digest());
  }

  @Test
  void onlyNamesOfTheCatalogueReachTheDatabase() {
    for (DataQuery forged :
        List.of(
            query("pg_authid", "revenue", "region"),
            query("sales", "revenue); drop table sample.sales; --", "region"),
            query("sales", "revenue", "region\" from pg_authid --"))) {
      assertThatThrownBy(() -> READER.read(forged)).isInstanceOf(Refusal.class);
    }
  }

  @Test
  void aFilterValueIsAValueWhateverItSays() {
    QueryResult result =
        READER.read(
            new DataQuery(
                "customers",
                List.of("lifetime_revenue"),
                List.of("name"),
                List.of(
                    new Filter(
                        "name", Operator.CONTAINS, List.of("'; drop table sample.customers; --%"))),
                List.of(),
                null));

    assertThat(result.rows()).isEmpty();
    assertThat(SQL.queryForObject("select count(*) from sample.customers", Long.class))
        .isEqualTo(1200);
  }

  @Test
  void questionsRunAsARoleThatCanOnlyReadTheData() {
    for (String statement :
        List.of(
            "delete from sample.sales",
            "select * from domain_event_entry",
            "select * from user_role")) {
      assertThatThrownBy(
              () ->
                  SQL.execute(
                      (Connection connection) -> {
                        connection.createStatement().execute("set role colloquy_reader");
                        try {
                          return connection.createStatement().execute(statement);
                        } finally {
                          connection.createStatement().execute("reset role");
                        }
                      }))
          .as(statement)
          .rootCause()
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void tooManyRowsForAScreenAreRefused() {
    DataQuery everyDay =
        new DataQuery(
            "sales",
            List.of("revenue"),
            List.of("date", "region", "product", "channel"),
            List.of(),
            List.of(),
            null);
    assertThatThrownBy(() -> READER.read(everyDay))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("10,000");
  }

  private static DataQuery query(String dataset, String measure, String dimension) {
    return new DataQuery(dataset, List.of(measure), List.of(dimension), List.of(), List.of(), null);
  }
}
