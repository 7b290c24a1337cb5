package io.colloquy.command.catalogue;

import io.colloquy.api.data.DataQuery;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Rows that were read.
 *
 * @param query the question
 * @param sql the statement that ran, with placeholders
 * @param rows the cells by dimension and measure; dimensions are text, measures are decimals
 * @param totalRows how many rows the question has in all, at least as many as were read
 */
public record QueryResult(
    DataQuery query, String sql, List<Map<String, Object>> rows, long totalRows) {

  /** The figure of a row. */
  public static BigDecimal figure(Map<String, Object> row, String measure) {
    return row.get(measure) instanceof BigDecimal figure ? figure : BigDecimal.ZERO;
  }

  /** The text of a row's dimension. */
  public static String text(Map<String, Object> row, String dimension) {
    return String.valueOf(row.get(dimension));
  }

  /** The sum of a measure over all rows. */
  public BigDecimal total(String measure) {
    return rows.stream().map(row -> figure(row, measure)).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** SHA-256 over the rows as text, one row per line; proves later that the same rows were read. */
  public String digest() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (Map<String, Object> row : rows) {
        for (Object cell : row.values()) {
          String text =
              cell instanceof BigDecimal number ? number.toPlainString() : String.valueOf(cell);
          sha256.update(text.getBytes(StandardCharsets.UTF_8));
          sha256.update((byte) '\t');
        }
        sha256.update((byte) '\n');
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
