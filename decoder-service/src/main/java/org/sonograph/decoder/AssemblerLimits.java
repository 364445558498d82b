package org.sonograph.decoder;

import java.time.Duration;

/**
 * How long the assembler waits, by the wall clock.
 *
 * @param patience how long a later chunk waits for a missing one before that is given up
 * @param idle how long an unfinished take may be without news before it is closed as abandoned
 * @param closedLifetime how long a closed take is remembered, so that what comes late is dropped
 */
record AssemblerLimits(Duration patience, Duration idle, Duration closedLifetime) {

  AssemblerLimits {
    positive("patience", patience);
    positive("idle", idle);
    positive("closed-lifetime", closedLifetime);
  }

  static AssemblerLimits of(DecoderConfig config) {
    return new AssemblerLimits(config.patience(), config.idle(), config.closedLifetime());
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + "=" + value + ", expected more than zero");
    }
  }
}
