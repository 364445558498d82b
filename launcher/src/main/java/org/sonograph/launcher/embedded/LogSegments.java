package org.sonograph.launcher.embedded;

import java.time.Duration;

/**
 * When the broker closes a file of its log: only closed files can be deleted.
 *
 * @param bytes at this size; at least the largest message
 * @param age at this age, by the time of its records
 */
public record LogSegments(int bytes, Duration age) {
  /** A job that deletes what is passed: files so short-lived that the disk stays flat. */
  public static final LogSegments PASSING = new LogSegments(32 << 20, Duration.ofSeconds(10));

  /** Topics that are kept for their retention. */
  public static final LogSegments KEPT = new LogSegments(256 << 20, Duration.ofDays(1));
}
