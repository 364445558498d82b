package org.sonograph.signal.picture;

/**
 * What a PNG from outside may cost.
 *
 * @param maxSide longest side accepted, pixels
 * @param maxPixels largest area accepted, pixels
 * @param maxTextBytes text kept in all, bytes after decompression; more is refused
 */
public record PngLimits(int maxSide, long maxPixels, int maxTextBytes) {

  /**
   * Enough for every picture of a pipeline and for a long scroll: 32,768 a side, 64 megapixels, 4
   * MiB of text.
   */
  public static final PngLimits DEFAULT = new PngLimits(32_768, 64L << 20, 4 << 20);

  public PngLimits {
    if (maxSide < 1 || maxPixels < 1 || maxTextBytes < 0) {
      throw new IllegalArgumentException("PNG limits must be positive");
    }
  }
}
