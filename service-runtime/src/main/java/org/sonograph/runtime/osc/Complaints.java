package org.sonograph.runtime.osc;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns at most once a second, and says how many warnings were left out: a fader sends hundreds.
 */
final class Complaints {
  private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
  private static final long EVERY_NANOS = 1_000_000_000;

  private final LongSupplier nanos;
  private long lastNanos;
  private boolean hasWarned;
  private long leftOut;

  Complaints(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Writes the line, or counts it; true if it was written. */
  boolean warn(String line) {
    long now = nanos.getAsLong();
    if (hasWarned && now - lastNanos < EVERY_NANOS) {
      leftOut++;
      return false;
    }
    String plain = line.replaceAll("\\p{Cntrl}", "?");
    LOG.warn("{}{}", plain, leftOut > 0 ? " (" + leftOut + " lines before it left out)" : "");
    hasWarned = true;
    lastNanos = now;
    leftOut = 0;
    return true;
  }
}
