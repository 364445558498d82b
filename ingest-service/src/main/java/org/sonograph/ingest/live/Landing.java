package org.sonograph.ingest.live;

import java.util.concurrent.TimeUnit;

/**
 * The first sound after a source was opened. A server sends at once what it has kept for new
 * listeners; of that only the newest is taken, so that the delay is the same each time. Belongs to
 * one thread.
 */
final class Landing {
  private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final double NANOS_A_SECOND = 1e9;

  /** Sound that comes no faster than this times real time is new. */
  private static final double NEW = 1.5;

  private final int sampleRateHz;
  private final int cushion;
  private final int least;
  private final SoundRing ring;
  private final long begunNanos;
  private long windowNanos;
  private long inWindow;

  /**
   * Nothing yet.
   *
   * @param channels channels of the sound
   * @param margins what is kept of it, and over how much it is crossfaded
   * @param hasPast whether old sound may come first; else all is kept
   */
  Landing(int channels, int sampleRateHz, EndlessFeed.Margins margins, boolean hasPast, long now) {
    this.sampleRateHz = sampleRateHz;
    this.cushion = hasPast ? margins.cushion() + margins.fade() : 0;
    this.least = hasPast ? cushion + 2 * margins.fade() : margins.fade();
    this.ring = new SoundRing(channels, 2 * sampleRateHz + least);
    this.begunNanos = now;
    this.windowNanos = now;
  }

  /**
   * Takes what has come.
   *
   * @return true once it is over
   */
  boolean add(float[][] samples, long now) throws InterruptedException {
    int count = samples[0].length;
    if (cushion > 0) {
      ring.keep(least);
    }
    ring.put(samples);
    if (cushion == 0) {
      return ring.available() >= least;
    }
    inWindow += count;
    boolean isWindow = now - windowNanos >= WINDOW_NANOS;
    double real = (now - windowNanos) / NANOS_A_SECOND * sampleRateHz;
    boolean isNew = isWindow && inWindow <= NEW * real;
    if (isWindow) {
      windowNanos = now;
      inWindow = 0;
    }
    return ring.available() >= least && (isNew || now - begunNanos >= LONGEST_NANOS);
  }

  /** The newest of it. */
  float[][] kept() {
    if (cushion > 0) {
      ring.keep(cushion);
    }
    return ring.take(ring.available());
  }
}
