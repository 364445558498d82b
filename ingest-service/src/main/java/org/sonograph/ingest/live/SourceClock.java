package org.sonograph.ingest.live;

/**
 * Says how much sound is due by now, and at which time by the wall a sample left. It follows the
 * source's own clock, as it shows in what has come and not been taken, so slowly that bursts on the
 * network do not move it; and the wall's, so slowly that a corrected clock makes no step. Belongs
 * to one thread.
 */
final class SourceClock {
  /** More than any two crystals differ. */
  private static final double MOST_PPM = 500;

  /** A tenth of a second too much is made good in half an hour. */
  private static final double PPM_A_SECOND = 500;

  private static final double SMOOTHING_SECONDS = 20;
  private static final double SETTLING_SECONDS = 15;
  private static final double MS_A_SECOND = 1000;
  private static final double NANOS_A_SECOND = 1e9;

  private final int sampleRateHz;
  private long anchorNanos;
  private double anchorPosition;
  private double anchorWallMs;
  private double ppm;
  private double level = Double.NaN;
  private double wanted = Double.NaN;
  private double steeredSeconds;

  SourceClock(int sampleRateHz, long nowNanos, long wallMs) {
    this.sampleRateHz = sampleRateHz;
    this.anchorNanos = nowNanos;
    this.anchorWallMs = wallMs;
  }

  /** Samples that should have left by now. */
  double due(long nowNanos) {
    double seconds = (nowNanos - anchorNanos) / NANOS_A_SECOND;
    return anchorPosition + seconds * rate();
  }

  /** When a sample left, or leaves, milliseconds since 1970. */
  double wallMs(double position) {
    return anchorWallMs + (position - anchorPosition) / rate() * MS_A_SECOND;
  }

  /** How much faster than the machine's clock sound leaves, parts in a million. */
  double ppm() {
    return ppm;
  }

  private double rate() {
    return sampleRateHz * (1 + ppm * 1e-6);
  }

  /**
   * Looks at the source once in a while.
   *
   * @param available samples that have come and not been taken
   */
  void steer(long nowNanos, long wallMs, int available) {
    double seconds = anchor(nowNanos, wallMs);
    steeredSeconds += seconds;
    double share = Math.min(1, seconds / SMOOTHING_SECONDS);
    level = Double.isNaN(level) ? available : level + share * (available - level);
    if (steeredSeconds < SETTLING_SECONDS) {
      return;
    }
    if (Double.isNaN(wanted)) {
      wanted = level;
    }
    ppm = Math.clamp((level - wanted) / sampleRateHz * PPM_A_SECOND, -MOST_PPM, MOST_PPM);
  }

  /** There is no source to follow. */
  void coast(long nowNanos, long wallMs) {
    anchor(nowNanos, wallMs);
    ppm = 0;
    level = Double.NaN;
    wanted = Double.NaN;
    steeredSeconds = 0;
  }

  /** Seconds since the last look. */
  private double anchor(long nowNanos, long wallMs) {
    double seconds = (nowNanos - anchorNanos) / NANOS_A_SECOND;
    double position = due(nowNanos);
    double here = wallMs(position);
    double most = MOST_PPM * 1e-6 * seconds * MS_A_SECOND;
    anchorWallMs = here + Math.clamp(wallMs - here, -most, most);
    anchorPosition = position;
    anchorNanos = nowNanos;
    return seconds;
  }
}
