package org.sonograph.signal.synthesis;

/** Takes out what is too low to be heard: a Butterworth high-pass of second order, twice. */
public final class HighPass {
  private HighPass() {}

  /**
   * Filters samples in place, from rest.
   *
   * @param hz where one pass is 3 dB down
   */
  public static void apply(float[] samples, int sampleRateHz, double hz) {
    pass(samples, sampleRateHz, hz);
    pass(samples, sampleRateHz, hz);
  }

  private static void pass(float[] samples, int sampleRateHz, double hz) {
    // by the bilinear transform
    double k = Math.tan(Math.PI * Math.min(hz, 0.2 * sampleRateHz) / sampleRateHz);
    double norm = 1 / (1 + Math.sqrt(2) * k + k * k);
    double a1 = 2 * (k * k - 1) * norm;
    double a2 = (1 - Math.sqrt(2) * k + k * k) * norm;
    double z1 = 0;
    double z2 = 0;
    for (int i = 0; i < samples.length; i++) {
      double in = samples[i];
      double out = norm * in + z1;
      z1 = -2 * norm * in - a1 * out + z2;
      z2 = norm * in - a2 * out;
      samples[i] = (float) out;
    }
  }
}
