package io.colloquy.app.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * A secret made at the first start and kept in the home folder; keys for single purposes are
 * derived from it.
 */
@Component
public class InstallationSecret {

  private static final int BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] secret;

  InstallationSecret(ColloquySettings settings) {
    this.secret =
        readOrCreate(
            settings.home().resolve("secret.key"),
            () -> {
              byte[] fresh = new byte[BYTES];
              new SecureRandom().nextBytes(fresh);
              return fresh;
            });
  }

  /** The key for one purpose; keys of different purposes tell nothing of each other. */
  public byte[] keyFor(String purpose) {
    return hmac(secret, purpose);
  }

  /**
   * A digest that only this installation can make, so that short values cannot be found by trying.
   */
  public String digest(String value) {
    return HexFormat.of().formatHex(hmac(keyFor("digest"), value));
  }

  private static byte[] hmac(byte[] key, String value) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A file that only its owner can read, made when it is first needed. */
  static byte[] readOrCreate(Path file, Supplier<byte[]> made) {
    try {
      if (Files.exists(file)) {
        return Files.readAllBytes(file);
      }
      byte[] fresh = made.get();
      Files.createDirectories(file.getParent());
      Path part =
          Files.createTempFile(
              file.getParent(),
              "secret",
              ".part",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        Files.write(part, fresh);
        Files.createLink(file, part);
        return fresh;
      } catch (FileAlreadyExistsException another) {
        // Another node that shares the folder was quicker.
        return Files.readAllBytes(file);
      } finally {
        Files.delete(part);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "The folder of " + file + " cannot be written; set COLLOQUY_HOME", failure);
    }
  }
}
