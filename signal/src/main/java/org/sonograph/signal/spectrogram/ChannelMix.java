package org.sonograph.signal.spectrogram;

/**
 * How a picture's three channels make the magnitudes of one sound channel.
 *
 * @param red share of red
 * @param green share of green
 * @param blue share of blue
 * @param sum what is added; shares of magnitudes sum to 1
 */
public record ChannelMix(double red, double green, double blue, Sum sum) {
  /** What is added. */
  public enum Sum {
    /** Linear magnitudes. */
    MAGNITUDES,
    /** Powers; the magnitude is the root of their sum. */
    POWERS
  }

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

  /** All three as parts of one sound: their powers add up. */
  public static final ChannelMix POWERS = new ChannelMix(1, 1, 1, Sum.POWERS);

  public ChannelMix {
    boolean whole = sum == Sum.POWERS || Math.abs(red + green + blue - 1) <= 1e-9;
    if (red < 0 || green < 0 || blue < 0 || !whole) {
      throw new IllegalArgumentException(
          "shares %s, %s, %s, expected a sum of 1".formatted(red, green, blue));
    }
  }

  /** Shares of magnitudes. */
  public ChannelMix(double red, double green, double blue) {
    this(red, green, blue, Sum.MAGNITUDES);
  }

  /** The magnitude that those of a pixel's channels make, all linear. */
  double of(double r, double g, double b) {
    return switch (sum) {
      case MAGNITUDES -> red * r + green * g + blue * b;
      case POWERS -> Math.sqrt(red * r * r + green * g * g + blue * b * b);
    };
  }
}
