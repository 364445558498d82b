package org.sonograph.gallery.live;

import org.sonograph.signal.sound.Kaiser;

/**
 * Reads a sound between its samples: a windowed sinc (Kaiser window) over {@value #TAPS} samples,
 * whose phases are interpolated from a table. At whole positions it gives the samples themselves.
 */
final class Sinc {
  /** Samples before and after a position that its value depends on. */
  static final int HALF = 16;

  private static final int TAPS = 2 * HALF;
  private static final int PHASES = 1024;
  private static final double BETA = 8;
  private static final float[][] TABLE = table();

  private Sinc() {}

  /**
   * Fills {@code count} samples.
   *
   * @param in samples; position 0 is {@code in[HALF]}
   * @param position position of the first one, from 0 to 1
   * @param step distance between two of them
   */
  static void read(float[] in, double position, double step, float[] out, int count) {
    for (int i = 0; i < count; i++) {
      double at = position + i * step;
      int whole = (int) Math.floor(at);
      double phase = (at - whole) * PHASES;
      int below = (int) phase;
      float share = (float) (phase - below);
      out[i] =
          dot(in, whole, TABLE[below]) * (1 - share) + dot(in, whole, TABLE[below + 1]) * share;
    }
  }

  private static float dot(float[] in, int whole, float[] taps) {
    float sum = 0;
    for (int t = 0; t < TAPS; t++) {
      sum += in[whole + 1 + t] * taps[t];
    }
    return sum;
  }

  /** {@code [phase][tap]}: tap t weighs the sample t - HALF + 1 after the whole position. */
  private static float[][] table() {
    float[][] table = new float[PHASES + 1][TAPS];
    for (int p = 0; p <= PHASES; p++) {
      double sum = 0;
      double[] row = new double[TAPS];
      for (int t = 0; t < TAPS; t++) {
        double x = t - HALF + 1 - (double) p / PHASES;
        double w = x / HALF;
        double window = Math.abs(w) >= 1 ? 0 : Kaiser.bessel(BETA * Math.sqrt(1 - w * w));
        row[t] = window * (x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
        sum += row[t];
      }
      for (int t = 0; t < TAPS; t++) {
        table[p][t] = (float) (row[t] / sum);
      }
    }
    return table;
  }
}
