package io.colloquy.db;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.db.embedded.EmbeddedDatabase;
import io.colloquy.db.privacy.SealEarlierEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A real PostgreSQL for tests: in a container where Docker answers, embedded otherwise. Each call
 * gives a fresh, migrated database on the one server.
 */
public final class TestDatabase {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String TEMPLATE = "migrated";
  private static final String SERVER = startServer();

  static {
    create(TEMPLATE, "template1");
    try (HikariDataSource template = pool(url(TEMPLATE))) {
      Flyway.configure()
          .dataSource(template)
          .javaMigrations(new SealEarlierEvents(new byte[32]))
          .load()
          .migrate();
    }
  }

  private TestDatabase() {}

  /** A fresh database with all migrations. */
  public static synchronized HikariDataSource migrated() {
    String name = "test_" + NUMBER.incrementAndGet();
    create(name, TEMPLATE);
    return pool(url(name));
  }

  /** A fresh database as an earlier version of the product left it. */
  public static synchronized HikariDataSource migratedTo(String version) {
    String name = "test_" + NUMBER.incrementAndGet();
    create(name, "template1");
    HikariDataSource database = pool(url(name));
    Flyway.configure().dataSource(database).target(version).load().migrate();
    return database;
  }

  /** The same database as the role the application works as, which logs in as nobody else. */
  public static HikariDataSource asApplication(HikariDataSource owner) {
    HikariDataSource pool = pool(owner.getJdbcUrl());
    pool.setConnectionInitSql("set session authorization colloquy_app");
    return pool;
  }

  private static void create(String name, String template) {
    try (HikariDataSource server = pool(SERVER);
        Connection connection = server.getConnection()) {
      connection
          .createStatement()
          .execute("create database %s template %s".formatted(name, template));
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static String url(String database) {
    return SERVER.replaceFirst("/[^/?]+(\\?|$)", "/" + database + "$1");
  }

  private static HikariDataSource pool(String url) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(url);
    pool.setMaximumPoolSize(20);
    pool.addDataSourceProperty("reWriteBatchedInserts", "true");
    return pool;
  }

  private static String startServer() {
    if (DockerClientFactory.instance().isDockerAvailable()) {
      PostgreSQLContainer container = new PostgreSQLContainer("postgres:18");
      container.start();
      return container.getJdbcUrl()
          + "&user="
          + container.getUsername()
          + "&password="
          + container.getPassword();
    }
    try {
      Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "pg");
      EmbeddedDatabase server = EmbeddedDatabase.start(home);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server.jdbcUrl();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
