package org.sonograph.gallery.live;

/**
 * Where in a take the output is. It runs evenly; where the take's own clock and the output's drift
 * apart it runs up to a thousandth faster or slower until they agree, which nobody hears.
 */
final class TakeClock {
  /** Most that the pitch may change: 1.7 hundredths of a semitone. */
  static final double MOST_CORRECTION = 0.001;

  /** An error that is not worth a correction. */
  private static final double DEAD_SECONDS = 0.015;

  /** An error at which a correction has done its work. */
  private static final double DONE_SECONDS = 0.002;

  /** Time over which an error is to be made up for. */
  private static final double SETTLE_SECONDS = 30;

  private final double samplesAFrame;
  private long frame;
  private double position;
  private double step;
  private boolean correcting;

  /**
   * A clock that runs as it should.
   *
   * @param samplesAFrame samples of the take in a frame of the output
   * @param frame a frame of the output
   * @param position the sample heard at that frame
   */
  TakeClock(double samplesAFrame, long frame, double position) {
    this.samplesAFrame = samplesAFrame;
    this.frame = frame;
    this.position = Math.rint(position);
    this.step = samplesAFrame;
  }

  /** Sample heard at a frame, if the clock goes on as it runs now. */
  double position(long at) {
    return position + (at - frame) * step;
  }

  /** Samples a frame now. */
  double step() {
    return step;
  }

  /** Whether every frame is exactly one sample. */
  boolean isExact() {
    return step == 1 && position == Math.rint(position);
  }

  /**
   * Goes to a frame and sets the pace from there on.
   *
   * @param errorSeconds how much later in the take the output should be
   */
  void steer(long at, double errorSeconds) {
    position = position(at);
    frame = at;
    double error = Math.abs(errorSeconds);
    correcting = correcting ? error > DONE_SECONDS : error > DEAD_SECONDS;
    double correction =
        correcting
            ? Math.clamp(errorSeconds / SETTLE_SECONDS, -MOST_CORRECTION, MOST_CORRECTION)
            : 0;
    step = samplesAFrame * (1 + correction);
  }
}
