package org.sonograph.signal.synthesis;

import java.util.Arrays;
import org.sonograph.signal.transform.FrameFft;

/**
 * Thousands of steady partials whose amplitudes change from column to column: every column's
 * partials are written into a spectrum as the main lobes of a window, transformed back, and
 * overlapped under triangles, so that each amplitude runs in straight lines from column to column
 * (Rodet and Depalle 1992, with a four-term Blackman-Harris window). What is left out of the lobes
 * lies 80 dB below each partial.
 *
 * <p>Phases are counted from the track's start: partials go on across a cut without anything being
 * remembered. It has working memory: one thread at a time.
 */
public final class PartialBank {
  private static final double[] WINDOW = {0.35875, 0.48829, 0.14128, 0.01168};

  /** Bins on either side of the nearest: the main lobe is four wide on each. */
  private static final int REACH = 4;

  private static final int LEAST_LENGTH = 64;

  private final int sampleRateHz;
  private final int hopSamples;
  private final int length;
  private final FrameFft fft;
  private final double[] overlap;
  private final double[][] re;
  private final double[][] im;
  private final double[][] frames;

  /** How strong each partial is in a column. */
  @FunctionalInterface
  public interface Amplitudes {
    /**
     * Writes a column's amplitudes.
     *
     * @param column counted from the first of this sound
     * @param left {@code [partial]}, written
     * @param right {@code [partial]}, written
     */
    void fill(int column, double[] left, double[] right);
  }

  /**
   * Steady partials; the arrays are of one length and not copied.
   *
   * @param hz frequencies; those at half the rate and above are silent
   * @param turns phases at the track's start
   */
  public record Partials(double[] hz, double[] turns) {
    public Partials {
      if (hz.length != turns.length) {
        throw new IllegalArgumentException(
            "%d phases, expected %d as there are frequencies".formatted(turns.length, hz.length));
      }
    }
  }

  /**
   * Where a sound lies.
   *
   * @param startSample sample of the track at which column 0 is centred
   * @param columns number of columns, at least 1; the last one goes on for a hop
   * @param samples length, at most {@code columns * hopSamples}
   */
  public record Span(long startSample, int columns, int samples) {}

  /** A bank for a distance of columns. */
  public PartialBank(int sampleRateHz, int hopSamples) {
    this.sampleRateHz = sampleRateHz;
    this.hopSamples = hopSamples;
    this.length = Math.max(LEAST_LENGTH, Integer.highestOneBit(4 * hopSamples - 1) << 1);
    this.fft = FrameFft.of(length);
    this.overlap = new double[2 * hopSamples + 1];
    for (int n = -hopSamples; n <= hopSamples; n++) {
      double turn = 2 * Math.PI * n / length;
      double window = WINDOW[0];
      for (int i = 1; i < WINDOW.length; i++) {
        window += WINDOW[i] * Math.cos(i * turn);
      }
      overlap[hopSamples + n] = (1 - (double) Math.abs(n) / hopSamples) / window;
    }
    this.re = new double[fft.batch()][fft.bins()];
    this.im = new double[fft.batch()][fft.bins()];
    this.frames = new double[fft.batch()][length];
  }

  /** The sum of all partials, left and right. */
  public float[][] sum(Partials partials, Amplitudes amplitudes, Span span) {
    int count = partials.hz.length;
    double[][] kernels = kernels(partials);
    double[][] amplitude = new double[2][count];
    double[][] out = new double[2][span.samples];
    int together = fft.batch() / 2;
    for (int first = 0; first <= span.columns; first += together) {
      int some = Math.min(together, span.columns + 1 - first);
      for (int i = 0; i < some; i++) {
        int column = first + i;
        amplitudes.fill(Math.min(column, span.columns - 1), amplitude[0], amplitude[1]);
        clear(2 * i);
        clear(2 * i + 1);
        long sample = span.startSample + (long) column * hopSamples;
        write(partials, kernels, amplitude, new Frame(sample, 2 * i));
      }
      fft.inverse(re, im, 2 * some, frames);
      for (int i = 0; i < some; i++) {
        add(frames[2 * i], out[0], (first + i) * hopSamples);
        add(frames[2 * i + 1], out[1], (first + i) * hopSamples);
      }
    }
    return new float[][] {single(out[0]), single(out[1])};
  }

  /** One column: its absolute sample, and which two frames it is written to. */
  private record Frame(long sample, int at) {}

  private void clear(int frame) {
    Arrays.fill(re[frame], 0);
    Arrays.fill(im[frame], 0);
  }

  /** {@code [partial][tap]}: the window's transform at the bins around each frequency. */
  private double[][] kernels(Partials partials) {
    double[][] kernels = new double[partials.hz.length][2 * REACH + 1];
    for (int p = 0; p < kernels.length; p++) {
      double bin = bin(partials.hz[p]);
      double nearest = Math.rint(bin);
      for (int t = 0; t < kernels[p].length; t++) {
        kernels[p][t] = 0.5 * transformed(nearest - REACH + t - bin);
      }
    }
    return kernels;
  }

  private double bin(double hz) {
    return hz * length / sampleRateHz;
  }

  private double transformed(double bins) {
    double sum = WINDOW[0] * sinc(bins);
    for (int i = 1; i < WINDOW.length; i++) {
      sum += WINDOW[i] / 2 * (sinc(bins - i) + sinc(bins + i));
    }
    return sum * length;
  }

  private static double sinc(double x) {
    return Math.abs(x) < 1e-9 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private void write(Partials partials, double[][] kernels, double[][] amplitude, Frame frame) {
    double[] leftRe = re[frame.at];
    double[] leftIm = im[frame.at];
    double[] rightRe = re[frame.at + 1];
    double[] rightIm = im[frame.at + 1];
    int last = fft.bins() - 1;
    double seconds = (double) frame.sample / sampleRateHz;
    for (int p = 0; p < kernels.length; p++) {
      double left = amplitude[0][p];
      double right = amplitude[1][p];
      double hz = partials.hz[p];
      if (left == 0 && right == 0 || hz >= sampleRateHz / 2.0) {
        continue;
      }
      double turns = hz * seconds + partials.turns[p];
      double angle = 2 * Math.PI * (turns - Math.floor(turns));
      double cos = Math.cos(angle);
      double sin = Math.sin(angle);
      double[] kernel = kernels[p];
      int first = (int) Math.rint(bin(hz)) - REACH;
      for (int t = 0; t < kernel.length; t++) {
        int k = first + t;
        // beyond both ends of the spectrum lies its own mirror
        int at = k < 0 ? -k : k > last ? 2 * last - k : k;
        double r = kernel[t] * cos;
        double i = k == at ? kernel[t] * sin : -kernel[t] * sin;
        double twice = at == 0 || at == last ? 2 : 1;
        leftRe[at] += twice * left * r;
        leftIm[at] += left * i;
        rightRe[at] += twice * right * r;
        rightIm[at] += right * i;
      }
    }
  }

  /** Adds the middle of a frame, whose centre is its sample 0, under a triangle. */
  private void add(double[] frame, double[] out, int centre) {
    int from = Math.max(-hopSamples, -centre);
    int until = Math.min(hopSamples, out.length - centre);
    for (int n = from; n < Math.min(0, until); n++) {
      out[centre + n] += frame[length + n] * overlap[hopSamples + n];
    }
    for (int n = Math.max(0, from); n < until; n++) {
      out[centre + n] += frame[n] * overlap[hopSamples + n];
    }
  }

  private static float[] single(double[] samples) {
    float[] out = new float[samples.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) samples[i];
    }
    return out;
  }
}
