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

  /**
   * The same without delay: once from the front and once from the back, so that what happens at a
   * moment stays there. Both ends take as long to settle.
   */
  public static void applyBothWays(float[] samples, int sampleRateHz, double hz) {
    pass(samples, sampleRateHz, hz);
    reverse(samples);
    pass(samples, sampleRateHz, hz);
    reverse(samples);
  }

  private static void reverse(float[] samples) {
    for (int i = 0; i < samples.length / 2; i++) {
      float v = samples[i];
      samples[i] = samples[samples.length - 1 - i];
      samples[samples.length - 1 - i] = v;
    }
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
