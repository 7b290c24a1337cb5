package io.colloquy.db.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;

/**
 * The embedded server's password. The library lets everybody on the machine in; the log is only
 * worth something when other users of the machine cannot write to it.
 */
final class DatabasePassword {

  private static final String ACCESS =
      """
      # Written by Colloquy: nobody without the password.
      local all all               scram-sha-256
      host  all all 127.0.0.1/32  scram-sha-256
      host  all all ::1/128       scram-sha-256
      """;

  private DatabasePassword() {}

  /** The password made at the first start, in a file only its owner can read. */
  static String keptIn(Path home, String name) throws IOException {
    Path file = home.resolve(name);
    if (Files.notExists(file)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      write(file, HexFormat.of().formatHex(random));
    }
    return Files.readString(file);
  }

  /** Makes the server ask for the password. Done at every start, so that none leaves it open. */
  static void require(
      String password, String ofApplication, EmbeddedPostgres server, Path dataFolder)
      throws IOException, SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      // Hexadecimal, so that nothing in it needs quoting.
      statement.execute("alter role postgres password '" + password + "'");
      statement.execute(
          """
          do $$ begin
            create role %s;
          exception when duplicate_object then
            null;
          end $$"""
              .formatted(EmbeddedDatabase.APPLICATION));
      statement.execute(
          "alter role %s login password '%s'"
              .formatted(EmbeddedDatabase.APPLICATION, ofApplication));
      write(dataFolder.resolve("pg_hba.conf"), ACCESS);
      statement.execute("select pg_reload_conf()");
    }
  }

  private static void write(Path file, String content) throws IOException {
    Path part =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            "colloquy",
            ".part",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(part, content);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
