package org.sonograph.diffusion.scheduler;

import java.util.Arrays;
import org.sonograph.diffusion.noise.NoiseSource;

/**
 * Lu et al. 2022, "DPM-Solver++", multistep, orders 1 to 3, and its stochastic form. Order drops at
 * the start, and in schedules of fewer than 15 steps also at the end, where high order overshoots.
 */
final class DpmSolverScheduler implements Scheduler {

  private static final int SHORT_SCHEDULE = 15;

  private final Prediction prediction;
  private final SigmaSchedule whole;
  private final int first;
  private final int order;
  private final boolean stochastic;
  private final boolean heun;
  private final boolean firstOrderLast;
  private final boolean lowerOrderFinal;

  /** Clean latents predicted at this and earlier steps, newest first. */
  private final float[][] clean;

  private final float[] fresh;
  private int known;

  DpmSolverScheduler(SchedulerConfig config, Span span) {
    config.refuse("thresholding");
    prediction = Prediction.of(config);
    whole = SolverSchedule.of(config, span);
    first = span.first();
    order = config.whole("solver_order", 2);
    if (order < 1 || order > 3) {
      throw config.unsupported("solver_order", String.valueOf(order), "1, 2 or 3");
    }
    String algorithm = config.text("algorithm_type", "dpmsolver++");
    stochastic =
        switch (algorithm) {
          case "dpmsolver++", "deis" -> false;
          case "sde-dpmsolver++" -> true;
          default ->
              throw config.unsupported(
                  "algorithm_type", algorithm, "dpmsolver++ or sde-dpmsolver++");
        };
    heun = config.text("solver_type", "midpoint").equals("heun");
    lowerOrderFinal =
        config.flag("lower_order_final", true) && whole.timesteps().length < SHORT_SCHEDULE;
    firstOrderLast =
        lowerOrderFinal
            || config.flag("euler_at_final", false)
            || config.text("final_sigmas_type", "zero").equals("zero");
    clean = new float[order][span.size()];
    fresh = new float[stochastic ? span.size() : 0];
  }

  @Override
  public double[] timesteps() {
    return Arrays.copyOfRange(whole.timesteps(), first, whole.timesteps().length);
  }

  @Override
  public void addNoise(int step, float[] latents, float[] noise) {
    double alpha = SolverSchedule.alpha(whole.sigmas()[first + step]);
    Mixing.addNoise(latents, noise, alpha * alpha);
  }

  @Override
  public void step(int step, float[] output, float[] latents, NoiseSource noise) {
    int index = first + step;
    remember(whole.sigmas()[index], output, latents);
    if (stochastic) {
      noise.draw(fresh);
    }
    int left = whole.timesteps().length - index;
    int use = Math.min(order, known);
    if (left == 1 && firstOrderLast) {
      use = 1;
    } else if (left == 2 && lowerOrderFinal) {
      use = Math.min(use, 2);
    }
    update(index, use, latents);
  }

  private void remember(double sigma, float[] output, float[] latents) {
    float[] oldest = clean[order - 1];
    System.arraycopy(clean, 0, clean, 1, order - 1);
    clean[0] = oldest;
    double alpha = SolverSchedule.alpha(sigma);
    for (int i = 0; i < latents.length; i++) {
      oldest[i] = (float) prediction.clean(latents[i], output[i], alpha, sigma * alpha);
    }
    known = Math.min(known + 1, order);
  }

  /** Equations (8) and (9) of the paper and their third-order sibling, written as differences. */
  private void update(int index, int use, float[] latents) {
    float[] sigmas = whole.sigmas();
    double to = sigmas[index + 1];
    double from = sigmas[index];
    double h = SolverSchedule.lambda(to) - SolverSchedule.lambda(from);
    double r0 =
        use < 2 ? 1 : (SolverSchedule.lambda(from) - SolverSchedule.lambda(sigmas[index - 1])) / h;
    double r1 =
        use < 3
            ? 1
            : (SolverSchedule.lambda(sigmas[index - 1]) - SolverSchedule.lambda(sigmas[index - 2]))
                / h;
    double alpha = SolverSchedule.alpha(to);
    double sigmaTo = to * alpha;
    double keep = sigmaTo / (from * SolverSchedule.alpha(from)) * (stochastic ? Math.exp(-h) : 1);
    // the stochastic form is the same integral over twice the distance
    double reach = stochastic ? 2 * h : h;
    double gain = -alpha * Math.expm1(-reach);
    double slope = use == 3 || heun ? alpha * (Math.expm1(-reach) / reach + 1) : 0.5 * gain;
    double bend = use < 3 ? 0 : -alpha * bend(reach);
    double lift = stochastic ? sigmaTo * Math.sqrt(-Math.expm1(-2 * h)) : 0;
    for (int i = 0; i < latents.length; i++) {
      double m0 = clean[0][i];
      double d1 = use < 2 ? 0 : (m0 - clean[1][i]) / r0;
      double d2 = 0;
      if (use == 3) {
        double spread = (d1 - (clean[1][i] - clean[2][i]) / r1) / (r0 + r1);
        d1 += r0 * spread;
        d2 = spread;
      }
      double value = keep * latents[i] + gain * m0 + (use < 2 ? 0 : slope * d1);
      latents[i] = (float) (value + (use < 3 ? 0 : bend * d2) + (stochastic ? lift * fresh[i] : 0));
    }
  }

  private double bend(double reach) {
    double fall = Math.expm1(-reach);
    // diffusers' stochastic form adds the half, whatever the series says
    return stochastic
        ? (fall + reach) / (reach * reach) + 0.5
        : (fall + reach) / (reach * reach) - 0.5;
  }
}
