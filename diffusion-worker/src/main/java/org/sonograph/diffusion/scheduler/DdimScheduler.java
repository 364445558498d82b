package org.sonograph.diffusion.scheduler;

import java.util.Arrays;
import org.sonograph.diffusion.noise.NoiseSource;

/**
 * Song et al. 2021, "Denoising diffusion implicit models": deterministic with eta 0, DDPM with eta
 * 1. Formulas (12) and (16).
 */
final class DdimScheduler implements Scheduler {

  private final NoiseLevels levels;
  private final Prediction prediction;
  private final double finalShare;
  private final double clip;
  private final double eta;
  private final int stride;
  private final double[] timesteps;
  private final float[] fresh;

  DdimScheduler(SchedulerConfig config, Span span) {
    config.refuse("thresholding");
    levels = NoiseLevels.of(config);
    prediction = Prediction.of(config);
    finalShare = config.flag("set_alpha_to_one", true) ? 1 : levels.share(0);
    clip =
        config.flag("clip_sample", true)
            ? config.number("clip_sample_range", 1)
            : Double.POSITIVE_INFINITY;
    eta = config.number(Sampler.ETA, 0);
    stride = levels.count() / span.steps();
    double[] all =
        Spacing.rounded(
            Spacing.of(config, Spacing.LEADING)
                .times(span.steps(), levels.count(), config.whole("steps_offset", 0)));
    timesteps = Arrays.copyOfRange(all, span.first(), all.length);
    fresh = new float[eta > 0 ? span.size() : 0];
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
    int to = time - stride;
    double share = levels.share(time);
    double next = to >= 0 ? levels.share(to) : finalShare;
    double alpha = Math.sqrt(share);
    double sigma = Math.sqrt(1 - share);
    double deviation = eta * Math.sqrt((1 - next) / (1 - share) * (1 - share / next));
    double keep = Math.sqrt(next);
    double direction = Math.sqrt(Math.max(0, 1 - next - deviation * deviation));
    for (int i = 0; i < latents.length; i++) {
      double clean = prediction.clean(latents[i], output[i], alpha, sigma);
      double predictedNoise = prediction.noise(latents[i], output[i], alpha, sigma);
      double clipped = Math.clamp(clean, -clip, clip);
      latents[i] = (float) (keep * clipped + direction * predictedNoise);
    }
    if (eta > 0) {
      noise.draw(fresh);
      Mixing.pileNoise(latents, fresh, (float) deviation);
    }
  }
}
