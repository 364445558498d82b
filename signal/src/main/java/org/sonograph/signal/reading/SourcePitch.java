package org.sonograph.signal.reading;

import java.util.Arrays;
import org.sonograph.signal.transform.FrameFft;

/**
 * The pitch of a sound from column to column, by the normalised difference of the sound and itself
 * a period later (McLeod and Wyvill 2005: A Smarter Way to Find Pitch, eqs. 6 to 9): the first of
 * its peaks that comes close to the highest, as far as it is clear; elsewhere the last pitch goes
 * on. It has working memory: one thread at a time.
 */
final class SourcePitch {
  private static final double LOWEST_HZ = 55;
  private static final double HIGHEST_HZ = 880;

  /** A peak below this is no pitch: 1 = the sound repeats itself exactly. */
  private static final double CLEAR = 0.5;

  /** A peak this close to the highest is taken before it: two periods are as alike as one. */
  private static final double CLOSE = 0.93;

  private final int rate;
  private final int window;
  private final FrameFft fft;
  private final double[][] frame;
  private final double[][] re;
  private final double[][] im;

  /** Energy of the frame's first samples, {@code [samples]}. */
  private final double[] energy;

  private SourcePitch(int rate) {
    this.rate = rate;
    this.window = Integer.highestOneBit((int) (4 * rate / LOWEST_HZ));
    this.fft = FrameFft.of(2 * window);
    this.frame = new double[1][2 * window];
    this.re = new double[1][fft.bins()];
    this.im = new double[1][fft.bins()];
    this.energy = new double[window + 1];
  }

  /** Replaces the pitches that can be told, Hz, {@code [column]}. */
  static void follow(SourceSound source, Canvas canvas, double[] hz) {
    SourcePitch pitch = new SourcePitch(source.sound().sampleRateHz());
    float[] samples = source.sound().channels()[0];
    double step = canvas.secondsPerColumn() * pitch.rate;
    for (int x = 0; x < hz.length; x++) {
      int first = source.contextBeforeSamples() + (int) (x * step) - pitch.window / 2;
      double lag = pitch.lag(samples, first);
      hz[x] = lag > 0 ? pitch.rate / lag : x > 0 ? hz[x - 1] : hz[x];
    }
  }

  /** The period in samples, between samples by a parabola; 0 = none is clear. */
  private double lag(float[] samples, int first) {
    for (int i = 0; i < window; i++) {
      int at = first + i;
      double v = at >= 0 && at < samples.length ? samples[at] : 0;
      frame[0][i] = v;
      energy[i + 1] = energy[i] + v * v;
    }
    double[] alike = alike();
    int shortest = Math.max(1, (int) (rate / HIGHEST_HZ));
    int longest = Math.min((int) (rate / LOWEST_HZ) + 1, window - 2);
    double highest = 0;
    for (int lag = shortest; lag <= longest; lag++) {
      highest = isPeak(alike, lag) ? Math.max(highest, alike[lag]) : highest;
    }
    for (int lag = shortest; lag <= longest && highest >= CLEAR; lag++) {
      if (isPeak(alike, lag) && alike[lag] >= CLOSE * highest) {
        double bend = alike[lag - 1] - 2 * alike[lag] + alike[lag + 1];
        return bend == 0 ? lag : lag + (alike[lag - 1] - alike[lag + 1]) / (2 * bend);
      }
    }
    return 0;
  }

  private static boolean isPeak(double[] alike, int lag) {
    return alike[lag] > alike[lag - 1] && alike[lag] >= alike[lag + 1];
  }

  /** How alike the frame is to itself so many samples later, -1 to 1. */
  private double[] alike() {
    Arrays.fill(frame[0], window, 2 * window, 0);
    fft.forward(frame, 1, re, im);
    for (int k = 0; k < re[0].length; k++) {
      re[0][k] = re[0][k] * re[0][k] + im[0][k] * im[0][k];
      im[0][k] = 0;
    }
    fft.inverse(re, im, 1, frame);
    double[] out = frame[0];
    for (int lag = 0; lag < window; lag++) {
      double both = energy[window - lag] + energy[window] - energy[lag];
      out[lag] = both <= 1e-12 ? 0 : 2 * out[lag] / both;
    }
    return out;
  }
}
