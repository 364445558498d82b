package org.sonograph.diffusion.scheduler;

import java.util.Arrays;
import org.sonograph.diffusion.noise.NoiseSource;

/**
 * Pseudo linear multistep (Liu et al. 2022, "Pseudo numerical methods for diffusion models on
 * manifolds"), Stable Diffusion's first sampler. Its second timestep repeats the first, or, where
 * {@code skip_prk_steps} is false, it begins with twelve Runge-Kutta evaluations.
 */
final class PndmScheduler implements Scheduler {

  private static final int HISTORY = 4;

  private final NoiseLevels levels;
  private final Prediction prediction;
  private final double finalShare;
  private final int stride;
  private final double[] prkTimes;
  private final double[] timesteps;

  /** Earlier predictions, newest first. */
  private final float[][] past = new float[HISTORY][];

  private final float[] combined;
  private final float[] started;
  private int known;
  private int counter;

  PndmScheduler(SchedulerConfig config, Span span) {
    // diffusers' class has no such setting, and divides by the last level
    levels = NoiseLevels.of(config.without(NoiseLevels.RESCALED));
    prediction = Prediction.of(config);
    if (prediction == Prediction.SAMPLE) {
      throw config.unsupported("prediction_type", "sample", "epsilon or v_prediction for pndm");
    }
    finalShare = config.flag("set_alpha_to_one", false) ? 1 : levels.share(0);
    stride = levels.count() / span.steps();
    double[] times =
        Spacing.rounded(
            Spacing.of(config, Spacing.LEADING)
                .times(span.steps(), levels.count(), config.whole("steps_offset", 0)));
    boolean skip = config.flag("skip_prk_steps", false);
    prkTimes = skip ? new double[0] : rungeKuttaTimes(times, stride / 2);
    double[] all = skip ? repeatSecond(times) : join(prkTimes, times);
    timesteps = Arrays.copyOfRange(all, Math.min(span.first(), all.length - 1), all.length);
    combined = new float[span.size()];
    started = new float[span.size()];
    for (int i = 0; i < HISTORY; i++) {
      past[i] = new float[span.size()];
    }
  }

  /**
   * The second of the ascending last times stands twice: it is asked again after the first step.
   */
  private static double[] repeatSecond(double[] descending) {
    if (descending.length < 2) {
      return descending;
    }
    double[] times = new double[descending.length + 1];
    times[0] = descending[0];
    System.arraycopy(descending, 1, times, 1, 1);
    System.arraycopy(descending, 1, times, 2, descending.length - 1);
    return times;
  }

  /** Four times, each half-way point asked twice and the ends shared: 12 evaluations. */
  private static double[] rungeKuttaTimes(double[] descending, int half) {
    int count = Math.min(HISTORY, descending.length);
    double[] pairs = new double[2 * count];
    for (int i = 0; i < count; i++) {
      double time = descending[count - 1 - i];
      pairs[2 * i] = time;
      pairs[2 * i + 1] = time + half;
    }
    int kept = pairs.length - 1;
    double[] times = new double[2 * kept - 2];
    for (int i = 0; i < times.length; i++) {
      times[i] = pairs[(times.length - i) / 2];
    }
    return times;
  }

  private static double[] join(double[] prk, double[] descending) {
    int plms = Math.max(0, descending.length - 3);
    double[] times = Arrays.copyOf(prk, prk.length + plms);
    System.arraycopy(descending, descending.length - plms, times, prk.length, plms);
    return times;
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
    if (counter < prkTimes.length) {
      stepRungeKutta(time, output, latents);
    } else {
      stepMultistep(time, output, latents);
    }
    counter++;
  }

  private void stepRungeKutta(int time, float[] output, float[] latents) {
    int to = time - (counter % 2 == 1 ? 0 : stride / 2);
    int from = (int) prkTimes[counter / 4 * 4];
    int phase = counter % 4;
    float[] slope = output;
    if (phase == 0) {
      Arrays.fill(combined, 0);
      remember(output);
      System.arraycopy(latents, 0, started, 0, latents.length);
    }
    float weight = phase == 0 || phase == 3 ? 1f / 6 : 1f / 3;
    for (int i = 0; i < combined.length; i++) {
      combined[i] += weight * output[i];
    }
    if (phase == 3) {
      slope = combined;
    }
    move(started, slope, latents, from, to);
  }

  private void stepMultistep(int time, float[] output, float[] latents) {
    int from = time;
    int to = time - stride;
    if (counter == 1) {
      // the repeated time: average both predictions and take the first step again
      from = time + stride;
      to = time;
      for (int i = 0; i < combined.length; i++) {
        combined[i] = (output[i] + past[0][i]) / 2;
      }
      move(started, combined, latents, from, to);
      return;
    }
    remember(output);
    combine();
    System.arraycopy(latents, 0, started, 0, latents.length);
    move(started, combined, latents, from, to);
  }

  /** Adams-Bashforth of the order that the history allows. */
  private void combine() {
    for (int i = 0; i < combined.length; i++) {
      combined[i] =
          switch (known) {
            case 1 -> past[0][i];
            case 2 -> (3 * past[0][i] - past[1][i]) / 2;
            case 3 -> (23 * past[0][i] - 16 * past[1][i] + 5 * past[2][i]) / 12;
            default -> (55 * past[0][i] - 59 * past[1][i] + 37 * past[2][i] - 9 * past[3][i]) / 24;
          };
    }
  }

  private void remember(float[] output) {
    float[] oldest = past[HISTORY - 1];
    System.arraycopy(past, 0, past, 1, HISTORY - 1);
    past[0] = oldest;
    System.arraycopy(output, 0, oldest, 0, output.length);
    known = Math.min(known + 1, HISTORY);
  }

  /** Formula (9) of the paper. */
  private void move(float[] sample, float[] slope, float[] latents, int from, int to) {
    double share = levels.share(from);
    double next = to >= 0 ? levels.share(to) : finalShare;
    double keep = Math.sqrt(next / share);
    double push =
        (next - share) / (share * Math.sqrt(1 - next) + Math.sqrt(share * (1 - share) * next));
    double alpha = Math.sqrt(share);
    double sigma = Math.sqrt(1 - share);
    for (int i = 0; i < latents.length; i++) {
      double noise = prediction.noise(sample[i], slope[i], alpha, sigma);
      latents[i] = (float) (keep * sample[i] - push * noise);
    }
  }
}
