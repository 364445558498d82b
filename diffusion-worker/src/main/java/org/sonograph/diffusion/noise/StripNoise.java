package org.sonograph.diffusion.noise;

import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.NoisePlan;

/**
 * A window onto a strip of noise without end. Block b of draw d holds eight latent columns, drawn
 * from a generator seeded by (seed, b, d), so two pictures that show the same columns hold the same
 * noise in them.
 */
final class StripNoise implements NoiseSource {

  private static final int BLOCK_COLUMNS = 8;

  private final long seed;
  private final long firstColumn;
  private final LatentShape shape;
  private final float[] block;
  private final TorchGenerator generator = new TorchGenerator(0);
  private long draw;

  StripNoise(NoisePlan.Strip plan, LatentShape shape, int pixelsPerCell) {
    if (plan.firstColumn() % pixelsPerCell != 0) {
      throw new DiffusionException(
          DiffusionException.Reason.REQUEST,
          "firstColumn=%d, expected a multiple of the model's latent cell of %d px"
              .formatted(plan.firstColumn(), pixelsPerCell));
    }
    this.seed = plan.seed();
    this.firstColumn = plan.firstColumn() / pixelsPerCell;
    this.shape = shape;
    this.block = new float[shape.channels() * shape.height() * BLOCK_COLUMNS];
  }

  @Override
  public void draw(float[] out) {
    long firstBlock = firstColumn / BLOCK_COLUMNS;
    long lastBlock = (firstColumn + shape.width() - 1) / BLOCK_COLUMNS;
    for (long b = firstBlock; b <= lastBlock; b++) {
      generator.seed(mix(mix(mix(seed) ^ b) ^ draw));
      generator.randn(block);
      copyBlock(b, out);
    }
    draw++;
  }

  private void copyBlock(long b, float[] out) {
    long left = b * BLOCK_COLUMNS - firstColumn;
    int from = (int) Math.max(0, left);
    int to = (int) Math.min(shape.width(), left + BLOCK_COLUMNS);
    for (int row = 0; row < shape.channels() * shape.height(); row++) {
      System.arraycopy(
          block,
          row * BLOCK_COLUMNS + (int) (from - left),
          out,
          row * shape.width() + from,
          to - from);
    }
  }

  /** SplitMix64's finaliser (Steele, Lea and Flood, 2014): every bit in moves every bit out. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
