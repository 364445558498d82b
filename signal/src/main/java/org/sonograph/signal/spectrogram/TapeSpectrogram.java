package org.sonograph.signal.spectrogram;

import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.transform.Stft;

/**
 * The {@code tape} picture of one chunk, both directions. Column c is the frame centred on the
 * chunk's sample {@code hop * c}; power is the mean over channels; rows follow the axis, low notes
 * at the bottom; levels are tilted, then laid between black and white. Pure.
 */
public final class TapeSpectrogram {
  /** The frequency the tilt leaves as it is. */
  public static final double TILT_PIVOT_HZ = 1000;

  /** From this pixel on a sound's own level is known well enough to be changed by a ratio. */
  private static final double TRUSTED_PIXEL = 32;

  private TapeSpectrogram() {}

  /**
   * The grey picture of one chunk.
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
    byte[] out = new byte[inversion.width() * inversion.height()];
    if (columns > 0) {
      double[][] power = power(sound, contextBeforeSamples, columns, inversion);
      AxisMap map = map(inversion);
      double[] tiltDb = tiltDb(inversion);
      double[] rows = new double[inversion.height()];
      double perLevel = 255 / (inversion.whiteDb() - inversion.blackDb());
      for (int c = 0; c < columns; c++) {
        map.rows(power[c], rows);
        for (int r = 0; r < rows.length; r++) {
          double level = (10 * Math.log10(rows[r]) + tiltDb[r] - inversion.blackDb()) * perLevel;
          int y = inversion.height() - 1 - r;
          out[y * inversion.width() + c] =
              (byte) (level > 0 ? Math.min(255, Math.round(level)) : 0);
        }
      }
    }
    return Picture.grey(inversion.width(), inversion.height(), out);
  }

  /** Columns of a chunk that are centred within it, at most the picture's width. */
  public static int columns(long lengthSamples, Inversion inversion) {
    return (int)
        Math.min(inversion.width(), Math.ceilDiv(lengthSamples, (long) inversion.hopSamples()));
  }

  /** Mean power over channels, {@code [frame][bin]}, re a full-scale sine. */
  private static double[][] power(
      Sound sound, int contextBefore, int columns, Inversion inversion) {
    int nFft = inversion.nFft();
    Stft stft = new Stft(nFft, inversion.hopSamples());
    double[][] power = new double[columns][stft.bins()];
    double[][] re = new double[stft.batch()][stft.bins()];
    double[][] im = new double[stft.batch()][stft.bins()];
    double[] padded = new double[stft.paddedSamples(columns)];
    int shift = contextBefore - nFft / 2;
    for (float[] channel : sound.channels()) {
      for (int i = 0; i < padded.length; i++) {
        int at = i + shift;
        padded[i] = at >= 0 && at < channel.length && Float.isFinite(channel[at]) ? channel[at] : 0;
      }
      for (int f = 0; f < columns; f += stft.batch()) {
        int count = Math.min(stft.batch(), columns - f);
        stft.analyse(padded, f, count, re, im);
        for (int i = 0; i < count; i++) {
          add(
              power[f + i],
              re[i],
              im[i],
              1 / (fullScale(inversion) * fullScale(inversion) * sound.channelCount()));
        }
      }
    }
    return power;
  }

  private static void add(double[] power, double[] re, double[] im, double scale) {
    for (int k = 0; k < power.length; k++) {
      power[k] += (re[k] * re[k] + im[k] * im[k]) * scale;
    }
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
        rows[r] = 0;
        for (int c = 0; c < 3; c++) {
          double share = mix.share(c);
          if (share > 0) {
            rows[r] += share * level[r][columns.at(x, rows.length - 1 - r, c)];
          }
        }
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
   * @param shown the grey picture of the sound itself, as wide
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
    double[] change = new double[511];
    double perPixel = (inversion.whiteDb() - inversion.blackDb()) / 255;
    for (int d = 0; d < change.length; d++) {
      change[d] = Math.pow(10, (d - 255) * perPixel / 20);
    }
    for (int x = 0; x < width; x++) {
      for (int r = 0; r < gains.length; r++) {
        int y = gains.length - 1 - r;
        int own = shown.at(x, y, 0);
        trusts[r] = Math.min(1, own / TRUSTED_PIXEL);
        gains[r] = 0;
        for (int c = 0; c < 3; c++) {
          int pixel = columns.at(x, y, c);
          gains[r] += pixel == 0 ? 0 : mix.share(c) * change[255 + pixel - own];
        }
      }
      map.bins(gains, gain[x]);
      map.bins(trusts, trust[x]);
      beyond(gain[x], trust[x], gains, inversion);
    }
    return new Filter(magnitude, gain, trust);
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

  private static double[] tiltDb(Inversion inversion) {
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
  private static double fullScale(Inversion inversion) {
    return inversion.nFft() / 4.0;
  }

  private static AxisMap map(Inversion inversion) {
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
