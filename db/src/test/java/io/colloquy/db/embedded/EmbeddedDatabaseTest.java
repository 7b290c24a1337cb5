package io.colloquy.db.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  @TempDir Path home;

  @Test
  void whatIsCommittedIsDurable() throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
      assertThat(ask(database, "show fsync")).isEqualTo("on");
      assertThat(ask(database, "show synchronous_commit")).isEqualTo("on");
      assertThat(ask(database, "show full_page_writes")).isEqualTo("on");
    }
  }

  @Test
  void aSecondStartFindsTheDataOfTheFirst() throws SQLException {
    try (EmbeddedDatabase first = EmbeddedDatabase.start(home)) {
      run(first, "create table kept as select 42 as answer");
    }
    try (EmbeddedDatabase second = EmbeddedDatabase.start(home)) {
      assertThat(ask(second, "select answer from kept")).isEqualTo("42");
    }
  }

  @Test
  void nobodyGetsInWithoutThePassword() throws Exception {
    for (int start = 1; start <= 2; start++) {
      try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
        String open = database.jdbcUrl().replaceFirst("&password=.*", "");
        assertThatThrownBy(() -> DriverManager.getConnection(open))
            .hasMessageContaining("password");
        assertThatThrownBy(() -> DriverManager.getConnection(open + "&password=postgres"))
            .hasMessageContaining("password authentication failed");
        assertThat(ask(database, "select 1")).isEqualTo("1");
      }
    }
    assertThat(Files.getPosixFilePermissions(home.resolve("postgres.password")))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }

  @Test
  void aFolderInUseIsRefusedWithASentence() {
    try (EmbeddedDatabase first = EmbeddedDatabase.start(home)) {
      assertThat(first.jdbcUrl()).startsWith("jdbc:postgresql:");
      assertThatThrownBy(() -> EmbeddedDatabase.start(home))
          .hasMessageContaining("is used by another running Colloquy")
          .hasMessageContaining("COLLOQUY_HOME");
    }
  }

  @Test
  void theServerOfAKilledProcessIsReplacedAndItsCommitsAreKept() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Orphaner.class.getName(),
                home.toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("orphaner.log").toFile())
            .start();
    while (Files.notExists(home.resolve("committed"))) {
      assertThat(process.waitFor(50, TimeUnit.MILLISECONDS))
          .as(() -> "ended early: " + log())
          .isFalse();
    }
    long orphan =
        Long.parseLong(Files.readAllLines(home.resolve("postgres/postmaster.pid")).getFirst());
    process.destroyForcibly().waitFor();
    assertThat(ProcessHandle.of(orphan)).isPresent();

    try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
      assertThat(ask(database, "select count(*) from kept")).isEqualTo("1");
    }
  }

  private String log() {
    try {
      return Files.readString(home.resolve("orphaner.log"));
    } catch (java.io.IOException failure) {
      return failure.toString();
    }
  }

  /** Starts a server, commits, and waits to be killed. */
  static final class Orphaner {
    public static void main(String[] arguments) throws Exception {
      Path home = Path.of(arguments[0]);
      EmbeddedDatabase database = EmbeddedDatabase.start(home);
      run(database, "create table kept as select 1 as answer");
      Files.createFile(home.resolve("committed"));
      new java.util.concurrent.CountDownLatch(1).await();
    }
  }

  private static String ask(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
        ResultSet answer = connection.createStatement().executeQuery(sql)) {
      answer.next();
      return answer.getString(1);
    }
  }

  private static void run(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
      connection.createStatement().execute(sql);
    }
  }
}
