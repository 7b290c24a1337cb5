package io.colloquy.command.source;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of rows, read from its beginning as often as needed and never held in memory whole. */
interface TabularFile {

  /** The names of its sheets; one without a name for a file that has none. */
  List<@Nullable String> sheets() throws IOException;

  /** Reads a sheet's rows, in order, until the reader has had enough. */
  void read(int sheet, RowReader reader) throws IOException;

  /** What people should know about how it is read. */
  List<String> notes();

  /** Whether each row must have exactly as many cells as the header. */
  boolean isRagged(int cells, int columns);

  /** Takes rows. */
  interface RowReader {

    /**
     * Takes a row.
     *
     * @param number its number in the sheet or file, from 1
     * @param cells a String, BigDecimal, LocalDate or Boolean each, null for an empty one
     * @return whether to go on
     */
    boolean row(long number, List<@Nullable Object> cells) throws IOException;
  }
}
