package org.sonograph.diffusion.noise;

/**
 * Shape of one picture's latents.
 *
 * @param channels values a cell holds
 * @param height rows of cells
 * @param width columns of cells
 */
public record LatentShape(int channels, int height, int width) {

  public LatentShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "channels=%d height=%d width=%d, expected 1 or more each"
              .formatted(channels, height, width));
    }
  }

  /** Numbers in one picture's latents. */
  public int size() {
    return channels * height * width;
  }
}
