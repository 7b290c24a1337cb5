package io.colloquy.command.turn;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Text on its way into the log: the first piece at once, later ones joined until the interval is
 * over. Text the log already holds, from before a crash, is not written again.
 */
final class AnswerStream {

  private static final long INTERVAL_NANOS = Duration.ofMillis(80).toNanos();

  private final String logged;
  private final BiConsumer<Integer, String> append;
  private final StringBuilder text = new StringBuilder();
  private int appended;
  private long lastAppend;

  /**
   * A stream that goes on after the logged text.
   *
   * @param append takes how many characters went before, and the new piece
   */
  AnswerStream(String logged, BiConsumer<Integer, String> append) {
    this.logged = logged;
    this.append = append;
    this.appended = logged.length();
    this.lastAppend = System.nanoTime() - INTERVAL_NANOS;
  }

  /** Whether the log holds more than what was written again so far. */
  boolean isBehind() {
    return logged.length() > text.length();
  }

  /** Goes on after what the log holds: words that cannot be had again are left as they are. */
  void catchUp() {
    text.setLength(0);
    text.append(logged);
  }

  void write(String piece) {
    text.append(piece);
    if (System.nanoTime() - lastAppend >= INTERVAL_NANOS) {
      flush();
    }
  }

  void flush() {
    int common = Math.min(text.length(), logged.length());
    if (!logged.startsWith(text.substring(0, common))) {
      throw new Refusal(ErrorCode.INTERRUPTED, "The answer was interrupted. Please ask again.");
    }
    if (text.length() > appended) {
      append.accept(appended, text.substring(appended));
      appended = text.length();
      lastAppend = System.nanoTime();
    }
  }
}
