package org.sonograph.ingest.cut;

import java.util.Random;

/** Sounds made in code. */
final class Signals {
  private Signals() {}

  /** Channel c holds sample number + c / 10, so that a sample tells where it came from. */
  static float[][] ramp(int channels, long from, int samples) {
    float[][] out = new float[channels][samples];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < samples; i++) {
        out[c][i] = (from + i) + c / 10f;
      }
    }
    return out;
  }

  static float[][] noise(int channels, int samples, long seed) {
    Random random = new Random(seed);
    float[][] out = new float[channels][samples];
    for (float[] channel : out) {
      for (int i = 0; i < samples; i++) {
        channel[i] = (float) (0.2 * random.nextGaussian());
      }
    }
    return out;
  }

  static float[][] sine(int samples, double hz, int sampleRateHz, double amplitude) {
    float[][] out = new float[1][samples];
    for (int i = 0; i < samples; i++) {
      out[0][i] = (float) (amplitude * Math.sin(2 * Math.PI * hz * i / sampleRateHz));
    }
    return out;
  }
}
