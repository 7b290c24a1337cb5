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

/** Keeps exported files in a folder. */
public final class DiskExportStore implements ExportStore {

  private final Path folder;

  /** A store in a folder, which is made when the first file is. */
  public DiskExportStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public Written write(String exportId, Content content) {
    try {
      Path whole = file(exportId);
      if (Files.notExists(whole)) {
        writeNew(exportId, whole, content);
      }
      return new Written("file:" + exportId, Files.size(whole), digest(whole));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void writeNew(String exportId, Path whole, Content content) throws IOException {
    Files.createDirectories(folder);
    Path part = folder.resolve(exportId + ".part");
    try {
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
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static String digest(Path file) throws IOException {
    try (var in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public Stored open(String exportId) {
    Path file = file(exportId);
    try {
      if (Files.notExists(file)) {
        throw new Refusal(ErrorCode.EXPORT_NOT_FOUND, "There is no such file any more.");
      }
      InputStream content = Files.newInputStream(file);
      return new Stored(content, Files.size(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void delete(String exportId) {
    try {
      Files.deleteIfExists(file(exportId));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Where a file lies. */
  Path file(String exportId) {
    if (!exportId.matches("[0-9a-f-]{36}")) {
      throw new Refusal(ErrorCode.EXPORT_NOT_FOUND, "There is no such file any more.");
    }
    return folder.resolve(exportId);
  }
}
