package org.sonograph.launcher.s3;

import java.time.Duration;

/** Waits longer after each failure in a row, and says when it is enough. */
final class Backoff {
  /** Failures in a row after which it is given up: half a minute of silence. */
  static final int MOST = 8;

  static final Duration FIRST = Duration.ofMillis(200);
  static final Duration LONGEST = Duration.ofSeconds(10);

  private int failures;

  /** Whatever came before, something got through. */
  void progress() {
    failures = 0;
  }

  /** Waits; false where it was the last try. */
  boolean again() throws InterruptedException {
    if (++failures >= MOST) {
      return false;
    }
    long ms = Math.min(LONGEST.toMillis(), FIRST.toMillis() << (failures - 1));
    Thread.sleep(ms / 2 + (long) (Math.random() * ms / 2));
    return true;
  }
}
