package org.sonograph.launcher.embedded;

import java.time.Duration;
import java.util.Optional;

/**
 * When the broker closes a file of its log: only closed files can be deleted.
 *
 * @param bytes at this size; at least the largest message
 * @param age at this age, by the time of its records
 * @param kept no topic keeps records longer; empty = as long as each is made for
 */
public record LogSegments(int bytes, Duration age, Optional<Duration> kept) {
  /** A job that deletes what is passed: files so short-lived that the disk stays flat. */
  public static final LogSegments PASSING =
      new LogSegments(32 << 20, Duration.ofSeconds(10), Optional.empty());

  /** Topics that are kept for their retention. */
  public static final LogSegments KEPT =
      new LogSegments(256 << 20, Duration.ofDays(1), Optional.empty());

  /** Those of a stream, which would fill any disk. */
  public static LogSegments keeping(Duration kept) {
    return new LogSegments(64 << 20, kept.dividedBy(6), Optional.of(kept));
  }
}
