package org.sonograph.diffusion.engine;

import org.sonograph.signal.picture.Picture;

/** Eight-bit pictures to the range that models work in, and back, rounded as diffusers rounds. */
final class PixelRange {

  private PixelRange() {}

  /** RGB to {@code [3][row][column]}, -1 to 1. */
  static float[] toModel(Picture picture) {
    byte[] samples = picture.toRgb().samples();
    int cells = picture.width() * picture.height();
    float[] planes = new float[3 * cells];
    for (int i = 0; i < cells; i++) {
      for (int c = 0; c < 3; c++) {
        planes[c * cells + i] = 2 * ((samples[3 * i + c] & 0xff) / 255f) - 1;
      }
    }
    return planes;
  }

  /** {@code [3][row][column]} to RGB; what lies beyond -1 and 1 is clipped. */
  static Picture fromModel(float[] planes, int width, int height) {
    int cells = width * height;
    byte[] samples = new byte[3 * cells];
    for (int i = 0; i < cells; i++) {
      for (int c = 0; c < 3; c++) {
        float unit = Math.clamp(planes[c * cells + i] * 0.5f + 0.5f, 0f, 1f);
        samples[3 * i + c] = (byte) (int) Math.rint(unit * 255f);
      }
    }
    return Picture.rgb(width, height, samples);
  }
}
