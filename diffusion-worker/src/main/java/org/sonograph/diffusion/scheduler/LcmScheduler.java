package org.sonograph.diffusion.scheduler;

import java.util.Arrays;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.noise.NoiseSource;

/**
 * Luo et al. 2023, "Latent consistency models": jumps to the clean picture and back into fresh
 * noise, on times that the distillation used.
 */
final class LcmScheduler implements Scheduler {

  /** Standard deviation of the data that the boundary condition is written for. */
  private static final double SIGMA_DATA = 0.5;

  private final NoiseLevels levels;
  private final Prediction prediction;
  private final double clip;
  private final double timestepScaling;
  private final double[] timesteps;
  private final float[] fresh;

  LcmScheduler(SchedulerConfig config, Span span) {
    config.refuse("thresholding");
    levels = NoiseLevels.of(config, 0.00085, 0.012, "scaled_linear");
    prediction = Prediction.of(config);
    clip =
        config.flag("clip_sample", false)
            ? config.number("clip_sample_range", 1)
            : Double.POSITIVE_INFINITY;
    timestepScaling = config.number("timestep_scaling", 10);
    int origin = config.whole("original_inference_steps", 50);
    if (span.steps() > origin) {
      throw new DiffusionException(
          DiffusionException.Reason.REQUEST,
          "steps=%d, expected at most %d with the sampler lcm".formatted(span.steps(), origin));
    }
    double[] all = new double[span.steps()];
    for (int i = 0; i < all.length; i++) {
      int index = (int) Math.floor(i * ((double) origin / all.length));
      all[i] = (double) (origin - index) * (levels.count() / origin) - 1;
    }
    timesteps = Arrays.copyOfRange(all, span.first(), all.length);
    fresh = new float[span.size()];
  }

  @Override
  public double[] timesteps() {
    return timesteps.clone();
  }

  @Override
  public void addNoise(int step, float[] latents, float[] noise) {
    Mixing.addNoise(latents, noise, levels.share((int) timesteps[step]));
  }

  @Override
  public void step(int step, float[] output, float[] latents, NoiseSource noise) {
    int time = (int) timesteps[step];
    double share = levels.share(time);
    double alpha = Math.sqrt(share);
    double sigma = Math.sqrt(1 - share);
    double scaled = time * timestepScaling;
    double spread = scaled * scaled + SIGMA_DATA * SIGMA_DATA;
    double skip = SIGMA_DATA * SIGMA_DATA / spread;
    double jump = scaled / Math.sqrt(spread);
    for (int i = 0; i < latents.length; i++) {
      double clean = prediction.clean(latents[i], output[i], alpha, sigma);
      latents[i] = (float) (jump * Math.clamp(clean, -clip, clip) + skip * latents[i]);
    }
    if (step < timesteps.length - 1) {
      noise.draw(fresh);
      Mixing.addNoise(latents, fresh, levels.share((int) timesteps[step + 1]));
    }
  }
}
