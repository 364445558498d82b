package org.sonograph.diffusion.noise;

/**
 * What {@code torch.Generator("cpu").manual_seed(seed)} feeds {@code torch.randn} with, to within
 * the rounding of its vectorised logarithm and sine (about 1e-6).
 *
 * <p>From 16 values on, torch fills the tensor with uniform floats and turns blocks of 16 into
 * normal ones, pairing value j with value j + 8; where the length is no multiple of 16, the last 16
 * values are drawn again. Fewer than 16 values come one by one from doubles, and the second half of
 * an odd last pair waits for the next such draw.
 */
public final class TorchGenerator {

  private static final int BLOCK = 16;

  private final MersenneTwister bits;
  private double waiting = Double.NaN;

  public TorchGenerator(long seed) {
    bits = new MersenneTwister(seed);
  }

  /** Starts anew, as a new generator would. */
  void seed(long seed) {
    bits.seed(seed);
    waiting = Double.NaN;
  }

  /** Fills {@code out} as {@code torch.randn(out.length, generator=this)} would. */
  public void randn(float[] out) {
    if (out.length < BLOCK) {
      for (int i = 0; i < out.length; i++) {
        out[i] = (float) nextNormal();
      }
      return;
    }
    for (int i = 0; i < out.length; i++) {
      out[i] = bits.nextFloat();
    }
    for (int from = 0; from + BLOCK <= out.length; from += BLOCK) {
      boxMuller(out, from);
    }
    if (out.length % BLOCK != 0) {
      int from = out.length - BLOCK;
      for (int i = from; i < out.length; i++) {
        out[i] = bits.nextFloat();
      }
      boxMuller(out, from);
    }
  }

  private static void boxMuller(float[] values, int from) {
    for (int j = from; j < from + BLOCK / 2; j++) {
      double radius = Math.sqrt(-2 * Math.log(1f - values[j]));
      double angle = (float) (2 * Math.PI) * values[j + BLOCK / 2];
      values[j] = (float) (radius * Math.cos(angle));
      values[j + BLOCK / 2] = (float) (radius * Math.sin(angle));
    }
  }

  private double nextNormal() {
    if (!Double.isNaN(waiting)) {
      double value = waiting;
      waiting = Double.NaN;
      return value;
    }
    double angle = 2 * Math.PI * bits.nextDouble();
    double radius = Math.sqrt(-2 * Math.log1p(-bits.nextDouble()));
    waiting = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}
