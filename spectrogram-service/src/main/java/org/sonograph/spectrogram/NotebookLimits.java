package org.sonograph.spectrogram;

import java.time.Duration;

/**
 * What one notebook picture may cost.
 *
 * @param longest longest sound
 * @param patience how long a take may be without news
 * @param closedLifetime how long a finished take is remembered
 */
record NotebookLimits(Duration longest, Duration patience, Duration closedLifetime) {

  /** The limits of the settings' defaults, for use without a service. */
  static final NotebookLimits DEFAULT =
      new NotebookLimits(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofDays(7));

  NotebookLimits {
    positive("notebook-limit", longest);
    positive("patience", patience);
    positive("closed-lifetime", closedLifetime);
  }

  static NotebookLimits of(SpectrogramConfig config) {
    return new NotebookLimits(
        Duration.ofMinutes(config.notebookLimitMin()), config.patience(), config.closedLifetime());
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + "=" + value + ", expected more than zero");
    }
  }
}
