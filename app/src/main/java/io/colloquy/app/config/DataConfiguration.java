package io.colloquy.app.config;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.api.source.SourceQuery.FindSources;
import io.colloquy.api.source.SourceQuery.Sources;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.CatalogueFile;
import io.colloquy.command.catalogue.DataReaders;
import io.colloquy.command.source.ExternalTables;
import io.colloquy.command.source.SourceCatalogue;
import io.colloquy.command.source.SourceFiles;
import io.colloquy.db.embedded.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JacksonException;

/** What can be asked about: the sample data, or the database that is brought, and uploads. */
@Configuration
class DataConfiguration implements DisposableBean {

  private static final long LARGEST_UPLOAD = 200L * 1024 * 1024;
  private static final int MOST_CONNECTIONS = 10;

  private final @Nullable HikariDataSource external;
  private final ColloquySettings.ExternalDatabase settings;

  /** A pool of its own, not a bean: the product's database stays the only one that is injected. */
  DataConfiguration(ColloquySettings settings) {
    this.settings = settings.data();
    this.external = this.settings.url().isBlank() ? null : pool(this.settings.url());
  }

  private static HikariDataSource pool(String url) {
    HikariDataSource pool = new HikariDataSource();
    DatabaseConfiguration.configure(pool, url, "COLLOQUY_DATA_URL");
    pool.setReadOnly(true);
    pool.setMaximumPoolSize(MOST_CONNECTIONS);
    pool.setPoolName("external");
    pool.addDataSourceProperty("ApplicationName", "colloquy");
    return pool;
  }

  @Bean
  Catalogue catalogue() {
    if (external == null) {
      return CatalogueFile.shipped();
    }
    Catalogue catalogue =
        settings.catalogue().isBlank()
            ? new ExternalTables(external, settings.schema()).catalogue()
            : described(Path.of(settings.catalogue()));
    if (catalogue.datasets().isEmpty()) {
      throw new SettingsException(
          "The schema \"%s\" of COLLOQUY_DATA_URL has no table that can be read: set COLLOQUY_DATA_SCHEMA, or grant SELECT."
              .formatted(settings.schema()));
    }
    return catalogue;
  }

  private static Catalogue described(Path file) {
    try (InputStream yaml = Files.newInputStream(file)) {
      return CatalogueFile.read(yaml).external();
    } catch (IOException | JacksonException unreadable) {
      throw new SettingsException(
          "COLLOQUY_CATALOGUE cannot be read: %s".formatted(firstLine(unreadable)));
    }
  }

  private static String firstLine(Exception unreadable) {
    return String.valueOf(unreadable.getMessage()).lines().findFirst().orElse("");
  }

  @Bean
  DataReaders dataReaders(Catalogue catalogue, DataSource own) {
    DataReaders readers = new DataReaders(catalogue, own, external);
    if (external != null) {
      readers
          .unreadable()
          .ifPresent(
              dataset -> {
                throw new SettingsException(
                    "The dataset \"%s\" of COLLOQUY_CATALOGUE cannot be read from COLLOQUY_DATA_URL: check its table and columns, and that SELECT is granted."
                        .formatted(dataset));
              });
    }
    return readers;
  }

  @Bean
  SourceCatalogue sourceCatalogue(Catalogue catalogue, QueryGateway queries) {
    return new SourceCatalogue(
        catalogue, () -> queries.query(new FindSources(), Sources.class).join().sources());
  }

  @Bean
  SourceFiles sourceFiles(ColloquySettings settings) {
    return new SourceFiles(settings.home().resolve("uploads"), LARGEST_UPLOAD);
  }

  @Override
  public void destroy() {
    if (external != null) {
      external.close();
    }
  }
}
