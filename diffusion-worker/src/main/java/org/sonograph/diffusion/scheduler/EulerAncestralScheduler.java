package org.sonograph.diffusion.scheduler;

import org.sonograph.diffusion.noise.NoiseSource;

/** Euler steps that go down too far and are lifted again by fresh noise, at every step. */
final class EulerAncestralScheduler implements Scheduler {

  private final Prediction prediction;
  private final SigmaSchedule schedule;
  private final float[] fresh;

  EulerAncestralScheduler(SchedulerConfig config, Span span) {
    prediction = Prediction.of(config);
    if (prediction == Prediction.SAMPLE) {
      throw config.unsupported("prediction_type", "sample", "epsilon or v_prediction for euler-a");
    }
    SchedulerConfig plain =
        config
            .without("use_karras_sigmas")
            .without("use_exponential_sigmas")
            .without("final_sigmas_type")
            .without("timestep_type");
    schedule = EulerSchedule.of(plain, span);
    fresh = new float[span.size()];
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
    EulerScheduler.scale(schedule.sigmas()[step], latents, shown);
  }

  @Override
  public void step(int step, float[] output, float[] latents, NoiseSource noise) {
    double from = schedule.sigmas()[step];
    double to = schedule.sigmas()[step + 1];
    double up = Math.sqrt(to * to * (from * from - to * to) / (from * from));
    double down = Math.sqrt(Math.max(0, to * to - up * up));
    EulerScheduler.slide(prediction, from, down - from, output, latents);
    noise.draw(fresh);
    Mixing.pileNoise(latents, fresh, (float) up);
  }
}
