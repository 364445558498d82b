package org.sonograph.signal.synthesis;

/**
 * One cycle of a periodic tone, tabled for reading at any speed up to the one it was made for. It
 * holds no harmonic at or above half the rate.
 */
public final class CycleTable {
  /** Straight lines between so many points keep 24 harmonics 60 dB clean. */
  private static final int POINTS = 2048;

  private final float[] points = new float[POINTS + 1];

  private CycleTable() {}

  /**
   * A tone of harmonics.
   *
   * @param cosine {@code [harmonic from 1]}: cosine parts, index 0 unused
   * @param sine as many sine parts
   * @param highest highest harmonic that may sound
   */
  public static CycleTable of(double[] cosine, double[] sine, int highest) {
    CycleTable table = new CycleTable();
    int last = Math.min(highest, cosine.length - 1);
    double[] sum = new double[POINTS];
    for (int h = 1; h <= last; h++) {
      // a rotation instead of two thousand cosines
      double stepRe = Math.cos(2 * Math.PI * h / POINTS);
      double stepIm = Math.sin(2 * Math.PI * h / POINTS);
      double re = 1;
      double im = 0;
      for (int i = 0; i < POINTS; i++) {
        sum[i] += cosine[h] * re + sine[h] * im;
        double next = re * stepRe - im * stepIm;
        im = re * stepIm + im * stepRe;
        re = next;
      }
    }
    for (int i = 0; i <= POINTS; i++) {
      table.points[i] = (float) sum[i % POINTS];
    }
    return table;
  }

  /**
   * A tone whose harmonics fall off evenly, of power 1.
   *
   * @param fall amplitude of harmonic h is {@code h^-fall}
   * @param highest highest harmonic, at least 1
   */
  public static CycleTable falling(double fall, int highest) {
    double[] sine = new double[highest + 1];
    double power = 0;
    for (int h = 1; h <= highest; h++) {
      sine[h] = Math.pow(h, -fall);
      power += sine[h] * sine[h] / 2;
    }
    for (int h = 1; h <= highest; h++) {
      sine[h] /= Math.sqrt(power);
    }
    return of(new double[highest + 1], sine, highest);
  }

  /** The value at a phase of 0 to below 1 turn. */
  public float at(double turn) {
    double place = turn * POINTS;
    int i = (int) place;
    float share = (float) (place - i);
    return points[i] + share * (points[i + 1] - points[i]);
  }
}
