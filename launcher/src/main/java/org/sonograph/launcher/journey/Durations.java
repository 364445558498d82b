package org.sonograph.launcher.journey;

import java.util.Locale;

/** Short texts for times and sizes, as they stand in a table. */
final class Durations {
  private static final long MINUTE_MS = 60_000;
  private static final long HOUR_MS = 60 * MINUTE_MS;
  private static final double KILO = 1000;

  private Durations() {}

  /** A time such as {@code 0.35 s}, {@code 12.4 s}, {@code 3 min 20 s} or {@code 2 h 5 min}. */
  static String text(long ms) {
    if (ms < MINUTE_MS) {
      return String.format(Locale.ROOT, ms < 10_000 ? "%.2f s" : "%.1f s", ms / KILO);
    }
    if (ms < HOUR_MS) {
      return "%d min %d s".formatted(ms / MINUTE_MS, ms % MINUTE_MS / 1000);
    }
    return "%d h %d min".formatted(ms / HOUR_MS, ms % HOUR_MS / MINUTE_MS);
  }

  /** A size such as {@code 812 B}, {@code 212 kB} or {@code 1.4 MB}. */
  static String size(long bytes) {
    if (bytes < KILO) {
      return bytes + " B";
    }
    return bytes < KILO * KILO
        ? Math.round(bytes / KILO) + " kB"
        : String.format(Locale.ROOT, "%.1f MB", bytes / KILO / KILO);
  }
}
