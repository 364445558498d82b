package org.sonograph.signal;

import java.util.Random;
import org.sonograph.signal.picture.Picture;

/** Sounds and pictures made in code. */
public final class Signals {
  private Signals() {}

  /** {@code amplitude * sin(2 pi hz t)}. */
  public static float[] sine(int sampleRateHz, double hz, double amplitude, int samples) {
    float[] out = new float[samples];
    for (int i = 0; i < samples; i++) {
      out[i] = (float) (amplitude * Math.sin(2 * Math.PI * hz * i / sampleRateHz));
    }
    return out;
  }

  /** White noise, uniform, seeded. */
  public static float[] noise(long seed, double amplitude, int samples) {
    Random random = new Random(seed);
    float[] out = new float[samples];
    for (int i = 0; i < samples; i++) {
      out[i] = (float) (amplitude * (2 * random.nextDouble() - 1));
    }
    return out;
  }

  /** A picture of seeded noise. */
  public static Picture noisyPicture(long seed, int width, int height, int channels) {
    byte[] samples = new byte[width * height * channels];
    new Random(seed).nextBytes(samples);
    return new Picture(width, height, channels, samples);
  }

  /** A grey picture of one level. */
  public static Picture flat(int width, int height, int level) {
    byte[] samples = new byte[width * height];
    java.util.Arrays.fill(samples, (byte) level);
    return Picture.grey(width, height, samples);
  }

  /** Root of the mean square, dB re 1; over part of the samples. */
  public static double rmsDb(float[] samples, int from, int until) {
    double sum = 0;
    for (int i = from; i < until; i++) {
      sum += (double) samples[i] * samples[i];
    }
    return 10 * Math.log10(sum / (until - from));
  }
}
