package io.colloquy.command.source;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How far the imports on this node are; it says nothing of those that have ended. */
@Component
public class ImportProgress {

  private final ConcurrentHashMap<String, Progress> bySource = new ConcurrentHashMap<>();

  /**
   * How far an import is.
   *
   * @param phase {@code checking} or {@code loading}
   * @param row the row it has got to
   * @param rows how many there are, absent while that is not known
   */
  public record Progress(String phase, long row, @Nullable Long rows) {}

  void checking(String sourceId, long row) {
    bySource.put(sourceId, new Progress("checking", row, null));
  }

  void loading(String sourceId, long row, long rows) {
    bySource.put(sourceId, new Progress("loading", row, rows));
  }

  void ended(String sourceId) {
    bySource.remove(sourceId);
  }

  /** How far a source's import is, or null when none runs here. */
  public @Nullable Progress of(String sourceId) {
    return bySource.get(sourceId);
  }
}
