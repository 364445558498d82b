package org.sonograph.signal.picture;

import java.util.Arrays;

/**
 * An eight-bit picture, grey or RGB.
 *
 * <p>The array is not copied: whoever hands one over gives it away.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param samples {@code [row][column][channel]}, unsigned, row 0 on top
 */
public record Picture(int width, int height, int channels, byte[] samples) {

  public Picture {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "picture of " + width + "x" + height + ", expected at least 1x1");
    }
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("picture with " + channels + " channels, expected 1 or 3");
    }
    long expected = (long) width * height * channels;
    if (samples.length != expected) {
      throw new IllegalArgumentException(
          "picture of %dx%dx%d with %d samples, expected %d"
              .formatted(width, height, channels, samples.length, expected));
    }
  }

  /** A grey picture over the given samples, {@code [row][column]}. */
  public static Picture grey(int width, int height, byte[] samples) {
    return new Picture(width, height, 1, samples);
  }

  /** A colour picture over the given samples, {@code [row][column][red, green, blue]}. */
  public static Picture rgb(int width, int height, byte[] samples) {
    return new Picture(width, height, 3, samples);
  }

  /**
   * The sample at column x, row y (0 on top), 0 to 255; a grey picture answers the same for every
   * channel.
   */
  public int at(int x, int y, int channel) {
    int c = channels == 1 ? 0 : channel;
    return samples[(y * width + x) * channels + c] & 0xff;
  }

  /** This picture in colour; a grey one has three equal channels. */
  public Picture toRgb() {
    if (channels == 3) {
      return this;
    }
    byte[] out = new byte[samples.length * 3];
    for (int i = 0, o = 0; i < samples.length; i++) {
      out[o++] = samples[i];
      out[o++] = samples[i];
      out[o++] = samples[i];
    }
    return rgb(width, height, out);
  }

  /** The columns {@code from} to {@code from + count}, all rows, as a picture of their own. */
  public Picture columns(int from, int count) {
    if (from < 0 || count < 1 || from + count > width) {
      throw new IllegalArgumentException(
          "columns %d to %d of a picture %d wide".formatted(from, from + count, width));
    }
    byte[] out = new byte[count * height * channels];
    for (int y = 0; y < height; y++) {
      System.arraycopy(
          samples, (y * width + from) * channels, out, y * count * channels, count * channels);
    }
    return new Picture(count, height, channels, out);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Picture p
        && p.width == width
        && p.height == height
        && p.channels == channels
        && Arrays.equals(p.samples, samples);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(samples);
  }

  @Override
  public String toString() {
    return "Picture[" + width + "x" + height + "x" + channels + "]";
  }
}
