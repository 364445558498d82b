package org.sonograph.diffusion.engine;

import org.sonograph.diffusion.noise.LatentShape;

/**
 * Turns latents about the vertical axis before the model sees them, another way at each step, so
 * that the edge it paints at never stays in one place; what it predicts is turned back.
 */
final class Rolling {

  /** The golden section spreads any number of turns evenly. */
  private static final double TURN = 0.6180339887498949;

  private final LatentShape shape;
  private final float[] row;

  Rolling(LatentShape shape) {
    this.shape = shape;
    this.row = new float[shape.width()];
  }

  /** Moves every row to the right, in place, by the columns of a step. */
  void turn(int step, float[] latents) {
    roll(latents, columns(step));
  }

  /** Undoes {@link #turn}. */
  void turnBack(int step, float[] latents) {
    roll(latents, shape.width() - columns(step));
  }

  private int columns(int step) {
    double turned = (step + 1) * TURN;
    return (int) ((turned - Math.floor(turned)) * shape.width());
  }

  private void roll(float[] latents, int columns) {
    int width = shape.width();
    int right = columns % width;
    for (int from = 0; from < latents.length; from += width) {
      System.arraycopy(latents, from, row, right, width - right);
      System.arraycopy(latents, from + width - right, row, 0, right);
      System.arraycopy(row, 0, latents, from, width);
    }
  }
}
