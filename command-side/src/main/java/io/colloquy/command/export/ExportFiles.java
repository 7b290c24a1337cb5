package io.colloquy.command.export;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/** Keeps exported files on disk. A file appears whole or not at all. */
@Component
public class ExportFiles {

  private final ExportSettings settings;

  /** Files in the settings' folder. */
  public ExportFiles(ExportSettings settings) {
    this.settings = settings;
  }

  /** Writes the content of a file. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** A file that is durable. */
  record Written(String location, long bytes, String sha256) {}

  /**
   * Writes the file, unless it is there already: an export resumed after a crash keeps its file.
   */
  Written write(String exportId, Content content) {
    Path whole = file(exportId);
    if (Files.notExists(whole)) {
      writeNew(exportId, whole, content);
    }
    try (InputStream in = new DigestInputStream(Files.newInputStream(whole), sha256())) {
      in.transferTo(OutputStream.nullOutputStream());
      String digest =
          HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
      return new Written("file:" + exportId, Files.size(whole), digest);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void writeNew(String exportId, Path whole, Content content) {
    try {
      Files.createDirectories(settings.folder());
      Path part = settings.folder().resolve(exportId + ".part");
      try (FileChannel file =
              FileChannel.open(
                  part,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.TRUNCATE_EXISTING);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file))) {
        content.writeTo(out);
        out.flush();
        file.force(true);
      }
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * The file of an export.
   *
   * @throws Refusal when there is none
   */
  public Path read(String exportId) {
    Path file = file(exportId);
    if (!exportId.matches("[0-9a-f-]{36}") || Files.notExists(file)) {
      throw new Refusal(ErrorCode.EXPORT_NOT_FOUND, "There is no such file any more.");
    }
    return file;
  }

  private Path file(String exportId) {
    return settings.folder().resolve(exportId);
  }
}
