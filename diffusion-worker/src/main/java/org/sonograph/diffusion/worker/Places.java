package org.sonograph.diffusion.worker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * How many records this worker may hold that its device has not finished: one batch at work, and
 * one in advance so that the device never waits. Only one lane asks the broker at a time, and never
 * for more than there is room for.
 *
 * <p>After a start, and while a record is here that may have ended a worker, it holds a single one:
 * whatever ends this process then takes no innocent record with it.
 */
final class Places {
  private int batch;
  private int occupied;
  private final Queue<Thread> line = new ArrayDeque<>();
  private boolean isAsking;
  private boolean isFresh = true;
  private int suspects;
  private boolean isClosed;
  private long pausedUntilNanos = System.nanoTime();

  Places(int batch) {
    this.batch = batch;
  }

  /**
   * Waits until the caller may ask the broker: lanes take turns, since each sees other partitions.
   *
   * @return for how many records at most; 0 once closed
   */
  synchronized int await() throws InterruptedException {
    line.add(Thread.currentThread());
    try {
      while (!isClosed) {
        long pause = (pausedUntilNanos - System.nanoTime() + 999_999) / 1_000_000;
        if (pause > 0) {
          wait(pause);
        } else if (isAsking || !hasRoom() || line.peek() != Thread.currentThread()) {
          wait();
        } else {
          isAsking = true;
          return isCareful() ? 1 : batch;
        }
      }
      return 0;
    } finally {
      line.remove(Thread.currentThread());
    }
  }

  /** Whether somebody asks the broker, or may. */
  synchronized boolean isOpen() {
    return !isClosed && (isAsking || hasRoom());
  }

  /** Records held that the device has not finished. */
  synchronized int occupied() {
    return occupied;
  }

  private boolean hasRoom() {
    return isCareful() ? occupied == 0 : occupied + batch <= 2 * batch;
  }

  private boolean isCareful() {
    return isFresh || suspects > 0;
  }

  /**
   * The broker has answered.
   *
   * @param found how many of the records may have ended a worker
   */
  synchronized void answered(int records, int found) {
    isAsking = false;
    occupied += records;
    suspects += found;
    notifyAll();
  }

  /** A record makes room. */
  synchronized void leave(boolean isSuspect) {
    occupied--;
    suspects -= isSuspect ? 1 : 0;
    notifyAll();
  }

  /** A record was worked on to its end, and this process is still there. */
  synchronized void survived() {
    isFresh = false;
    notifyAll();
  }

  /** No record is taken for this long. */
  synchronized void pause(Duration time) {
    pausedUntilNanos = System.nanoTime() + time.toNanos();
    notifyAll();
  }

  /** From now on batches are of this size. */
  synchronized void resize(int records) {
    batch = records;
    notifyAll();
  }

  /** Nobody may ask any more. */
  synchronized void close() {
    isClosed = true;
    notifyAll();
  }
}
