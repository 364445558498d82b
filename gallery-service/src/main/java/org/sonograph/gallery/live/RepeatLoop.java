package org.sonograph.gallery.live;

import org.sonograph.signal.seam.Crossfade;

/**
 * Sound that was heard before, again and again: each round dissolves into the next, where the two
 * are most alike. After half a minute it becomes quieter, and stays so.
 */
final class RepeatLoop implements Source {
  /** Time at full level. */
  static final double FULL_SECONDS = 30;

  /** Time in which it becomes quieter. */
  static final double SOFTENING_SECONDS = 30;

  /** Level at which it stays. */
  static final double SOFT_DB = -12;

  private static final double JOIN_SECONDS = 0.1;

  private final OutputGrid grid;
  private final float[][] material;
  private final long from;
  private final int join;
  private final int round;
  private final double rho;

  /**
   * A loop.
   *
   * @param material what is repeated, at the grid's rate
   * @param from frame that its first sample falls on
   */
  RepeatLoop(OutputGrid grid, float[][] material, long from) {
    this.grid = grid;
    this.material = material;
    this.from = from;
    int length = material[0].length;
    this.join = Math.max(1, Math.min(grid.frames(JOIN_SECONDS), length / 4));
    int longest = length - join;
    this.round =
        Likeness.best(material, longest - Likeness.search(grid, length), longest, material, join);
    this.rho = Math.max(0, Likeness.of(material, round, material, 0, join));
  }

  /** A loop that begins where it goes on best from what is heard until then. */
  static RepeatLoop after(OutputGrid grid, Source heard, float[][] material, long frame) {
    int count = Math.min(grid.fadeFrames(), material[0].length / 2);
    float[][] before = new float[OutputGrid.CHANNELS][count];
    heard.read(frame, before, count);
    int most = Likeness.search(grid, material[0].length);
    return new RepeatLoop(grid, material, frame - Likeness.best(material, 0, most, before, count));
  }

  /** What is repeated. */
  float[][] material() {
    return material;
  }

  @Override
  public Kind kind() {
    return Kind.REPEAT;
  }

  @Override
  public long ahead(long frame) {
    return Long.MAX_VALUE;
  }

  @Override
  public void read(long frame, float[][] out, int count) {
    for (int i = 0; i < count; i++) {
      long at = frame + i - from;
      int inRound = (int) Math.floorMod(at, (long) round);
      double gain = gain((double) at / grid.rateHz());
      double fresh = gain;
      double old = 0;
      if (at >= round && inRound < join) {
        double x = (inRound + 0.5) / join;
        double norm = Crossfade.norm(x, rho);
        fresh = gain * x / norm;
        old = gain * (1 - x) / norm;
      }
      for (int c = 0; c < out.length; c++) {
        double value = fresh * material[c][inRound];
        if (old > 0) {
          value += old * material[c][round + inRound];
        }
        out[c][i] = (float) value;
      }
    }
  }

  private static double gain(double seconds) {
    double softened = Math.clamp((seconds - FULL_SECONDS) / SOFTENING_SECONDS, 0, 1);
    return softened == 0 ? 1 : Math.pow(10, SOFT_DB / 20 * softened);
  }
}
