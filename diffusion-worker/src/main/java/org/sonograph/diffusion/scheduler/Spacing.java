package org.sonograph.diffusion.scheduler;

import java.util.Arrays;
import java.util.Locale;

/**
 * Which of the trained times a short schedule visits (table 2 of Lin et al. 2024), computed as
 * NumPy computes it, last bit included: a rounding that falls the other way is another picture.
 */
enum Spacing {
  LEADING,
  LINSPACE,
  TRAILING;

  static Spacing of(SchedulerConfig config, Spacing absent) {
    String text = config.text("timestep_spacing", absent.name().toLowerCase(Locale.ROOT));
    return switch (text) {
      case "leading" -> LEADING;
      case "linspace" -> LINSPACE;
      case "trailing" -> TRAILING;
      default ->
          throw config.unsupported("timestep_spacing", text, "leading, linspace or trailing");
    };
  }

  /** Descending times of samplers that end below the last time; linspace gives fractions. */
  double[] times(int steps, int trained, int offset) {
    return switch (this) {
      case LEADING -> leading(steps, trained / steps, offset);
      case LINSPACE -> linspace(steps, trained);
      case TRAILING -> trailing(steps, trained);
    };
  }

  /** Descending times of multistep solvers, which divide the range into one more part. */
  double[] timesOfSolver(int steps, int trained, int offset) {
    double[] times =
        switch (this) {
          case LEADING -> leading(steps + 1, trained / (steps + 1), offset);
          case LINSPACE -> rounded(linspace(steps + 1, trained));
          case TRAILING -> trailing(steps, trained);
        };
    return this == TRAILING ? times : Arrays.copyOf(times, steps);
  }

  static double[] rounded(double[] times) {
    double[] whole = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      whole[i] = Math.rint(times[i]);
    }
    return whole;
  }

  private static double[] leading(int count, int ratio, int offset) {
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      times[i] = (double) (count - 1 - i) * ratio + offset;
    }
    return times;
  }

  private static double[] linspace(int count, int trained) {
    double[] times = new double[count];
    double step = count == 1 ? 0 : (trained - 1.0) / (count - 1);
    for (int i = 0; i < count; i++) {
      int k = count - 1 - i;
      times[i] = k == count - 1 && k > 0 ? trained - 1.0 : k * step;
    }
    return times;
  }

  private static double[] trailing(int steps, int trained) {
    double ratio = (double) trained / steps;
    // numpy.arange multiplies by the difference of its first two values, not by the step
    double delta = (trained - ratio) - trained;
    double[] times = new double[(int) Math.ceil(trained / ratio)];
    for (int i = 0; i < times.length; i++) {
      times[i] = Math.rint(trained + i * delta) - 1;
    }
    return times;
  }
}
