package org.sonograph.ingest;

import java.time.Duration;

/**
 * What is taken in at most.
 *
 * @param longest longest source
 * @param longestNotebook longest source of the notebook profile, whose one picture holds it all
 */
public record IngestLimits(Duration longest, Duration longestNotebook) {
  /** A day; ten minutes in one picture. */
  public static final IngestLimits DEFAULTS =
      new IngestLimits(Duration.ofHours(24), Duration.ofMinutes(10));

  /** The limit of a profile. */
  public Duration longest(String profile) {
    boolean notebook = profile.equals("notebook");
    return notebook && longestNotebook.compareTo(longest) < 0 ? longestNotebook : longest;
  }
}
