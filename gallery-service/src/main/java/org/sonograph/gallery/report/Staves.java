package org.sonograph.gallery.report;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.sound.Resampler;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.FrequencyAxis;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.TapeSpectrogram;

/**
 * What is drawn of a sound: its waveform and its spectrogram, in ink on whatever is below them. The
 * spectrogram is grey and even in lightness, so it prints as it looks.
 */
public final class Staves {
  static final int WIDTH = 1200;
  static final int SPECTROGRAM_HEIGHT = 192;
  static final FrequencyAxis AXIS =
      new FrequencyAxis(FrequencyAxis.Scale.LOG, 41.2, 41.2 * 256, SPECTROGRAM_HEIGHT);

  private static final int RATE_HZ = 24_000;
  private static final int WINDOW = 2048;
  private static final int WAVE_HEIGHT = 64;
  private static final int INK = 0x1A;
  static final int RANGE_DB = 70;
  static final double TILT = 4.5;

  private Staves() {}

  /**
   * An SVG of the least and greatest sample in each of some hundred columns; its height is twice
   * the sound's peak.
   */
  public static String waveform(Sound sound) {
    int columns = WIDTH / 2;
    StringBuilder path = new StringBuilder();
    double peak = Math.max(1e-6, sound.peak());
    for (int x = 0; x < columns; x++) {
      int from = (int) ((long) x * sound.length() / columns);
      int until = (int) Math.max(from + 1, (x + 1L) * sound.length() / columns);
      double low = 0;
      double high = 0;
      for (float[] channel : sound.channels()) {
        for (int i = from; i < Math.min(until, channel.length); i++) {
          low = Math.min(low, channel[i]);
          high = Math.max(high, channel[i]);
        }
      }
      double middle = WAVE_HEIGHT / 2.0;
      path.append(
          String.format(
              Locale.ROOT,
              "M%d %.1fV%.1f",
              x,
              middle - 0.4 - high / peak * (middle - 1),
              middle + 0.4 - low / peak * (middle - 1)));
    }
    return "<svg class=\"wave\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path d=\"%s\"/></svg>"
        .formatted(columns, WAVE_HEIGHT, path);
  }

  /**
   * A picture of the whole sound, low notes at the bottom, 8 octaves from 41.2 Hz, raised by 4.5 dB
   * an octave: white 70 dB under the loudest, ink the loudest.
   */
  public static Picture spectrogram(Sound sound) {
    float[] mono = new float[sound.length()];
    for (float[] channel : sound.channels()) {
      for (int i = 0; i < mono.length; i++) {
        mono[i] += channel[i] / sound.channelCount();
      }
    }
    Sound low = Resampler.resample(Sound.mono(sound.sampleRateHz(), mono), RATE_HZ);
    int hop = Math.clamp(low.length() / WIDTH, 1, WINDOW / 2);
    int columns = Math.max(1, Math.ceilDiv(low.length(), hop));
    Picture grey = TapeSpectrogram.picture(low, 0, low.length(), inversion(columns, hop, 0));
    double white = whiteDb(grey);
    grey = TapeSpectrogram.picture(low, 0, low.length(), inversion(columns, hop, white));
    return inked(PillowResize.resize(grey, WIDTH, SPECTROGRAM_HEIGHT, PillowResize.Filter.BICUBIC));
  }

  private static Inversion inversion(int columns, int hop, double whiteDb) {
    return new Inversion(
        "tape",
        RATE_HZ,
        WINDOW,
        hop,
        "hann",
        "log",
        AXIS.lowHz(),
        AXIS.highHz(),
        TILT,
        whiteDb - (whiteDb == 0 ? 2 : 1) * RANGE_DB,
        whiteDb,
        columns,
        SPECTROGRAM_HEIGHT,
        columns,
        WINDOW / 2 + 1);
  }

  /** The level that one pixel in a thousand exceeds. */
  private static double whiteDb(Picture grey) {
    int[] histogram = new int[256];
    for (byte v : grey.samples()) {
      histogram[v & 0xff]++;
    }
    int above = 0;
    int level = 255;
    while (level > 0 && above + histogram[level] <= grey.samples().length / 1000) {
      above += histogram[level--];
    }
    return Math.min(-0.5, (level / 255.0 - 1) * 2 * RANGE_DB);
  }

  private static Picture inked(Picture grey) {
    byte[] out = new byte[grey.samples().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (255 - (255 - INK) * (grey.samples()[i] & 0xff) / 255);
    }
    return Picture.grey(grey.width(), grey.height(), out);
  }

  /** A picture as a data URL. */
  static String png(Picture picture) {
    return "data:image/png;base64,"
        + Base64.getEncoder().encodeToString(PngCodec.encode(picture, new LinkedHashMap<>()));
  }
}
