package org.sonograph.diffusion.scheduler;

/** How diffusers' two Euler samplers lay out their levels. */
final class EulerSchedule {

  private EulerSchedule() {}

  static SigmaSchedule of(SchedulerConfig config, Span span) {
    config.refuse("use_beta_sigmas");
    float[] trained = NoiseLevels.of(config).withoutZero().sigmas();
    double[] times =
        Spacing.of(config, Spacing.LINSPACE)
            .times(span.steps(), trained.length, config.whole("steps_offset", 0));
    for (int i = 0; i < times.length; i++) {
      times[i] = (float) times[i];
    }
    double[] sigmas = levels(config, times, trained);
    double largest = sigmas[0];
    double smallest = sigmas[sigmas.length - 1];
    if (config.flag("use_karras_sigmas", false)) {
      sigmas = SigmaSchedule.karras(config, largest, smallest, span.steps());
      times = SigmaSchedule.timesOf(sigmas, trained);
    } else if (config.flag("use_exponential_sigmas", false)) {
      sigmas = SigmaSchedule.exponential(config, largest, smallest, span.steps());
      times = SigmaSchedule.timesOf(sigmas, trained);
    }
    float[] closed = SigmaSchedule.closed(sigmas, lastLevel(config, trained));
    return new SigmaSchedule(timesOf(config, times, closed), closed).from(span.first());
  }

  private static double[] levels(SchedulerConfig config, double[] times, float[] trained) {
    String kind = config.text("interpolation_type", "linear");
    if (!kind.equals("linear")) {
      throw config.unsupported("interpolation_type", kind, "linear");
    }
    return SigmaSchedule.interpolate(times, trained);
  }

  static double lastLevel(SchedulerConfig config, float[] trained) {
    String kind = config.text("final_sigmas_type", "zero");
    return switch (kind) {
      case "zero" -> 0;
      case "sigma_min" -> trained[0];
      default -> throw config.unsupported("final_sigmas_type", kind, "zero or sigma_min");
    };
  }

  /** Models trained on a continuous scale are told a quarter of the level's logarithm. */
  private static double[] timesOf(SchedulerConfig config, double[] times, float[] sigmas) {
    double[] told = new double[times.length];
    boolean continuous =
        config.text("timestep_type", "discrete").equals("continuous")
            && Prediction.of(config) == Prediction.VELOCITY;
    for (int i = 0; i < told.length; i++) {
      told[i] = (float) (continuous ? 0.25 * Math.log(sigmas[i]) : times[i]);
    }
    return told;
  }
}
