package io.colloquy.db.eventstore;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * The latest events of the log, read and opened once for all streams that are near its end. The log
 * has one order without gaps, so what follows a place in here is all that follows it.
 */
final class LogTail {

  private static final int MOST_KEPT = 4_000;

  private final List<TrackedEventMessage<?>> events = new ArrayList<>();

  /** Everything after this place is in here. */
  private @Nullable CommitPositionToken start;

  private boolean begun;

  /** Begins anew, empty, after a place. */
  synchronized void begin(@Nullable TrackingToken after) {
    events.clear();
    start = (CommitPositionToken) after;
    begun = true;
  }

  /** Adds what follows. */
  synchronized void add(List<? extends TrackedEventMessage<?>> more) {
    events.addAll(more);
    if (events.size() > MOST_KEPT) {
      List<TrackedEventMessage<?>> old = events.subList(0, events.size() - MOST_KEPT / 2);
      start = (CommitPositionToken) old.getLast().trackingToken();
      old.clear();
    }
  }

  /**
   * What follows a place, at most so many; null when the tail does not reach back to it and the log
   * must be read.
   */
  synchronized @Nullable List<TrackedEventMessage<?>> after(
      @Nullable TrackingToken place, int most) {
    if (!begun || (place == null ? start != null : !reaches((CommitPositionToken) place))) {
      return null;
    }
    int from = place == null ? 0 : firstAfter((CommitPositionToken) place);
    return List.copyOf(events.subList(from, Math.min(events.size(), from + most)));
  }

  private boolean reaches(CommitPositionToken place) {
    return start == null || place.compareTo(start) >= 0;
  }

  private int firstAfter(CommitPositionToken place) {
    int low = 0;
    int high = events.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      CommitPositionToken there = (CommitPositionToken) events.get(middle).trackingToken();
      if (there.compareTo(place) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
