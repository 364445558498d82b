package org.sonograph.signal.reading;

import java.util.Arrays;
import java.util.List;
import org.sonograph.signal.phase.SplitMix;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.TapeSpectrogram;
import org.sonograph.signal.transform.ToneSum;

/**
 * The chirp as {@code tape} has it: every column a tone of its own, all sounding together. Red
 * gives the pitch, over 4.5 octaves however narrow the picture's reds lie, green the loudness,
 * colour the place between left and right. A tone's phase is counted from the track's start and
 * shifted by a seed of its absolute column, so nothing begins in step and an equal pitch goes on
 * across a seam without anything being remembered.
 */
final class TapeChirp {
  static final double LOWEST_HZ = 55;
  static final double OCTAVES = 4.5;

  /** The notebook's: a dark column still whispers. */
  private static final double LEAST_AMPLITUDE = 0.2;

  private static final double LOW_PERCENTILE = 0.05;
  private static final double HIGH_PERCENTILE = 0.95;
  private static final double FADE_IN_SECONDS = 0.02;

  /** How many times as high a tone is at its picture's end as at its beginning. */
  static final String SWEEP = "sweep";

  static final List<Parameter> PARAMETERS =
      List.of(
          new Parameter.Number(
              SWEEP,
              "how many times as high a tone is at its picture's end as at its beginning; in tape"
                  + " only",
              1,
              0.25,
              4),
          new Parameter.Seed(ReadingParameters.SEED));

  private TapeChirp() {}

  static ReadingOutput read(ReadingRequest request) {
    TapeReadings.checkRate(request);
    Inversion inversion = request.inversion();
    int columns = TapeSpectrogram.columns(request.position().lengthSamples(), inversion);
    int length = Math.toIntExact(request.position().lengthSamples());
    float[] left = new float[length];
    float[] right = new float[length];
    if (columns > 0) {
      Picture art = TapeSpectrogram.fit(request.art(), inversion).columns(0, columns);
      double[][] means = means(art);
      double[] pitch = pitches(means[0]);
      long seed = new ReadingParameters(request.parameters()).seed(request.position().take());
      long firstColumn = request.position().startSample() / inversion.hopSamples();
      double start = (double) request.position().startSample() / inversion.sampleRateHz();
      double[][] amplitude = new double[2][columns];
      double[] phase = new double[columns];
      for (int x = 0; x < columns; x++) {
        double loudness = (LEAST_AMPLITUDE + (1 - LEAST_AMPLITUDE) * means[1][x]) / columns;
        double turn = SplitMix.unit(SplitMix.mix(seed) + SplitMix.STEP * (firstColumn + x));
        double[] pan = pan(means[0][x], means[1][x], means[2][x]);
        amplitude[0][x] = loudness * pan[0];
        amplitude[1][x] = loudness * pan[1];
        double turns = pitch[x] * start + turn;
        phase[x] = 2 * Math.PI * (turns - Math.floor(turns));
      }
      double[] places = places(request, length);
      fill(left, ToneSum.sum(new ToneSum.Tones(pitch, amplitude[0], phase), places));
      fill(right, ToneSum.sum(new ToneSum.Tones(pitch, amplitude[1], phase), places));
      if (request.position().startSample() == 0) {
        fadeIn(left, right, (int) (FADE_IN_SECONDS * inversion.sampleRateHz()));
      }
    }
    return new ReadingOutput(
        Sound.stereo(inversion.sampleRateHz(), left, right), ReadingOutput.Extent.TRACK);
  }

  private static void fill(float[] out, double[] sum) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) sum[i];
    }
  }

  /**
   * Seconds since the picture's start; a sweep is time that runs ever faster, the same for all
   * tones.
   */
  private static double[] places(ReadingRequest request, int length) {
    double sweep = new ReadingParameters(request.parameters()).number(SWEEP, 1, 0.25, 4);
    Inversion inversion = request.inversion();
    double whole = (double) inversion.width() * inversion.hopSamples() / inversion.sampleRateHz();
    double[] out = new double[length];
    for (int i = 0; i < length; i++) {
      double t = (double) i / inversion.sampleRateHz();
      out[i] = t + (sweep - 1) * t * t / (2 * whole);
    }
    return out;
  }

  /** {@code [channel][column]}: the mean of a column, 0 to 1. */
  private static double[][] means(Picture art) {
    double[][] out = new double[3][art.width()];
    for (int c = 0; c < 3; c++) {
      for (int x = 0; x < art.width(); x++) {
        long sum = 0;
        for (int y = 0; y < art.height(); y++) {
          sum += art.at(x, y, c);
        }
        out[c][x] = sum / (255.0 * art.height());
      }
    }
    return out;
  }

  /**
   * Pitches in Hz, the reds stretched between two percentiles; one red everywhere lies in the
   * middle.
   */
  private static double[] pitches(double[] reds) {
    double[] sorted = reds.clone();
    Arrays.sort(sorted);
    double low = percentile(sorted, LOW_PERCENTILE);
    double high = percentile(sorted, HIGH_PERCENTILE);
    double[] out = new double[reds.length];
    for (int x = 0; x < out.length; x++) {
      double r = high - low < 1e-9 ? 0.5 : Math.clamp((reds[x] - low) / (high - low), 0, 1);
      out[x] = LOWEST_HZ * Math.pow(2, OCTAVES * r);
    }
    return out;
  }

  private static double percentile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /**
   * Left and right, equal in power to one in the middle: the law of {@code rgb-mean}, (2R + B)
   * against (2G + B).
   */
  private static double[] pan(double red, double green, double blue) {
    double left = 2 * red + blue;
    double right = 2 * green + blue;
    double norm = Math.sqrt((left * left + right * right) / 2);
    return norm < 1e-9 ? new double[] {1, 1} : new double[] {left / norm, right / norm};
  }

  private static void fadeIn(float[] left, float[] right, int samples) {
    for (int i = 0; i < Math.min(samples, left.length); i++) {
      float gain = (float) (0.5 - 0.5 * Math.cos(Math.PI * i / samples));
      left[i] *= gain;
      right[i] *= gain;
    }
  }
}
