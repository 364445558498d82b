package org.sonograph.signal.synthesis;

/** A mode of a struck body: a sine that dies away. */
public final class StruckMode {
  /** A mode is heard until it has fallen so far. */
  private static final double FLOOR_DB = -60;

  private static final int LANES = 8;

  private StruckMode() {}

  /**
   * One mode.
   *
   * @param hz pitch; at half the rate and above it is silent
   * @param decaySeconds time to fall by 60 dB
   * @param left amplitude on the left at the stroke
   * @param right amplitude on the right
   */
  public record Mode(double hz, double decaySeconds, double left, double right) {}

  /**
   * Adds a mode, struck at a sample; it begins at zero, so that a stroke is no click.
   *
   * @param sound {@code [left, right][sample]}, added to
   */
  public static void add(Mode mode, int sampleRateHz, int strokeSample, float[][] sound) {
    if (mode.hz >= 0.49 * sampleRateHz || !(mode.hz > 0)) {
      return;
    }
    double r = Math.pow(10, FLOOR_DB / 20 / (mode.decaySeconds * sampleRateHz));
    double w = 2 * Math.PI * mode.hz / sampleRateHz;
    int until =
        (int)
            Math.min(
                sound[0].length, strokeSample + 1L + (long) (mode.decaySeconds * sampleRateHz));
    // y[n] = 2 r cos(w) y[n-1] - r^2 y[n-2], each lane every eighth sample: chains that need not
    // wait
    double a = 2 * Math.pow(r, LANES) * Math.cos(LANES * w);
    double b = -Math.pow(r, 2 * LANES);
    double[] before = new double[LANES];
    double[] now = new double[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      before[lane] = Math.pow(r, lane - LANES) * Math.sin((lane - LANES) * w);
      now[lane] = Math.pow(r, lane) * Math.sin(lane * w);
    }
    float left = (float) mode.left;
    float right = (float) mode.right;
    for (int i = strokeSample; i < until; i += LANES) {
      int count = Math.min(LANES, until - i);
      for (int lane = 0; lane < count; lane++) {
        sound[0][i + lane] += left * (float) now[lane];
        sound[1][i + lane] += right * (float) now[lane];
      }
      for (int lane = 0; lane < LANES; lane++) {
        double next = a * now[lane] + b * before[lane];
        before[lane] = now[lane];
        now[lane] = next;
      }
    }
  }
}
