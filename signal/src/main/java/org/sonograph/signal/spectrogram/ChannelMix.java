package org.sonograph.signal.spectrogram;

/**
 * Which share of a picture's channels makes the magnitudes of one sound channel. Shares are of
 * linear magnitudes and sum to 1.
 *
 * @param red share of red
 * @param green share of green
 * @param blue share of blue
 */
public record ChannelMix(double red, double green, double blue) {
  /** Red alone. */
  public static final ChannelMix RED = new ChannelMix(1, 0, 0);

  /** Green alone. */
  public static final ChannelMix GREEN = new ChannelMix(0, 1, 0);

  /** Blue alone. */
  public static final ChannelMix BLUE = new ChannelMix(0, 0, 1);

  /** The left of two: (2R + B) / 3. With {@link #RIGHT} its mean is that of all three. */
  public static final ChannelMix LEFT = new ChannelMix(2 / 3.0, 0, 1 / 3.0);

  /** The right of two: (2G + B) / 3. */
  public static final ChannelMix RIGHT = new ChannelMix(0, 2 / 3.0, 1 / 3.0);

  public ChannelMix {
    if (red < 0 || green < 0 || blue < 0 || Math.abs(red + green + blue - 1) > 1e-9) {
      throw new IllegalArgumentException(
          "shares %s, %s, %s, expected a sum of 1".formatted(red, green, blue));
    }
  }

  double share(int channel) {
    return channel == 0 ? red : channel == 1 ? green : blue;
  }
}
