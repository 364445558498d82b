package org.sonograph.gallery.live;

/**
 * A buffer between two clocks: frames go in at one pace and come out at another, and it is read a
 * little faster the fuller it is, by at most a thousandth. Belongs to one thread.
 */
final class Elastic {
  /** What it strives to hold. */
  static final double TARGET_SECONDS = 0.2;

  private static final double MOST_SECONDS = 1;
  private static final double MOST_CORRECTION = 0.001;
  private static final double SETTLE_SECONDS = 20;

  /** How fast the level that counts follows the one there is: blocks come in gusts. */
  private static final double FOLLOW = 0.01;

  private final OutputGrid grid;
  private float[][] held;
  private int filled;
  private double position = Sinc.HALF;
  private double level;

  Elastic(OutputGrid grid, int channels) {
    this.grid = grid;
    this.filled = Sinc.HALF + grid.frames(TARGET_SECONDS);
    this.held = new float[channels][2 * grid.rateHz()];
    this.level = TARGET_SECONDS;
  }

  /** Takes frames; false if there is no room, since nobody reads. */
  boolean push(float[][] frames) {
    int count = frames[0].length;
    if (seconds() > MOST_SECONDS) {
      return false;
    }
    int drop = (int) position - Sinc.HALF;
    for (int c = 0; c < held.length; c++) {
      System.arraycopy(held[c], drop, held[c], 0, filled - drop);
      System.arraycopy(frames[c], 0, held[c], filled - drop, count);
    }
    filled += count - drop;
    position -= drop;
    return true;
  }

  /** Sound that is there. */
  double seconds() {
    return (filled - position) / grid.rateHz();
  }

  /** Whether so many frames can be read. */
  boolean has(int count) {
    return filled - position > count * (1 + MOST_CORRECTION) + Sinc.HALF + 2;
  }

  /** The next frames. */
  float[][] read(int count) {
    level += (seconds() - level) * FOLLOW;
    double step =
        1
            + Math.clamp(
                (level - TARGET_SECONDS) / SETTLE_SECONDS, -MOST_CORRECTION, MOST_CORRECTION);
    int whole = (int) position;
    float[][] out = new float[held.length][count];
    float[] from = new float[(int) Math.ceil(count * step) + 2 * Sinc.HALF + 2];
    for (int c = 0; c < held.length; c++) {
      System.arraycopy(held[c], whole - Sinc.HALF, from, 0, from.length);
      Sinc.read(from, position - whole, step, out[c], count);
    }
    position += count * step;
    return out;
  }
}
