package org.sonograph.signal.spectrogram;

import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;
import org.sonograph.signal.sound.Sound;

/**
 * The {@code tape} picture of one chunk, both directions. Column c is the frame centred on the
 * chunk's sample {@code hop * c}; power is the mean over the sound's channels, or what {@link
 * Colour} says; rows follow the axis, low notes at the bottom; levels are tilted, then laid between
 * black and white. Pure.
 */
public final class TapeSpectrogram {
  /** The frequency the tilt leaves as it is. */
  public static final double TILT_PIVOT_HZ = 1000;

  /** From this pixel on a sound's own level is known well enough to be changed by a ratio. */
  private static final double TRUSTED_PIXEL = 32;

  private TapeSpectrogram() {}

  /**
   * The picture of one chunk, in the inversion's colour; grey where there is nothing to colour.
   *
   * @param sound the chunk with what context there is before and after it
   * @param contextBeforeSamples samples of {@code sound} that lie before the chunk
   * @param lengthSamples samples the chunk covers; columns centred past them are black
   * @param inversion the settings, which also invert the picture
   */
  public static Picture picture(
      Sound sound, int contextBeforeSamples, long lengthSamples, Inversion inversion) {
    if (sound.sampleRateHz() != inversion.sampleRateHz()) {
      throw new IllegalArgumentException(
          "sampleRateHz=%d, expected %d".formatted(sound.sampleRateHz(), inversion.sampleRateHz()));
    }
    int columns = columns(lengthSamples, inversion);
    if (columns == 0) {
      byte[] black = new byte[inversion.width() * inversion.height()];
      return Picture.grey(inversion.width(), inversion.height(), black);
    }
    ChunkDrawing drawing = new ChunkDrawing(sound, contextBeforeSamples, columns, inversion);
    return switch (inversion.colour()) {
      case GREY -> drawing.grey();
      // what has no sides, or more than two, is all in the middle
      case STEREO -> sound.channelCount() == 2 ? drawing.stereo() : drawing.grey();
      case PARTS -> drawing.parts();
    };
  }

  /** Columns of a chunk that are centred within it, at most the picture's width. */
  public static int columns(long lengthSamples, Inversion inversion) {
    return (int)
        Math.min(inversion.width(), Math.ceilDiv(lengthSamples, (long) inversion.hopSamples()));
  }

  /**
   * The magnitudes a picture stands for, {@code [column][bin]}, in the scale of an STFT of samples
   * of full scale 1. A picture of another height or width than the inversion's is first resized as
   * Pillow does.
   *
   * @param mix which channels count; a grey picture has three equal ones
   */
  public static double[][] magnitudes(Picture art, ChannelMix mix, Inversion inversion) {
    return strip(fit(art, inversion), mix, inversion);
  }

  /** The picture in the inversion's own size, bicubic. */
  public static Picture fit(Picture art, Inversion inversion) {
    return PillowResize.resize(
        art, inversion.width(), inversion.height(), PillowResize.Filter.BICUBIC);
  }

  /** Like {@link #magnitudes}, for some columns of a picture that has the inversion's height. */
  public static double[][] strip(Picture columns, ChannelMix mix, Inversion inversion) {
    if (columns.height() != inversion.height()) {
      throw new IllegalArgumentException(
          "strip of height %d, expected %d".formatted(columns.height(), inversion.height()));
    }
    AxisMap map = map(inversion);
    double[][] level = magnitudeOfPixel(inversion);
    double[][] out = new double[columns.width()][inversion.nFft() / 2 + 1];
    double[] rows = new double[inversion.height()];
    for (int x = 0; x < out.length; x++) {
      for (int r = 0; r < rows.length; r++) {
        int y = rows.length - 1 - r;
        rows[r] =
            mix.of(
                level[r][columns.at(x, y, 0)],
                level[r][columns.at(x, y, 1)],
                level[r][columns.at(x, y, 2)]);
      }
      map.bins(rows, out[x]);
    }
    return out;
  }

  /**
   * What a picture does to the sound that another picture shows, {@code [column][bin]} each.
   *
   * @param magnitude what the picture itself stands for, as in {@link #strip}
   * @param gain how many times as loud it is as the other one, linear
   * @param trust 1 where the other one shows a level at all, falling to 0 toward black
   */
  public record Filter(double[][] magnitude, double[][] gain, double[][] trust) {}

  /**
   * The filter that turns the sound shown by one picture into another.
   *
   * @param columns columns of the art, in the inversion's height
   * @param shown the picture of the sound itself in the inversion's colour, as wide
   */
  public static Filter filter(Picture columns, Picture shown, ChannelMix mix, Inversion inversion) {
    double[][] magnitude = strip(columns, mix, inversion);
    AxisMap map = map(inversion);
    int width = columns.width();
    int bins = inversion.nFft() / 2 + 1;
    double[][] gain = new double[width][bins];
    double[][] trust = new double[width][bins];
    double[] gains = new double[inversion.height()];
    double[] trusts = new double[inversion.height()];
    double perPixel = (inversion.whiteDb() - inversion.blackDb()) / 255;
    double[] level = new double[256];
    for (int p = 1; p < level.length; p++) {
      level[p] = Math.pow(10, p * perPixel / 20);
    }
    for (int x = 0; x < width; x++) {
      for (int r = 0; r < gains.length; r++) {
        int y = gains.length - 1 - r;
        double own = Math.max(1, mixed(shown, x, y, mix, level));
        gains[r] = mixed(columns, x, y, mix, level) / own;
        trusts[r] = Math.min(1, 20 * Math.log10(own) / perPixel / TRUSTED_PIXEL);
      }
      map.bins(gains, gain[x]);
      map.bins(trusts, trust[x]);
      unshown(columns, shown, x, mix, gains);
      beyond(gain[x], trust[x], gains, inversion);
    }
    return new Filter(magnitude, gain, trust);
  }

  /** Magnitude of a pixel re black. */
  private static double mixed(Picture picture, int x, int y, ChannelMix mix, double[] level) {
    return mix.of(
        level[picture.at(x, y, 0)], level[picture.at(x, y, 1)], level[picture.at(x, y, 2)]);
  }

  /** The outermost rows, black as they are in the source: nothing was changed there. */
  private static void unshown(
      Picture columns, Picture shown, int x, ChannelMix mix, double[] gains) {
    for (int r : new int[] {0, gains.length - 1}) {
      int y = gains.length - 1 - r;
      if (isBlack(columns, x, y, mix) && isBlack(shown, x, y, mix)) {
        gains[r] = 1;
      }
    }
  }

  private static boolean isBlack(Picture picture, int x, int y, ChannelMix mix) {
    return mix.of(picture.at(x, y, 0), picture.at(x, y, 1), picture.at(x, y, 2)) == 0;
  }

  /** What the picture does not show is turned down as its outermost row is, never up. */
  private static void beyond(double[] gain, double[] trust, double[] rows, Inversion inversion) {
    double hzPerBin = (double) inversion.sampleRateHz() / inversion.nFft();
    int low = (int) Math.ceil(inversion.lowHz() / hzPerBin);
    int high = (int) Math.floor(inversion.highHz() / hzPerBin) + 1;
    for (int k = 0; k < Math.min(low, gain.length); k++) {
      gain[k] = Math.min(1, rows[0]);
      trust[k] = 1;
    }
    for (int k = high; k < gain.length; k++) {
      gain[k] = Math.min(1, rows[rows.length - 1]);
      trust[k] = 1;
    }
  }

  /** {@code [row from the bottom][pixel]}: tilt taken out; pixel 0 is silence. */
  private static double[][] magnitudeOfPixel(Inversion inversion) {
    double[] tiltDb = tiltDb(inversion);
    double[][] out = new double[inversion.height()][256];
    double perPixel = (inversion.whiteDb() - inversion.blackDb()) / 255;
    for (int r = 0; r < out.length; r++) {
      for (int p = 1; p < 256; p++) {
        double db = inversion.blackDb() + p * perPixel - tiltDb[r];
        out[r][p] = Math.pow(10, db / 20) * fullScale(inversion);
      }
    }
    return out;
  }

  static double[] tiltDb(Inversion inversion) {
    FrequencyAxis axis = axis(inversion);
    double[] out = new double[inversion.height()];
    for (int r = 0; r < out.length; r++) {
      out[r] = tiltDb(inversion.tiltDbPerOctave(), axis.centreHz(r));
    }
    return out;
  }

  /** What the tilt adds at a frequency; below 10 Hz it stays as it is there. */
  public static double tiltDb(double dbPerOctave, double hz) {
    return dbPerOctave * Math.log(Math.max(hz, 10) / TILT_PIVOT_HZ) / Math.log(2);
  }

  /** Level of a full-scale sine in its own bin: half the sum of a Hann window. */
  static double fullScale(Inversion inversion) {
    return inversion.nFft() / 4.0;
  }

  static AxisMap map(Inversion inversion) {
    return new AxisMap(axis(inversion), inversion.nFft(), inversion.sampleRateHz());
  }

  private static FrequencyAxis axis(Inversion inversion) {
    return new FrequencyAxis(
        FrequencyAxis.Scale.of(inversion.axis()),
        inversion.lowHz(),
        inversion.highHz(),
        inversion.height());
  }
}
