package io.colloquy.command.export;

import io.colloquy.api.access.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Keeps exported files. A file appears whole or not at all, and is never changed after. Safe for
 * use by many threads.
 */
public interface ExportStore {

  /** Writes the content of a file. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * A file that is durable.
   *
   * @param location where the store keeps it
   * @param bytes its size
   * @param sha256 digest of its bytes, hexadecimal
   */
  record Written(String location, long bytes, String sha256) {}

  /**
   * A file to read; closing it is the reader's duty.
   *
   * @param bytes its size
   */
  record Stored(InputStream content, long bytes) {}

  /**
   * Writes the file, unless it is there already: an export resumed after a crash keeps its file.
   *
   * @param exportId a UUID
   */
  Written write(String exportId, Content content);

  /**
   * Opens a file.
   *
   * @throws Refusal when there is none
   */
  Stored open(String exportId);

  /** Takes a file away, if it is there. */
  void delete(String exportId);
}
