package org.sonograph.diffusion.scheduler;

import org.sonograph.diffusion.DiffusionException;

/**
 * The noise levels a model was trained on: for each of usually 1000 times, the share of the clean
 * picture's variance that is left ("alphas_cumprod"), in float as torch rounds it.
 */
final class NoiseLevels {

  /** Whether the last level is moved to pure noise (Lin et al. 2024, section 3.1). */
  static final String RESCALED = "rescale_betas_zero_snr";

  private final float[] alphasCumprod;

  private NoiseLevels(float[] alphasCumprod) {
    this.alphasCumprod = alphasCumprod;
  }

  /** With the defaults that most of diffusers' classes share. */
  static NoiseLevels of(SchedulerConfig config) {
    return of(config, 0.0001, 0.02, "linear");
  }

  static NoiseLevels of(
      SchedulerConfig config, double betaStart, double betaEnd, String betaSchedule) {
    float[] betas = betas(config, betaStart, betaEnd, betaSchedule);
    float[] cumulated = cumulate(betas);
    if (config.flag(RESCALED, false)) {
      cumulated = cumulate(rescaleToZeroSnr(cumulated));
    }
    return new NoiseLevels(cumulated);
  }

  /** The last level lifted off zero, for samplers that divide by it (diffusers' own constant). */
  NoiseLevels withoutZero() {
    float[] lifted = alphasCumprod.clone();
    int last = lifted.length - 1;
    lifted[last] = lifted[last] <= 0 ? 0x1p-24f : lifted[last];
    return new NoiseLevels(lifted);
  }

  int count() {
    return alphasCumprod.length;
  }

  /** Share of the clean picture's variance at a time. */
  double share(int time) {
    if (time < 0 || time >= alphasCumprod.length) {
      throw new DiffusionException(
          DiffusionException.Reason.REQUEST,
          "the schedule asks for time %d, but the model knows 0 to %d: use fewer steps"
              .formatted(time, alphasCumprod.length - 1));
    }
    return alphasCumprod[time];
  }

  /** Noise over signal, {@code sqrt((1-a)/a)}, for every time from 0 up. */
  float[] sigmas() {
    float[] sigmas = new float[alphasCumprod.length];
    for (int t = 0; t < sigmas.length; t++) {
      float ratio = (1f - alphasCumprod[t]) / alphasCumprod[t];
      sigmas[t] = (float) Math.sqrt(ratio);
    }
    return sigmas;
  }

  private static float[] betas(
      SchedulerConfig config, double betaStart, double betaEnd, String betaSchedule) {
    int count = config.whole("num_train_timesteps", 1000);
    double start = config.number("beta_start", betaStart);
    double end = config.number("beta_end", betaEnd);
    if (config.sets("trained_betas")) {
      return toFloats(config.numbers("trained_betas").orElseThrow());
    }
    String schedule = config.text("beta_schedule", betaSchedule);
    return switch (schedule) {
      case "linear" -> linspace(start, end, count);
      case "scaled_linear" -> {
        float[] roots = linspace(Math.sqrt(start), Math.sqrt(end), count);
        for (int i = 0; i < count; i++) {
          roots[i] *= roots[i];
        }
        yield roots;
      }
      case "squaredcos_cap_v2" -> cosine(count);
      default ->
          throw config.unsupported(
              "beta_schedule", schedule, "linear, scaled_linear or squaredcos_cap_v2");
    };
  }

  /** torch's float linspace, which counts from the nearer end. */
  private static float[] linspace(double start, double end, int count) {
    float from = (float) start;
    float to = (float) end;
    float step = (to - from) / (count - 1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i < count / 2 ? from + step * i : to - step * (count - i - 1);
    }
    return values;
  }

  private static float[] cosine(int count) {
    float[] betas = new float[count];
    for (int i = 0; i < count; i++) {
      double ratio = cosineLevel((i + 1.0) / count) / cosineLevel((double) i / count);
      betas[i] = (float) Math.min(1 - ratio, 0.999);
    }
    return betas;
  }

  private static double cosineLevel(double time) {
    double root = Math.cos((time + 0.008) / 1.008 * Math.PI / 2);
    return root * root;
  }

  private static float[] cumulate(float[] betas) {
    float[] product = new float[betas.length];
    double running = 1;
    for (int i = 0; i < betas.length; i++) {
      running *= 1f - betas[i];
      product[i] = (float) running;
    }
    return product;
  }

  /**
   * Lin et al. 2024, "Common diffusion noise schedules and sample steps are flawed", algorithm 1.
   */
  private static float[] rescaleToZeroSnr(float[] cumulated) {
    int last = cumulated.length - 1;
    float first = (float) Math.sqrt(cumulated[0]);
    float end = (float) Math.sqrt(cumulated[last]);
    float[] bars = new float[cumulated.length];
    for (int i = 0; i <= last; i++) {
      float root = ((float) Math.sqrt(cumulated[i]) - end) * (first / (first - end));
      bars[i] = root * root;
    }
    float[] betas = new float[cumulated.length];
    for (int i = 0; i <= last; i++) {
      betas[i] = 1f - (i == 0 ? bars[0] : bars[i] / bars[i - 1]);
    }
    return betas;
  }

  private static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
