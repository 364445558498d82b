package org.sonograph.signal.spectrogram;

import java.util.List;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.transform.SingleFft512;
import org.sonograph.signal.transform.Stft;

/**
 * The notebook's spectrogram: power (Hann 512, hop 256), mean of the channels' powers, decibels
 * over the whole track's range, 8 bit, row 0 = 0 Hz, one picture a track.
 *
 * <p>A track may come in pieces: {@link #powerColumns} of each in turn, {@link PowerRange} over all
 * of them, {@link #full} at the end. Any cut into pieces gives the same picture. Pure; may be
 * called by many threads.
 */
public final class NotebookSpectrogram {

  /** Window and transform, samples. */
  public static final int N_FFT = SingleFft512.LENGTH;

  /** Distance between columns, samples. */
  public static final int HOP_SAMPLES = 256;

  /** Rows of the picture before resizing. */
  public static final int BINS = SingleFft512.BINS;

  /** Width of the picture after resizing, pixels. */
  public static final int WIDTH = 400;

  /** Height of the picture after resizing, pixels. */
  public static final int HEIGHT = 300;

  private static final int BLOCK_COLUMNS = 64;

  private static final float[] WINDOW = window();

  private NotebookSpectrogram() {}

  private static float[] window() {
    double[] window = Stft.hannInSinglePrecision(N_FFT);
    float[] rounded = new float[N_FFT];
    for (int i = 0; i < N_FFT; i++) {
      rounded[i] = (float) window[i];
    }
    return rounded;
  }

  /** Where a piece lies in its track. */
  public enum Part {
    /** The whole track. */
    WHOLE,
    /** From the track's start. */
    FIRST,
    /** Neither end. */
    MIDDLE,
    /** To the track's end. */
    LAST;

    /** The part that has these ends of the track. */
    public static Part of(boolean first, boolean last) {
      if (first) {
        return last ? WHOLE : FIRST;
      }
      return last ? LAST : MIDDLE;
    }

    private boolean starts() {
      return this == WHOLE || this == FIRST;
    }

    private boolean ends() {
      return this == WHOLE || this == LAST;
    }
  }

  /**
   * The columns whose centres lie in a piece (the last piece has the track's last column too).
   *
   * @param sound the piece with its context
   * @param contextBefore samples of {@code sound} before the piece: 0 at the track's start, else at
   *     least {@link #HOP_SAMPLES}
   * @param lengthSamples length of the piece; a multiple of {@link #HOP_SAMPLES} unless it is the
   *     last
   * @return {@code [column][bin]}, power, mean over the channels
   */
  public static float[][] powerColumns(
      Sound sound, int contextBefore, int lengthSamples, Part part) {
    check(sound, contextBefore, lengthSamples, part);
    SingleFft512 fft = new SingleFft512();
    int columns = lengthSamples / HOP_SAMPLES + (part.ends() ? 1 : 0);
    float[][] power = new float[columns][BINS];
    float[][] frames = new float[SingleFft512.BATCH][N_FFT];
    float[][] some = new float[SingleFft512.BATCH][];
    int channels = sound.channels().length;
    for (float[] channel : sound.channels()) {
      float[] padded = padded(channel, contextBefore, lengthSamples, part);
      for (int first = 0; first < columns; first += SingleFft512.BATCH) {
        int count = Math.min(SingleFft512.BATCH, columns - first);
        for (int i = 0; i < count; i++) {
          cut(padded, (first + i) * HOP_SAMPLES, frames[i]);
          some[i] = power[first + i];
        }
        fft.addPower(frames, count, some);
      }
    }
    if (channels > 1) {
      for (float[] column : power) {
        divide(column, channels);
      }
    }
    return power;
  }

  /**
   * The picture before resizing, grey.
   *
   * @param columns {@code [column][bin]}, all of the track's
   * @param range of all of them
   */
  public static Picture full(List<float[]> columns, PowerRange range) {
    PowerScale scale = new PowerScale(range);
    int width = columns.size();
    byte[] samples = new byte[Math.multiplyExact(width, BINS)];
    // a block of columns at a time, so that neighbouring pixels are written together
    float[][] block = new float[BLOCK_COLUMNS][];
    for (int first = 0; first < width; first += BLOCK_COLUMNS) {
      int count = Math.min(BLOCK_COLUMNS, width - first);
      for (int i = 0; i < count; i++) {
        block[i] = columns.get(first + i);
      }
      for (int bin = 0; bin < BINS; bin++) {
        int at = bin * width + first;
        for (int i = 0; i < count; i++) {
          samples[at + i] = (byte) scale.level(block[i][bin]);
        }
      }
    }
    return new Picture(width, BINS, 1, samples);
  }

  /** The picture as it travels: {@link #WIDTH} x {@link #HEIGHT}, three equal channels. */
  public static Picture resized(Picture full) {
    return PillowResize.resize(full, WIDTH, HEIGHT, PillowResize.Filter.BICUBIC).toRgb();
  }

  /**
   * What inverts the resized picture of a track.
   *
   * @param columns number of columns before resizing
   */
  public static Inversion inversion(int sampleRateHz, int columns, PowerRange range) {
    PowerScale scale = new PowerScale(range);
    SpectrogramProfile profile = SpectrogramProfile.NOTEBOOK;
    return new Inversion(
        profile.name(),
        sampleRateHz,
        N_FFT,
        HOP_SAMPLES,
        profile.window(),
        profile.axis(),
        0,
        sampleRateHz / 2.0,
        0,
        scale.lowestDb(),
        scale.highestDb(),
        WIDTH,
        HEIGHT,
        columns,
        BINS);
  }

  private static void check(Sound sound, int before, int length, Part part) {
    int found = sound.length();
    if (length < 0 || before < 0 || (long) before + length > found) {
      throw new IllegalArgumentException(
          "a piece of %d samples after %d, expected both within %d"
              .formatted(length, before, found));
    }
    if (part.starts() ? before != 0 : before < HOP_SAMPLES) {
      throw new IllegalArgumentException(
          "contextBefore=%d (%s), expected %s"
              .formatted(before, part, part.starts() ? "0" : "at least " + HOP_SAMPLES));
    }
    if (!part.ends() && length % HOP_SAMPLES != 0) {
      throw new IllegalArgumentException(
          "lengthSamples=%d (%s), expected a multiple of %d".formatted(length, part, HOP_SAMPLES));
    }
    if (part.ends() && before + length == 0) {
      throw new IllegalArgumentException("an empty track has no spectrogram");
    }
  }

  /** Half a window before the piece, and as much after it as its columns need. */
  private static float[] padded(float[] samples, int before, int length, Part part) {
    int lead = N_FFT / 2;
    int after = part.ends() ? lead : 0;
    float[] padded = new float[lead + length + after];
    for (int i = 0; i < padded.length; i++) {
      int at = before + i - lead;
      // only the track's own ends lie outside what was given
      while (at < 0 || part.ends() && at >= before + length) {
        at = before + length == 1 ? 0 : at < 0 ? -at : 2 * (before + length - 1) - at;
      }
      padded[i] = samples[at];
    }
    return padded;
  }

  private static void cut(float[] padded, int from, float[] frame) {
    for (int i = 0; i < N_FFT; i++) {
      frame[i] = padded[from + i] * WINDOW[i];
    }
  }

  private static void divide(float[] values, float by) {
    for (int k = 0; k < values.length; k++) {
      values[k] /= by;
    }
  }
}
