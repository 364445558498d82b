package org.sonograph.launcher.job;

import java.util.OptionalDouble;

/** How fast pictures come, from the first that is seen to come to the last. */
final class PaintPace {
  /** Fewer pictures say more about the start than about the pace. */
  private static final long LEAST_PICTURES = 8;

  private long before = -1;
  private long first = -1;
  private long firstNanos;
  private long last;
  private long lastNanos;

  /** So many pictures are there at that time. */
  void seen(long pictures, long nanos) {
    if (before >= 0 && pictures > before) {
      if (first < 0) {
        first = pictures;
        firstNanos = nanos;
      }
      last = pictures;
      lastNanos = nanos;
    }
    before = pictures;
  }

  /** Seconds from one picture to the next; empty after too few. */
  OptionalDouble secondsAPicture() {
    return first >= 0 && last - first >= LEAST_PICTURES
        ? OptionalDouble.of((lastNanos - firstNanos) / 1e9 / (last - first))
        : OptionalDouble.empty();
  }
}
