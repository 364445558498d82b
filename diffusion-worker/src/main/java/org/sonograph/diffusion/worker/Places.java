package org.sonograph.diffusion.worker;

import java.time.Duration;

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
  private boolean isAsking;
  private boolean isCareful = true;
  private boolean isClosed;
  private long pausedUntilNanos = System.nanoTime();

  Places(int batch) {
    this.batch = batch;
  }

  /**
   * Waits until the caller may ask the broker.
   *
   * @return for how many records at most; 0 once closed
   */
  synchronized int await() throws InterruptedException {
    while (!isClosed) {
      long pause = (pausedUntilNanos - System.nanoTime() + 999_999) / 1_000_000;
      if (pause > 0) {
        wait(pause);
      } else if (isAsking || !hasRoom()) {
        wait();
      } else {
        isAsking = true;
        return isCareful ? 1 : batch;
      }
    }
    return 0;
  }

  private boolean hasRoom() {
    return isCareful ? occupied == 0 : occupied + batch <= 2 * batch;
  }

  /** The broker has answered. */
  synchronized void answered(int records, boolean hasSuspect) {
    isAsking = false;
    occupied += records;
    isCareful |= hasSuspect;
    notifyAll();
  }

  /** A record makes room. */
  synchronized void leave() {
    occupied--;
    notifyAll();
  }

  /** A record was worked on to its end, and this process is still there. */
  synchronized void survived() {
    isCareful = false;
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
