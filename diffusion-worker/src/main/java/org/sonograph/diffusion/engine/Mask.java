package org.sonograph.diffusion.engine;

import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.noise.LatentShape;
import org.sonograph.diffusion.scheduler.Scheduler;
import org.sonograph.signal.picture.Picture;

/**
 * What of a picture is repainted. After each step the latents of all other cells are put back to
 * those of the picture, at the noise level just reached (Avrahami et al. 2023, "Blended latent
 * diffusion"; diffusers does the same with U-Nets that know no masks).
 */
final class Mask {

  private static final int HALF = 128;

  private final Picture before;
  private final int[] white;
  private final boolean[] repainted;
  private final float[] clean;
  private final float[] noise;
  private final float[] level;

  /**
   * Starts a picture.
   *
   * @param before what went in, of the model's size
   * @param mask of the same size, white where the picture is repainted
   * @param clean latents of {@code before}
   * @param noise what they were buried in
   */
  Mask(Picture before, Picture mask, LatentShape shape, float[] clean, float[] noise) {
    this.before = before;
    this.clean = clean.clone();
    this.noise = noise.clone();
    level = new float[clean.length];
    white = whiteness(mask);
    repainted = new boolean[shape.height() * shape.width()];
    int cell = mask.width() / shape.width();
    for (int i = 0; i < repainted.length; i++) {
      int row = i / shape.width() * cell;
      int column = i % shape.width() * cell;
      repainted[i] = white[row * mask.width() + column] >= HALF;
    }
  }

  /** A mask, once it is sure that it is of a picture's size. */
  static Picture like(Picture picture, Picture mask) {
    if (mask.width() != picture.width() || mask.height() != picture.height()) {
      throw new DiffusionException(
          DiffusionException.Reason.REQUEST,
          "mask of %dx%d, expected %dx%d like the picture"
              .formatted(mask.width(), mask.height(), picture.width(), picture.height()));
    }
    return mask;
  }

  /** Luma as ITU-R BT.601 weighs it, 0 to 255. */
  private static int[] whiteness(Picture mask) {
    byte[] samples = mask.toRgb().samples();
    int[] levels = new int[mask.width() * mask.height()];
    for (int i = 0; i < levels.length; i++) {
      int red = samples[3 * i] & 0xff;
      int green = samples[3 * i + 1] & 0xff;
      int blue = samples[3 * i + 2] & 0xff;
      levels[i] = (299 * red + 587 * green + 114 * blue + 500) / 1000;
    }
    return levels;
  }

  /** Puts back what is not repainted, after a step. */
  void putBack(int step, int steps, Scheduler scheduler, float[] latents) {
    System.arraycopy(clean, 0, level, 0, clean.length);
    if (step + 1 < steps) {
      scheduler.addNoise(step + 1, level, noise);
    }
    for (int i = 0; i < latents.length; i++) {
      if (!repainted[i % repainted.length]) {
        latents[i] = level[i];
      }
    }
  }

  /** The painted picture where the mask is white, the one before where it is black. */
  Picture over(Picture painted) {
    byte[] from = before.toRgb().samples();
    byte[] mixed = painted.toRgb().samples().clone();
    for (int i = 0; i < mixed.length; i++) {
      int share = white[i / 3];
      mixed[i] =
          (byte) ((share * (mixed[i] & 0xff) + (255 - share) * (from[i] & 0xff) + 127) / 255);
    }
    return Picture.rgb(painted.width(), painted.height(), mixed);
  }
}
