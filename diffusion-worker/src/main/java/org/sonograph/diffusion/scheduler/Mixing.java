package org.sonograph.diffusion.scheduler;

/** Burying clean latents in noise. */
final class Mixing {

  private Mixing() {}

  /** Keeps the variance: {@code sqrt(share) clean + sqrt(1 - share) noise}. */
  static void addNoise(float[] latents, float[] noise, double share) {
    float alpha = (float) Math.sqrt(share);
    float sigma = (float) Math.sqrt(1 - share);
    for (int i = 0; i < latents.length; i++) {
      latents[i] = alpha * latents[i] + sigma * noise[i];
    }
  }

  /** Keeps the clean latents as they are: {@code clean + sigma noise}. */
  static void pileNoise(float[] latents, float[] noise, float sigma) {
    for (int i = 0; i < latents.length; i++) {
      latents[i] += sigma * noise[i];
    }
  }
}
