package org.sonograph.signal.spectrogram;

/**
 * Parts of a sound by what their spectrogram looks like: tones are lines along time, attacks lines
 * along frequency. In each direction a median keeps what is a line and forgets what crosses it
 * (FitzGerald, Harmonic/percussive separation using median filtering, DAFx 2010); what exceeds the
 * other direction by no clear factor is neither and makes the rest (Driedger, Müller and Disch,
 * Extending harmonic-percussive separation of audio signals, ISMIR 2014).
 *
 * <p>Theirs is a decision, ours a slope around it: with powers h and p of the two medians and the
 * factor b (in amplitude), tones get the share h² / (h² + b⁴ p²), attacks p² / (p² + b⁴ h²), half
 * each where theirs jumps; the rest is what is left of 1. Powers of the parts sum to the sound's.
 */
final class Separation {
  /** Tones, attacks, the rest: red, green, blue. */
  static final int PARTS = 3;

  /** How many times an amplitude must exceed the other direction's; Driedger's own figure. */
  private static final float FACTOR = 2;

  /**
   * Windows along time to either side: an attack, as long as one window, fills less than half of
   * it. At 48 kHz and 4096 samples, 0.15 s.
   */
  private static final double WINDOWS = 1.75;

  /** Bins to either side; at 48 kHz and 4096 samples, 250 Hz. A tone fills four. */
  private static final int BINS = 21;

  private Separation() {}

  /** Frames to either side that a frame's parts depend on. */
  static int reachFrames(int nFft, int hopSamples) {
    return (int) Math.ceil(WINDOWS * nFft / hopSamples);
  }

  /**
   * Splits powers.
   *
   * @param power {@code [frame][bin]}, linear, with the frames around those asked for
   * @param reach {@link #reachFrames}
   * @param from first frame asked for
   * @param count how many
   * @return {@code [part][frame][bin]}, as many frames as asked for
   */
  static double[][][] split(double[][] power, int reach, int from, int count) {
    int bins = power[0].length;
    float[][] frames = new float[power.length][bins];
    for (int f = 0; f < frames.length; f++) {
      for (int k = 0; k < bins; k++) {
        frames[f][k] = (float) power[f][k];
      }
    }
    float[][] tones = SlidingMedian.of(frames, reach);
    float[][] attacks = SlidingMedian.of(turned(frames, from, count), BINS);
    double[][][] out = new double[PARTS][count][bins];
    for (int f = 0; f < count; f++) {
      double[] whole = power[from + f];
      for (int k = 0; k < bins; k++) {
        double h = (double) tones[from + f][k] * tones[from + f][k];
        double p = (double) attacks[k][f] * attacks[k][f];
        double tone = share(h, p);
        double attack = share(p, h);
        out[0][f][k] = tone * whole[k];
        out[1][f][k] = attack * whole[k];
        out[2][f][k] = Math.max(0, 1 - tone - attack) * whole[k];
      }
    }
    return out;
  }

  private static double share(double own, double other) {
    return own == 0 ? 0 : own / (own + FACTOR * FACTOR * FACTOR * FACTOR * other);
  }

  /** Some frames as {@code [bin][frame]}. */
  private static float[][] turned(float[][] frames, int from, int count) {
    float[][] out = new float[frames[0].length][count];
    for (int f = 0; f < count; f++) {
      for (int k = 0; k < out.length; k++) {
        out[k][f] = frames[from + f][k];
      }
    }
    return out;
  }
}
