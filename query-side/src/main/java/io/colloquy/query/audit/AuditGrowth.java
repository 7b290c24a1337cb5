package io.colloquy.query.audit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/** Tells those who follow the audit log that it has grown. */
@Component
class AuditGrowth {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();

  void tell() {
    lock.lock();
    try {
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it has grown here; elsewhere it may have grown too, so not for long. */
  void await(long millis) throws InterruptedException {
    lock.lock();
    try {
      if (!grown.await(millis, TimeUnit.MILLISECONDS)) {
        return; // Time to look anyway.
      }
    } finally {
      lock.unlock();
    }
  }
}
