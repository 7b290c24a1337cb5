package io.colloquy.command.source;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.source.SourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Uploaded files, kept on this machine until they are imported. */
public final class SourceFiles {

  private static final int BUFFER = 64 * 1024;

  private final Path folder;
  private final long largest;

  /**
   * Files in a folder.
   *
   * @param largest how many bytes a file may have
   */
  public SourceFiles(Path folder, long largest) {
    this.folder = folder;
    this.largest = largest;
  }

  /** A file that was taken in. */
  public record Taken(SourceKind kind, long bytes, String sha256) {}

  /**
   * Takes a file in as it comes, and finds out what it holds.
   *
   * @throws Refusal when it is too large or nothing that can be imported; nothing of it is kept
   */
  public Taken take(String sourceId, String filename, InputStream content) throws IOException {
    Files.createDirectories(folder);
    Path file = of(sourceId);
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      long bytes = 0;
      try (InputStream in = new DigestInputStream(content, sha256);
          OutputStream out = Files.newOutputStream(file)) {
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          bytes += read;
          if (bytes > largest) {
            throw new Refusal(
                ErrorCode.FILE_TOO_LARGE,
                "The file is larger than %d MiB.".formatted(largest / (1024 * 1024)));
          }
          out.write(buffer, 0, read);
        }
      }
      SourceKind kind = FileKinds.of(file, filename);
      return new Taken(kind, bytes, HexFormat.of().formatHex(sha256.digest()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException | RuntimeException refused) {
      discard(sourceId);
      throw refused;
    }
  }

  Path of(String sourceId) {
    return folder.resolve(sourceId + ".upload");
  }

  /** Forgets a file. */
  public void discard(String sourceId) {
    try {
      Files.deleteIfExists(of(sourceId));
    } catch (IOException left) {
      // It is in nobody's way.
    }
  }
}
