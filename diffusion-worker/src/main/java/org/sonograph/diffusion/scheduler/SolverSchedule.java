package org.sonograph.diffusion.scheduler;

/** How diffusers' multistep solvers (DPM-Solver++ and UniPC) lay out their levels. */
final class SolverSchedule {

  private SolverSchedule() {}

  /** The whole schedule: solvers look at its length even when they start inside it. */
  static SigmaSchedule of(SchedulerConfig config, Span span) {
    config.refuse("use_beta_sigmas");
    config.refuse("use_lu_lambdas");
    config.refuse("use_flow_sigmas");
    float[] trained = NoiseLevels.of(config).withoutZero().sigmas();
    int usable = usable(trained, config.number("lambda_min_clipped", Double.NEGATIVE_INFINITY));
    double[] times =
        Spacing.of(config, Spacing.LINSPACE)
            .timesOfSolver(span.steps(), usable, config.whole("steps_offset", 0));
    double largest = trained[trained.length - 1];
    double smallest = trained[0];
    double[] sigmas;
    if (config.flag("use_karras_sigmas", false)) {
      sigmas = SigmaSchedule.karras(config, largest, smallest, span.steps());
      times = Spacing.rounded(SigmaSchedule.timesOf(sigmas, trained));
    } else if (config.flag("use_exponential_sigmas", false)) {
      sigmas = SigmaSchedule.exponential(config, largest, smallest, span.steps());
      times = SigmaSchedule.timesOf(sigmas, trained);
    } else {
      sigmas = SigmaSchedule.interpolate(times, trained);
    }
    for (int i = 0; i < times.length; i++) {
      times[i] = (long) times[i];
    }
    return new SigmaSchedule(
        times, SigmaSchedule.closed(sigmas, EulerSchedule.lastLevel(config, trained)));
  }

  /** Trained times whose log signal-to-noise ratio is not below a limit. */
  private static int usable(float[] trained, double lambdaMin) {
    int count = trained.length;
    while (count > 1 && -Math.log(trained[count - 1]) < lambdaMin) {
      count--;
    }
    return count;
  }

  /** Share of the clean picture's amplitude at a level. */
  static double alpha(double sigma) {
    return 1 / Math.sqrt(sigma * sigma + 1);
  }

  /** Half the log signal-to-noise ratio at a level; infinite where there is no noise. */
  static double lambda(double sigma) {
    return -Math.log(sigma);
  }
}
