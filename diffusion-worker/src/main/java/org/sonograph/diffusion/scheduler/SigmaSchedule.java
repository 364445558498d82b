package org.sonograph.diffusion.scheduler;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A schedule in terms of sigma, noise over signal, as Karras et al. 2022 write it.
 *
 * @param timesteps when the model is asked, descending
 * @param sigmas one more than timesteps: the level at each, and the one after the last
 */
record SigmaSchedule(double[] timesteps, float[] sigmas) {

  /** Levels between the trained ones are interpolated in a straight line. */
  static double[] interpolate(double[] times, float[] trained) {
    double[] sigmas = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      double time = Math.clamp(times[i], 0, trained.length - 1.0);
      int below = Math.min((int) time, trained.length - 2);
      double slope = (double) trained[below + 1] - trained[below];
      sigmas[i] = slope * (time - below) + trained[below];
    }
    return sigmas;
  }

  /** Karras et al.'s spacing with rho 7, from the largest level to the smallest. */
  static double[] karras(SchedulerConfig config, double largest, double smallest, int steps) {
    double from = Math.pow(config.number("sigma_max", largest), 1 / 7.0);
    double to = Math.pow(config.number("sigma_min", smallest), 1 / 7.0);
    return ramp(steps, share -> Math.pow(from + share * (to - from), 7));
  }

  /** Even steps of the logarithm. */
  static double[] exponential(SchedulerConfig config, double largest, double smallest, int steps) {
    double from = Math.log(config.number("sigma_max", largest));
    double to = Math.log(config.number("sigma_min", smallest));
    return ramp(steps, share -> Math.exp(from + share * (to - from)));
  }

  /** The times, in general fractions, at which the model was trained on these levels. */
  static double[] timesOf(double[] sigmas, float[] trained) {
    float[] logs = new float[trained.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = (float) Math.log(trained[i]);
    }
    double[] times = new double[sigmas.length];
    for (int i = 0; i < times.length; i++) {
      double log = Math.log(Math.max(sigmas[i], 1e-10));
      int low = 0;
      while (low < logs.length - 2 && logs[low + 1] <= log) {
        low++;
      }
      double share = Math.clamp((logs[low] - log) / (logs[low] - logs[low + 1]), 0.0, 1.0);
      times[i] = (1 - share) * low + share * (low + 1);
    }
    return times;
  }

  /** Closes a run of levels with the one after the last step. */
  static float[] closed(double[] sigmas, double last) {
    float[] closed = new float[sigmas.length + 1];
    for (int i = 0; i < sigmas.length; i++) {
      closed[i] = (float) sigmas[i];
    }
    closed[sigmas.length] = (float) last;
    return closed;
  }

  /** The schedule after the steps that are left out. */
  SigmaSchedule from(int first) {
    return new SigmaSchedule(
        Arrays.copyOfRange(timesteps, first, timesteps.length),
        Arrays.copyOfRange(sigmas, first, sigmas.length));
  }

  private static double[] ramp(int steps, DoubleUnaryOperator curve) {
    double[] values = new double[steps];
    for (int i = 0; i < steps; i++) {
      values[i] = curve.applyAsDouble(steps == 1 ? 0 : (double) i / (steps - 1));
    }
    return values;
  }
}
