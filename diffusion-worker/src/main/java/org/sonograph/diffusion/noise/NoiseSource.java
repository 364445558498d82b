package org.sonograph.diffusion.noise;

import org.sonograph.diffusion.NoisePlan;

/** The random numbers of one picture, draw after draw. */
public interface NoiseSource {

  /**
   * Fills the next draw: first the posterior of the encoded picture, then the first noise, then
   * whatever the sampler asks for.
   *
   * @param out {@code float[channel][row][column]}, flattened
   */
  void draw(float[] out);

  /** Starts the noise that a plan describes, for latents of a shape. */
  static NoiseSource of(NoisePlan plan, LatentShape shape, int pixelsPerCell) {
    return switch (plan) {
      case NoisePlan.Torch torch -> new TorchGenerator(torch.seed())::randn;
      case NoisePlan.Strip strip -> new StripNoise(strip, shape, pixelsPerCell);
    };
  }
}
