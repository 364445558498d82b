package org.sonograph.gallery.live;

/**
 * The output's own clock: it counts blocks by a clock that only goes forward, and knows when each
 * is heard by the wall clock. Where the wall clock is corrected it follows slowly; where it is set,
 * at once. Belongs to one thread.
 */
final class OutputClock {
  /** Blocks leave so much before they are heard: what a listener's own buffer takes. */
  static final double LEAD_MS = 500;

  /** A stand-still beyond this is not caught up with: what was not made then is left out. */
  private static final long LONGEST_NANOS = 2_000_000_000L;

  /** Difference of the two clocks at which the wall clock was set. */
  private static final double SET_MS = 250;

  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final double FOLLOW = 0.001;

  private final OutputGrid grid;
  private long startNanos;
  private long made;
  private double offsetMs;

  /** A clock that starts now. */
  OutputClock(OutputGrid grid, long nanos, double wallMs) {
    this.grid = grid;
    this.startNanos = nanos;
    this.offsetMs = wallMs - nanos / 1e6;
  }

  /** How many blocks are to be made by now. */
  int due(long nanos, double wallMs) {
    double difference = wallMs - nanos / 1e6 - offsetMs;
    offsetMs += Math.abs(difference) > SET_MS ? difference : difference * FOLLOW;
    long behind = nanos - madeNanos();
    if (behind > LONGEST_NANOS) {
      startNanos += behind;
      return 1;
    }
    return (int) Math.max(0, behind * grid.rateHz() / grid.blockFrames() / SECOND_NANOS);
  }

  /** When the next block is heard, by the wall clock. */
  double heardMs() {
    return madeNanos() / 1e6 + offsetMs + LEAD_MS;
  }

  /** A block was made. */
  void made() {
    made++;
  }

  private long madeNanos() {
    // whole seconds apart: frames of months in nanoseconds are more than a long holds
    long frames = made * grid.blockFrames();
    long rest = frames % grid.rateHz() * SECOND_NANOS / grid.rateHz();
    return startNanos + frames / grid.rateHz() * SECOND_NANOS + rest;
  }
}
