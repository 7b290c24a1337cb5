package io.colloquy.app.config;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.db.embedded.EmbeddedDatabase;
import io.colloquy.db.embedded.SettingsException;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The database: a server that is told, or an embedded one. */
@Configuration
class DatabaseConfiguration {

  private static final int MOST_CONNECTIONS = 40;
  private static final int FEWEST_CONNECTIONS = 8;
  private static final int OWNER_IDLE_MILLIS = 10_000;
  private static final String LOGIN_SECONDS = "10";

  @Bean(destroyMethod = "close")
  @ConditionalOnExpression("'${colloquy.database-url:}'.isBlank()")
  EmbeddedDatabase embeddedDatabase(ColloquySettings settings) {
    return EmbeddedDatabase.start(settings.home());
  }

  /**
   * Depends on the embedded server, so that it is closed before the server stops. Works as a role
   * that may append to the log and change nothing in it.
   */
  @Bean(destroyMethod = "close")
  @Primary
  HikariDataSource dataSource(
      ColloquySettings settings, ObjectProvider<EmbeddedDatabase> embedded) {
    HikariDataSource pool = new HikariDataSource();
    EmbeddedDatabase server = embedded.getIfAvailable();
    if (server != null) {
      pool.setJdbcUrl(server.applicationUrl());
    } else {
      configure(pool, Objects.requireNonNull(settings.databaseUrl()), "DATAFLOW_DATABASE_URL");
      if (settings.ownerDatabaseUrl() == null) {
        pool.setConnectionInitSql("set role colloquy_app");
      }
    }
    pool.addDataSourceProperty("reWriteBatchedInserts", "true");
    // A server that takes a connection and says nothing would hold up all that wait for one.
    pool.addDataSourceProperty("loginTimeout", LOGIN_SECONDS);
    pool.addDataSourceProperty("ApplicationName", "colloquy");
    pool.setMaximumPoolSize(MOST_CONNECTIONS);
    pool.setMinimumIdle(FEWEST_CONNECTIONS);
    pool.setPoolName("colloquy");
    return pool;
  }

  /** For migrations alone: as the owner of the tables. */
  @Bean(destroyMethod = "close", defaultCandidate = false)
  @FlywayDataSource
  HikariDataSource ownerDataSource(
      ColloquySettings settings, ObjectProvider<EmbeddedDatabase> embedded) {
    HikariDataSource pool = new HikariDataSource();
    EmbeddedDatabase server = embedded.getIfAvailable();
    if (server != null) {
      pool.setJdbcUrl(server.jdbcUrl());
    } else if (settings.ownerDatabaseUrl() != null) {
      configure(pool, settings.ownerDatabaseUrl(), "COLLOQUY_OWNER_DATABASE_URL");
    } else {
      configure(pool, Objects.requireNonNull(settings.databaseUrl()), "DATAFLOW_DATABASE_URL");
    }
    pool.setPoolName("colloquy-owner");
    pool.setMaximumPoolSize(2);
    pool.setMinimumIdle(0);
    pool.setIdleTimeout(OWNER_IDLE_MILLIS);
    return pool;
  }

  /**
   * Takes JDBC URLs as they are, and {@code postgresql://user:password@host:port/database} as
   * others write them.
   */
  static void configure(HikariDataSource pool, String url, String setting) {
    if (url.startsWith("jdbc:postgresql:")) {
      pool.setJdbcUrl(url);
      return;
    }
    if (!url.matches("postgres(ql)?://.+")) {
      throw new SettingsException(
          setting
              + " must be a PostgreSQL URL such as postgresql://user:password@host:5432/database.");
    }
    URI uri = URI.create(url);
    String query = uri.getQuery() == null ? "" : "?" + uri.getQuery();
    int port = uri.getPort() < 0 ? 5432 : uri.getPort();
    pool.setJdbcUrl(
        "jdbc:postgresql://%s:%d%s%s".formatted(uri.getHost(), port, uri.getPath(), query));
    Optional.ofNullable(uri.getUserInfo())
        .map(info -> info.split(":", 2))
        .ifPresent(
            info -> {
              pool.setUsername(info[0]);
              if (info.length == 2) {
                pool.setPassword(info[1]);
              }
            });
  }
}
