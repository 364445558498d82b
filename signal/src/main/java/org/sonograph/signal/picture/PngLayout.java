package org.sonograph.signal.picture;

import java.nio.ByteBuffer;

/**
 * What IHDR says.
 *
 * @param width columns
 * @param height rows
 * @param depth bits a sample: 1, 2, 4, 8 or 16
 * @param colour 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha
 * @param interlaced whether the rows come in Adam7's seven passes
 */
record PngLayout(int width, int height, int depth, int colour, boolean interlaced) {

  static PngLayout read(String type, ByteBuffer body, PngLimits limits) {
    if (!type.equals("IHDR") || body.remaining() != 13) {
      throw new PngException("PNG does not begin with its header");
    }
    long width = body.getInt() & 0xffffffffL;
    long height = body.getInt() & 0xffffffffL;
    int depth = body.get();
    int colour = body.get();
    int compression = body.get();
    int filter = body.get();
    int interlace = body.get();
    if (width == 0 || height == 0) {
      throw new PngException("PNG of %dx%d pixels".formatted(width, height));
    }
    if (width > limits.maxSide()
        || height > limits.maxSide()
        || width * height > limits.maxPixels()) {
      throw new PngException(
          "PNG of %dx%d pixels, expected at most %d a side and %d in all"
              .formatted(width, height, limits.maxSide(), limits.maxPixels()));
    }
    boolean known =
        switch (colour) {
          case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
          case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
          case 2, 4, 6 -> depth == 8 || depth == 16;
          default -> false;
        };
    if (!known || compression != 0 || filter != 0 || interlace < 0 || interlace > 1) {
      throw new PngException(
          "PNG of a kind that does not exist: depth %d, colour type %d, interlace %d"
              .formatted(depth, colour, interlace));
    }
    return new PngLayout((int) width, (int) height, depth, colour, interlace == 1);
  }

  boolean usesPalette() {
    return colour == 3;
  }

  /** Samples a pixel in the file. */
  int samples() {
    return switch (colour) {
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> 1;
    };
  }

  /** Bytes of a row of so many pixels, without the filter byte. */
  int rowBytes(int pixels) {
    return (int) (((long) pixels * samples() * depth + 7) / 8);
  }

  /** Lower bound of the decompressed size. */
  long rawBytes() {
    return (long) height * rowBytes(width);
  }

  /** Channels of the picture that comes out. */
  int channels() {
    return colour == 0 || colour == 4 ? 1 : 3;
  }
}
