package org.sonograph.diffusion.scheduler;

import org.sonograph.diffusion.noise.NoiseSource;

/**
 * One picture's way down the noise schedule. Holds what earlier steps left behind, so it serves one
 * picture once, on one thread, with steps in order.
 */
public interface Scheduler {

  /** The times to ask the model at, in order; not always whole numbers. */
  double[] timesteps();

  /**
   * Buries clean latents in noise, to the level of a timestep.
   *
   * @param step index into {@link #timesteps}
   * @param latents changed in place
   */
  void addNoise(int step, float[] latents, float[] noise);

  /** Buries clean latents in noise, to the level of the first timestep. */
  default void addNoise(float[] latents, float[] noise) {
    addNoise(0, latents, noise);
  }

  /**
   * What the model is to be shown at a step; the latents themselves for samplers that do not scale.
   *
   * @param shown written; may not be {@code latents}
   */
  default void scaleInput(int step, float[] latents, float[] shown) {
    System.arraycopy(latents, 0, shown, 0, latents.length);
  }

  /**
   * Takes one step.
   *
   * @param step index into {@link #timesteps}
   * @param output the model's prediction; left as it is
   * @param latents changed in place
   * @param noise asked only by samplers that add noise of their own
   */
  void step(int step, float[] output, float[] latents, NoiseSource noise);
}
