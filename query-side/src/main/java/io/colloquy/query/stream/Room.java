package io.colloquy.query.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The latest events of one conversation that somebody is listening to. */
final class Room {

  private static final int MOST_KEPT = 512;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Deque<EncodedFrame> recent = new ArrayDeque<>();
  private int listeners;

  /** Counts listeners; a room without any is given up. Guarded by the map that holds the rooms. */
  Room join() {
    listeners++;
    return this;
  }

  @Nullable Room leave() {
    listeners--;
    return listeners == 0 ? null : this;
  }

  void add(EncodedFrame frame) {
    lock.lock();
    try {
      recent.addLast(frame);
      if (recent.size() > MOST_KEPT) {
        recent.removeFirst();
      }
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Everything after a place, or null when the room does not reach back that far and the log must
   * be read.
   */
  @Nullable List<EncodedFrame> after(long seq) {
    lock.lock();
    try {
      if (recent.isEmpty() || recent.getFirst().seq() > seq + 1) {
        return null;
      }
      Deque<EncodedFrame> frames = new ArrayDeque<>();
      Iterator<EncodedFrame> latestFirst = recent.descendingIterator();
      while (latestFirst.hasNext()) {
        EncodedFrame frame = latestFirst.next();
        if (frame.seq() <= seq) {
          break;
        }
        frames.addFirst(frame);
      }
      return List.copyOf(frames);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the room holds something after a place, or the listener has gone. */
  void awaitAfter(long seq, BooleanSupplier gone) throws InterruptedException {
    lock.lock();
    try {
      while (!gone.getAsBoolean() && (recent.isEmpty() || recent.getLast().seq() <= seq)) {
        news.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Keeps nothing: what is asked for is read from the log. */
  void forget() {
    lock.lock();
    try {
      recent.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Lets every listener look again whether it has gone. */
  void wake() {
    lock.lock();
    try {
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
