package org.sonograph.launcher.embedded;

/** A sweep whose pitch tells when it was captured, and what a listener hears of it. */
final class LiveEar {
  static final int RATE = 48_000;
  static final double AMPLITUDE = 0.2;
  private static final double LOW_HZ = 300;
  private static final double SWEEP_HZ_A_SECOND = 5;

  /**
   * Part of the power that is one stretch of the sweep; less where two are faded into another. With
   * 0.98 a fade near the end of what is looked at was taken for a drift of up to 0.06 s.
   */
  private static final double PURE = 0.998;

  private static final int FIFTH = RATE / 5;

  private LiveEar() {}

  /** Phase of the sweep at a time since the start, in turns. */
  static double turns(double seconds) {
    return LOW_HZ * seconds + SWEEP_HZ_A_SECOND / 2 * seconds * seconds;
  }

  static double sweepRoughness(int seconds) {
    double step = 2 * Math.PI * (LOW_HZ + SWEEP_HZ_A_SECOND * seconds) / RATE;
    return AMPLITUDE * step * step;
  }

  static double roughness(float[] samples) {
    double most = 0;
    for (int i = 1; i < samples.length - 1; i++) {
      most = Math.max(most, Math.abs(samples[i + 1] - 2.0 * samples[i] + samples[i - 1]));
    }
    return most;
  }

  /** Root of the mean square of the quietest 5 ms. */
  static double quietest(float[] samples) {
    int stretch = RATE / 200;
    double least = 1;
    for (int from = 0; from + stretch <= samples.length; from += stretch) {
      double sum = 0;
      for (int i = from; i < from + stretch; i++) {
        sum += samples[i] * samples[i];
      }
      least = Math.min(least, Math.sqrt(sum / stretch));
    }
    return least;
  }

  /**
   * Seconds since the start at which a moment of the recording was captured, by its pitch; NaN
   * where one stretch fades into another, whose pitches then say nothing.
   */
  static double captured(float[] samples, int second, int seconds) {
    int from = second * RATE;
    double near = best(samples, from, new double[] {0, seconds, 0.2});
    double at = best(samples, from, new double[] {near - 0.3, near + 0.3, 0.01});
    double power = 0;
    for (int i = 0; i < FIFTH; i += 4) {
      power += samples[from + i] * samples[from + i];
    }
    return likeness(samples, from, at) > PURE * power * FIFTH / 8 ? at : Double.NaN;
  }

  private static double best(float[] samples, int from, double[] fromToStep) {
    double best = 0;
    double most = -1;
    for (double t = fromToStep[0]; t < fromToStep[1]; t += fromToStep[2]) {
      double likeness = likeness(samples, from, t);
      if (likeness > most) {
        most = likeness;
        best = t;
      }
    }
    return best;
  }

  /** Square of the correlation with the sweep as it is from a time on, at any phase. */
  private static double likeness(float[] samples, int from, double captured) {
    double re = 0;
    double im = 0;
    for (int i = 0; i < FIFTH; i += 4) {
      double angle = 2 * Math.PI * (turns(captured + (double) i / RATE) - turns(captured));
      re += samples[from + i] * Math.cos(angle);
      im += samples[from + i] * Math.sin(angle);
    }
    return re * re + im * im;
  }
}
