package org.sonograph.diffusion;

/** Where the random numbers of a picture come from: always PyTorch's CPU generator. */
public sealed interface NoisePlan {

  /** The number that all noise follows from. */
  long seed();

  /**
   * One generator for the whole picture, drawn in diffusers' order: the posterior of the encoded
   * picture, the first noise, then the sampler's own.
   */
  record Torch(long seed) implements NoisePlan {}

  /**
   * A window onto one endless strip of noise, made of blocks of eight latent columns, each seeded
   * by (seed, absolute block, draw). Pictures that overlap agree in their noise there, in whatever
   * order and on whatever worker they are made.
   *
   * @param firstColumn the picture's first column on the track's absolute axis, in picture columns;
   *     a multiple of the model's latent cell (8)
   */
  record Strip(long seed, long firstColumn) implements NoisePlan {
    public Strip {
      if (firstColumn < 0) {
        throw new DiffusionException(
            DiffusionException.Reason.REQUEST,
            "firstColumn=" + firstColumn + ", expected 0 or more");
      }
    }
  }
}
