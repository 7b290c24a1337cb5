package io.colloquy.db.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server run by this process, its data in a folder that outlives it.
 *
 * <p>The library's own defaults trade durability for speed; here what is committed survives a
 * crash.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final String DATABASE = "postgres";

  /** The role the application works as. */
  static final String APPLICATION = "colloquy_app";

  private static final String BINARIES = "postgres-binaries";

  private final FileChannel lock;
  private final EmbeddedPostgres server;
  private final String password;
  private final String ofApplication;

  private EmbeddedDatabase(
      FileChannel lock, EmbeddedPostgres server, String password, String ofApplication) {
    this.lock = lock;
    this.server = server;
    this.password = password;
    this.ofApplication = ofApplication;
  }

  /**
   * Starts the server on the data of the last start, or on fresh data the first time.
   *
   * @param home the folder that holds everything this process keeps
   * @throws SettingsException when another process uses the folder, with a sentence that says so
   */
  public static EmbeddedDatabase start(Path home) {
    FileChannel lock = lock(home);
    try {
      String password = DatabasePassword.keptIn(home, "postgres.password");
      String ofApplication = DatabasePassword.keptIn(home, "application.password");
      EmbeddedPostgres server = startServer(home, password);
      // The library leaves the programs it unpacks open for everybody to change. A second server in
      // this process uses those of the first.
      if (Files.exists(home.resolve(BINARIES))) {
        Files.setPosixFilePermissions(
            home.resolve(BINARIES), PosixFilePermissions.fromString("rwx------"));
      }
      DatabasePassword.require(password, ofApplication, server, home.resolve("postgres"));
      return new EmbeddedDatabase(lock, server, password, ofApplication);
    } catch (IOException | SQLException | RuntimeException failure) {
      closeQuietly(lock);
      throw new SettingsException(
          String.valueOf(failure.getMessage()).contains("Missing embedded postgres binaries")
              ? "This package comes without PostgreSQL. Set DATAFLOW_DATABASE_URL to a server."
              : "PostgreSQL could not be started in " + home,
          failure);
    }
  }

  private static FileChannel lock(Path home) {
    try {
      Files.createDirectories(home);
      FileChannel channel =
          FileChannel.open(
              home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        throw new SettingsException(inUse(home));
      }
      return channel;
    } catch (OverlappingFileLockException heldByThisProcess) {
      throw new SettingsException(inUse(home), heldByThisProcess);
    } catch (IOException failure) {
      throw new SettingsException(
          "The folder %s cannot be written. Set COLLOQUY_HOME to one that can.".formatted(home),
          failure);
    }
  }

  private static String inUse(Path home) {
    return "The folder %s is used by another running Colloquy. Stop it, or set COLLOQUY_HOME to another folder."
        .formatted(home);
  }

  private static EmbeddedPostgres startServer(Path home, String password) throws IOException {
    Path dataFolder = home.resolve("postgres");
    discardUnfinishedFirstStart(dataFolder);
    return EmbeddedPostgres.builder()
        .setDataDirectory(dataFolder)
        .setOverrideWorkingDirectory(home.resolve(BINARIES).toFile())
        .setCleanDataDirectory(false)
        // Its shutdown hook would stop the server while the application still works with it.
        .setRegisterShutdownHook(false)
        .setDataDirectoryCustomizer(folder -> stopOrphanedServer(folder.toPath()))
        .setPGStartupWait(Duration.ofSeconds(60))
        .setConnectConfig("password", password)
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("max_connections", "100")
        // A server left behind by a killed process notices that its clients are gone.
        .setServerConfig("client_connection_check_interval", "1000")
        .start();
  }

  /** The JDBC URL of the owner of everything. */
  public String jdbcUrl() {
    return url("postgres", password);
  }

  /** The JDBC URL of the role the application works as. */
  public String applicationUrl() {
    return url(APPLICATION, ofApplication);
  }

  private String url(String role, String itsPassword) {
    return "jdbc:postgresql://localhost:%d/%s?user=%s&password=%s"
        .formatted(server.getPort(), DATABASE, role, itsPassword);
  }

  /** Stops the server and waits until it has. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("PostgreSQL did not stop cleanly", failure);
    } finally {
      closeQuietly(lock);
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException failure) {
      LOG.debug("The lock of the data folder was already gone", failure);
    }
  }

  /**
   * initdb writes postgresql.conf late but PG_VERSION early: a first start that was killed left a
   * useless folder.
   */
  private static void discardUnfinishedFirstStart(Path dataFolder) throws IOException {
    if (Files.notExists(dataFolder) || Files.exists(dataFolder.resolve("global/pg_control"))) {
      return;
    }
    try (Stream<Path> files = Files.walk(dataFolder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /**
   * Called while this process holds the folder's lock: whoever still serves it lost its own
   * process.
   */
  private static void stopOrphanedServer(Path dataFolder) {
    Path pidFile = dataFolder.resolve("postmaster.pid");
    if (Files.notExists(pidFile)) {
      return;
    }
    try {
      long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
      ProcessHandle.of(pid).filter(EmbeddedDatabase::isPostgres).ifPresent(EmbeddedDatabase::stop);
      Files.deleteIfExists(pidFile);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().map(command -> command.contains("postgres")).orElse(false);
  }

  private static void stop(ProcessHandle process) {
    LOG.info("Stopping the PostgreSQL server that a killed process left behind");
    process.destroy();
    try {
      process.onExit().get(10, TimeUnit.SECONDS);
    } catch (TimeoutException stillRunning) {
      // Its write-ahead log brings everything committed back.
      process.destroyForcibly();
      process.onExit().join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while stopping PostgreSQL", interrupted);
    } catch (ExecutionException failure) {
      throw new IllegalStateException("PostgreSQL could not be stopped", failure);
    }
  }
}
