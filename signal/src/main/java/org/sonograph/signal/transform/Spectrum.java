package org.sonograph.signal.transform;

/**
 * Complex frames, {@code [frame][bin]}. The arrays are not copied.
 *
 * @param re real parts
 * @param im imaginary parts
 */
public record Spectrum(double[][] re, double[][] im) {

  /** Refuses parts of different size. */
  public Spectrum {
    if (re.length != im.length) {
      throw new IllegalArgumentException(
          "im has %d frames, expected %d as re has".formatted(im.length, re.length));
    }
  }

  /** All zero. */
  public static Spectrum zero(int frames, int bins) {
    return new Spectrum(new double[frames][bins], new double[frames][bins]);
  }

  /** Number of frames. */
  public int frames() {
    return re.length;
  }
}
