package org.sonograph.signal.loudness;

import org.sonograph.signal.sound.Kaiser;

/**
 * True peak after BS.1770-4, annex 2: the waveform between samples, four times oversampled by a
 * longer filter than the recommendation's twelve taps.
 */
public final class TruePeak {
  static final int OVERSAMPLING = 4;

  /** Samples on either side that an interpolated value depends on. */
  static final int HALF = 12;

  private static final double KAISER_BETA = 8;

  /**
   * {@code [quarter 1 to 3][tap]}: tap t weighs the sample t - HALF + 1 after the one before the
   * place.
   */
  private static final float[][] TAPS = taps();

  /** No value between samples is this many times larger than the samples it depends on. */
  static final float MOST_GAIN = mostGain();

  private TruePeak() {}

  /** The largest absolute value between and on the samples, linear; 1 = full scale. */
  public static double linear(float[][] channels) {
    double peak = 0;
    for (float[] channel : channels) {
      float[] padded = new float[channel.length + 2 * HALF];
      System.arraycopy(channel, 0, padded, HALF, channel.length);
      for (int i = 0; i < channel.length; i++) {
        peak = Math.max(peak, around(padded, HALF + i));
      }
    }
    return peak;
  }

  /** The same in dBTP; negative infinity for silence. */
  public static double dbtp(float[][] channels) {
    return 20 * Math.log10(linear(channels));
  }

  /** The largest absolute value from sample {@code at} to just before the next one. */
  static float around(float[] samples, int at) {
    float peak = Math.abs(samples[at]);
    for (float[] taps : TAPS) {
      float a = 0;
      float b = 0;
      int from = at - HALF + 1;
      for (int t = 0; t < taps.length; t += 2) {
        a += samples[from + t] * taps[t];
        b += samples[from + t + 1] * taps[t + 1];
      }
      peak = Math.max(peak, Math.abs(a + b));
    }
    return peak;
  }

  private static float mostGain() {
    double most = 1;
    for (float[] taps : TAPS) {
      double sum = 0;
      for (float tap : taps) {
        sum += Math.abs(tap);
      }
      most = Math.max(most, sum);
    }
    // the sums above are rounded at each of 24 additions
    return (float) (most * 1.001);
  }

  private static float[][] taps() {
    float[][] out = new float[OVERSAMPLING - 1][2 * HALF];
    for (int p = 0; p < out.length; p++) {
      double[] row = new double[2 * HALF];
      double sum = 0;
      for (int t = 0; t < row.length; t++) {
        double x = t - HALF + 1 - (p + 1) / (double) OVERSAMPLING;
        double w = x / HALF;
        row[t] =
            Kaiser.bessel(KAISER_BETA * Math.sqrt(Math.max(0, 1 - w * w)))
                * Math.sin(Math.PI * x)
                / (Math.PI * x);
        sum += row[t];
      }
      for (int t = 0; t < row.length; t++) {
        out[p][t] = (float) (row[t] / sum);
      }
    }
    return out;
  }
}
