package org.sonograph.launcher.embedded;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** When a process has died: now and then is mended by another start, again and again is not. */
final class Deaths {
  static final int MOST = 5;
  static final Duration WITHIN = Duration.ofMinutes(5);

  private final Deque<Long> atNanos = new ArrayDeque<>();
  private final int most;

  Deaths() {
    this(MOST);
  }

  /**
   * None yet.
   *
   * @param most that are mended within five minutes
   */
  Deaths(int most) {
    this.most = most;
  }

  /**
   * Counts one more.
   *
   * @param nowNanos time of a clock that only goes forward, ns
   * @return true if there were more than are mended within five minutes
   */
  boolean areHopeless(long nowNanos) {
    atNanos.addLast(nowNanos);
    while (nowNanos - atNanos.getFirst() > WITHIN.toNanos()) {
      atNanos.removeFirst();
    }
    return atNanos.size() > most;
  }
}
