package io.colloquy.command.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.db.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.core.JacksonException;

/** A catalogue over a database that was brought. */
class CatalogueFileTest {

  private static final String SHOP =
      """
      datasets:
        orders:
          title: Orders
          noun: orders
          description: What was ordered.
          table: shop.orders
          source: {id: shop, name: Shop, location: table shop.orders}
          synonyms: [order]
          default_measure: amount
          measures:
            amount: {aggregate: sum, column: amount, label: Amount, synonyms: []}
          dimensions:
            country: {column: country, label: Country, synonyms: []}
          drill: [country]
          access: {permissions: [manager], rows: [{dimension: country, values: [France], unless: [admin]}]}
      """;

  private static CatalogueFile read(String yaml) {
    return CatalogueFile.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void itsDatasetsAreReadThereAndItsRulesAreTaken() {
    Catalogue catalogue = read(SHOP).external();

    assertThat(catalogue.dataset("orders").external()).isTrue();
    assertThat(catalogue.dataset("orders").access())
        .isEqualTo(
            new Catalogue.Access(
                null,
                java.util.List.of("manager"),
                java.util.List.of(
                    new RowRule(
                        "country", java.util.List.of("France"), java.util.List.of("admin")))));
  }

  @Test
  void aKeyNobodyKnowsIsAnErrorSoThatNoRuleIsLost() {
    assertThatThrownBy(() -> read(SHOP.replace("unless", "except")))
        .isInstanceOf(JacksonException.class)
        .hasMessageContaining("except");
  }

  @Test
  void aDatasetWhoseTableIsMissingIsFoundBeforeAnybodyAsks() {
    try (HikariDataSource database = TestDatabase.migrated()) {
      Catalogue catalogue = read(SHOP).external();
      DataReaders readers = new DataReaders(catalogue, database, database);
      assertThat(readers.unreadable()).hasValue("orders");

      JdbcTemplate sql = new JdbcTemplate(database);
      sql.execute("create schema shop");
      sql.execute("create table shop.orders (country text, amount numeric)");
      assertThat(readers.unreadable()).isEmpty();
    }
  }
}
