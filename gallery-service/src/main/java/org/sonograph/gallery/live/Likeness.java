package org.sonograph.gallery.live;

/** How alike two stretches of sound are, and where in one the other fits best. */
final class Likeness {
  /** Every so many samples are looked at: enough for what is loud. */
  private static final int STEP = 4;

  /** One period of the lowest tone that is to go on in step. */
  private static final double SEARCH_SECONDS = 0.02;

  private Likeness() {}

  /** Correlation over all channels, -1 to 1; silence is like everything. */
  static double of(float[][] a, int fromA, float[][] b, int fromB, int count) {
    double product = 0;
    double powerA = 0;
    double powerB = 0;
    for (int c = 0; c < a.length; c++) {
      for (int i = 0; i < count; i += STEP) {
        double v = a[c][fromA + i];
        double w = b[c][fromB + i];
        product += v * w;
        powerA += v * v;
        powerB += w * w;
      }
    }
    double norm = Math.sqrt(powerA * powerB);
    return norm == 0 ? 1 : Math.clamp(product / norm, -1, 1);
  }

  /** Where between two places a sound is most like the beginning of another. */
  static int best(float[][] sound, int from, int to, float[][] like, int count) {
    int best = from;
    double most = -2;
    for (int at = from; at <= to; at += STEP) {
      double likeness = of(sound, at, like, 0, count);
      if (likeness > most) {
        most = likeness;
        best = at;
      }
    }
    return best;
  }

  /** How far is looked for a place that fits, in a sound of a length. */
  static int search(OutputGrid grid, int length) {
    return Math.min(grid.frames(SEARCH_SECONDS), length / 8);
  }
}
