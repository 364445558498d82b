package org.sonograph.signal.loudness;

/**
 * BS.1770's K-weighting of one channel: a high shelf for the head, then a high pass. The two
 * filters are those the recommendation tabulates for 48 kHz, written as functions of the rate
 * (bilinear transform).
 */
final class KWeighting {
  private final double[] shelf;
  private final double[] highPass;
  private double s1;
  private double s2;
  private double h1;
  private double h2;

  KWeighting(int sampleRateHz) {
    double k = Math.tan(Math.PI * 1681.974450955533 / sampleRateHz);
    double q = 0.7071752369554196;
    double high = Math.pow(10, 3.999843853973347 / 20);
    double band = Math.pow(high, 0.4996667741545416);
    double a0 = 1 + k / q + k * k;
    shelf =
        new double[] {
          (high + band * k / q + k * k) / a0,
          2 * (k * k - high) / a0,
          (high - band * k / q + k * k) / a0,
          2 * (k * k - 1) / a0,
          (1 - k / q + k * k) / a0
        };
    k = Math.tan(Math.PI * 38.13547087602444 / sampleRateHz);
    q = 0.5003270373238773;
    a0 = 1 + k / q + k * k;
    // the recommendation leaves this numerator unscaled
    highPass = new double[] {1, -2, 1, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0};
  }

  /** Filters one sample; both stages in transposed direct form II. */
  double next(double x) {
    double y = shelf[0] * x + s1;
    s1 = shelf[1] * x - shelf[3] * y + s2;
    s2 = shelf[2] * x - shelf[4] * y;
    double z = highPass[0] * y + h1;
    h1 = highPass[1] * y - highPass[3] * z + h2;
    h2 = highPass[2] * y - highPass[4] * z;
    return z;
  }

  /** Lets what has died away be zero, before it becomes a denormal number and slow. */
  void settle() {
    if (Math.abs(s1) + Math.abs(s2) + Math.abs(h1) + Math.abs(h2) < 1e-30) {
      s1 = 0;
      s2 = 0;
      h1 = 0;
      h2 = 0;
    }
  }
}
