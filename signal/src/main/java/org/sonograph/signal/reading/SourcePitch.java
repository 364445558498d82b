package org.sonograph.signal.reading;

import java.util.Arrays;
import org.sonograph.signal.transform.FrameFft;

/**
 * The pitch of a sound from column to column: the highest peak of the autocorrelation of two
 * periods of the lowest pitch, as far as it reaches half of the power; elsewhere the last pitch
 * goes on.
 */
final class SourcePitch {
  private static final double LOWEST_HZ = 55;
  private static final double HIGHEST_HZ = 880;
  private static final double CLEAR = 0.5;

  private SourcePitch() {}

  /** Replaces the pitches that can be told, Hz, {@code [column]}. */
  static void follow(SourceSound source, Canvas canvas, double[] hz) {
    int rate = source.sound().sampleRateHz();
    int window = Integer.highestOneBit((int) (4 * rate / LOWEST_HZ));
    FrameFft fft = FrameFft.of(2 * window);
    double[][] frame = new double[1][2 * window];
    double[][] re = new double[1][fft.bins()];
    double[][] im = new double[1][fft.bins()];
    float[] samples = source.sound().channels()[0];
    double step = canvas.secondsPerColumn() * rate;
    for (int x = 0; x < hz.length; x++) {
      int first = source.contextBeforeSamples() + (int) (x * step) - window / 2;
      for (int i = 0; i < window; i++) {
        int at = first + i;
        frame[0][i] = at >= 0 && at < samples.length ? samples[at] : 0;
      }
      Arrays.fill(frame[0], window, 2 * window, 0);
      fft.forward(frame, 1, re, im);
      for (int k = 0; k < re[0].length; k++) {
        re[0][k] = re[0][k] * re[0][k] + im[0][k] * im[0][k];
        im[0][k] = 0;
      }
      fft.inverse(re, im, 1, frame);
      double lag = lag(frame[0], window, rate);
      hz[x] = lag > 0 ? rate / lag : x > 0 ? hz[x - 1] : hz[x];
    }
  }

  /** The period in samples, between samples by a parabola; 0 = none is clear. */
  private static double lag(double[] correlation, int window, int rate) {
    int shortest = (int) (rate / HIGHEST_HZ);
    int longest = Math.min((int) (rate / LOWEST_HZ), window - 2);
    int best = 0;
    double most = CLEAR * correlation[0];
    for (int lag = Math.max(1, shortest); lag <= longest; lag++) {
      // fewer samples overlap at longer lags
      double value = correlation[lag] * window / (window - lag);
      if (value > most * (best == 0 ? 1 : 1.02)) {
        most = value;
        best = lag;
      }
    }
    if (best == 0 || correlation[0] <= 0) {
      return 0;
    }
    double before = correlation[best - 1];
    double after = correlation[best + 1];
    double bend = before - 2 * correlation[best] + after;
    return bend == 0 ? best : best + Math.clamp((before - after) / (2 * bend), -0.5, 0.5);
  }
}
