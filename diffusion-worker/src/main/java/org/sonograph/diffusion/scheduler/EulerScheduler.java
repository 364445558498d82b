package org.sonograph.diffusion.scheduler;

import org.sonograph.diffusion.noise.NoiseSource;

/** Karras et al. 2022, algorithm 2 without its second-order correction and without churn. */
final class EulerScheduler implements Scheduler {

  private final Prediction prediction;
  private final SigmaSchedule schedule;

  EulerScheduler(SchedulerConfig config, Span span) {
    prediction = Prediction.of(config);
    schedule = EulerSchedule.of(config, span);
  }

  @Override
  public double[] timesteps() {
    return schedule.timesteps().clone();
  }

  @Override
  public void addNoise(int step, float[] latents, float[] noise) {
    Mixing.pileNoise(latents, noise, schedule.sigmas()[step]);
  }

  @Override
  public void scaleInput(int step, float[] latents, float[] shown) {
    scale(schedule.sigmas()[step], latents, shown);
  }

  static void scale(float sigma, float[] latents, float[] shown) {
    float scale = (float) Math.sqrt((double) sigma * sigma + 1);
    for (int i = 0; i < latents.length; i++) {
      shown[i] = latents[i] / scale;
    }
  }

  @Override
  public void step(int step, float[] output, float[] latents, NoiseSource noise) {
    double sigma = schedule.sigmas()[step];
    slide(prediction, sigma, schedule.sigmas()[step + 1] - sigma, output, latents);
  }

  /** Follows the slope from level sigma over a distance. */
  static void slide(
      Prediction prediction, double sigma, double distance, float[] output, float[] latents) {
    double root = Math.sqrt(sigma * sigma + 1);
    for (int i = 0; i < latents.length; i++) {
      double noise = prediction.noise(latents[i] / root, output[i], 1 / root, sigma / root);
      latents[i] += (float) (distance * noise);
    }
  }
}
