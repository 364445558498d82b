package org.sonograph.signal.transform;

import java.util.Arrays;

/**
 * The short-time Fourier transform and its least-squares inverse as {@code torch.stft} and {@code
 * torch.istft} define them: periodic Hann window, frame f centred on sample {@code f * hopSamples},
 * the signal reflected at its ends, the inverse divided by the sum of squared windows.
 *
 * <p>Beside the two whole transforms it offers their parts, frame by frame over a padded signal, so
 * that an iteration may go through all frames once without holding them. A padded signal has {@code
 * nFft / 2} samples before sample 0.
 *
 * <p>It has working memory: one thread at a time.
 */
public final class Stft {

  /** Below this sum of squared windows a sample is unknown, and silent. */
  private static final double LEAST_ENVELOPE = 1e-11;

  private static final int[] COSINES_BELOW = {10, 11, 39, 61, 168, 235, 279, 451, 455, 503, 509};

  private static final int[] COSINES_ABOVE = {16, 250, 307, 417, 479, 494};

  private final int nFft;
  private final int hopSamples;
  private final FrameFft fft;
  private final double[] window;
  private final double[][] frames;
  private final double[] stretch;

  /**
   * A transform.
   *
   * @param nFft window and transform length, samples, at least 2
   * @param hopSamples distance between frames, at least 1
   */
  public Stft(int nFft, int hopSamples) {
    this(nFft, hopSamples, hann(nFft));
  }

  /**
   * A transform with a window of its own.
   *
   * @param window {@code nFft} factors, not copied
   */
  public Stft(int nFft, int hopSamples, double[] window) {
    if (nFft < 2 || window.length != nFft) {
      throw new IllegalArgumentException(
          "nFft=%d with a window of %d, expected at least 2 and as many"
              .formatted(nFft, window.length));
    }
    if (hopSamples < 1) {
      throw new IllegalArgumentException(
          "hopSamples=%d, expected at least 1".formatted(hopSamples));
    }
    this.nFft = nFft;
    this.hopSamples = hopSamples;
    this.fft = FrameFft.of(nFft);
    this.window = window;
    this.frames = new double[fft.batch()][nFft];
    this.stretch = new double[nFft];
  }

  /** The periodic Hann window. */
  public static double[] hann(int length) {
    double[] window = new double[length];
    for (int i = 0; i < length; i++) {
      window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / length);
    }
    return window;
  }

  /**
   * The periodic Hann window as {@code torch.hann_window} computes it in its default, single
   * precision: every step rounded. Its errors, 120 dB down, are seen in the darkest pixels.
   */
  public static double[] hannInSinglePrecision(int length) {
    double[] window = new double[length];
    float step = (float) (2 * Math.PI / length);
    for (int i = 0; i < length; i++) {
      float cosine = (float) Math.cos(i * step);
      if (length == SingleFft512.LENGTH) {
        cosine = asRounded(cosine, i);
      }
      window[i] = cosine * -0.5f + 0.5f;
    }
    return window;
  }

  /** The reference's cosine where it lies beside the nearest float and the window shows it. */
  private static float asRounded(float cosine, int index) {
    if (Arrays.binarySearch(COSINES_BELOW, index) >= 0) {
      return Math.nextDown(cosine);
    }
    return Arrays.binarySearch(COSINES_ABOVE, index) >= 0 ? Math.nextUp(cosine) : cosine;
  }

  /** Bins a frame. */
  public int bins() {
    return fft.bins();
  }

  /** Most frames that {@link #analyse} and {@link #synthesise} take at once. */
  public int batch() {
    return fft.batch();
  }

  /** Frames of a signal. */
  public int frames(int samples) {
    return 1 + samples / hopSamples;
  }

  /** Length of a padded signal that holds so many frames. */
  public int paddedSamples(int frameCount) {
    return Math.addExact(nFft, Math.multiplyExact(hopSamples, frameCount - 1));
  }

  /** The spectrum of a signal of at least one sample. */
  public Spectrum forward(double[] samples) {
    int count = frames(samples.length);
    double[] padded = new double[Math.max(paddedSamples(count), nFft / 2 + samples.length)];
    System.arraycopy(samples, 0, padded, nFft / 2, samples.length);
    reflect(padded, samples.length);
    Spectrum spectrum = Spectrum.zero(count, bins());
    for (int f = 0; f < count; f += batch()) {
      int some = Math.min(batch(), count - f);
      double[][] re = Arrays.copyOfRange(spectrum.re(), f, f + some);
      double[][] im = Arrays.copyOfRange(spectrum.im(), f, f + some);
      analyse(padded, f, some, re, im);
    }
    return spectrum;
  }

  /** The signal of a spectrum, cut or filled with silence to the given length. */
  public double[] inverse(Spectrum spectrum, int samples) {
    int count = spectrum.frames();
    double[] sum = new double[paddedSamples(count)];
    for (int f = 0; f < count; f += batch()) {
      int some = Math.min(batch(), count - f);
      double[][] re = Arrays.copyOfRange(spectrum.re(), f, f + some);
      double[][] im = Arrays.copyOfRange(spectrum.im(), f, f + some);
      synthesise(re, im, f, some, sum);
    }
    double[] weights = inverseEnvelope(count);
    for (int i = 0; i < sum.length; i++) {
      sum[i] *= weights[i];
    }
    double[] out = new double[samples];
    System.arraycopy(sum, nFft / 2, out, 0, Math.min(samples, sum.length - nFft / 2));
    return out;
  }

  /** Fills a padded signal around its own samples with their reflection, the end samples once. */
  public void reflect(double[] padded, int samples) {
    int lead = nFft / 2;
    for (int i = 0; i < padded.length; i++) {
      if (i == lead) {
        i = Math.min(padded.length, lead + samples);
        if (i == padded.length) {
          return;
        }
      }
      padded[i] = padded[lead + mirrored(i - lead, samples)];
    }
  }

  private static int mirrored(int index, int samples) {
    int i = index;
    while (samples > 1 && (i < 0 || i >= samples)) {
      i = i < 0 ? -i : 2 * (samples - 1) - i;
    }
    return samples > 1 ? i : 0;
  }

  /** Spectra of consecutive frames, {@code [frame][bin]}, of a padded signal. */
  public void analyse(double[] padded, int first, int count, double[][] re, double[][] im) {
    for (int f = 0; f < count; f++) {
      // copied first: loops over one index only become vector instructions
      System.arraycopy(padded, (first + f) * hopSamples, frames[f], 0, nFft);
      multiply(frames[f], window);
    }
    fft.forward(frames, count, re, im);
  }

  /** Adds the windowed signals of consecutive frames to a padded sum. */
  public void synthesise(double[][] re, double[][] im, int first, int count, double[] sum) {
    fft.inverse(re, im, count, frames);
    for (int f = 0; f < count; f++) {
      int at = (first + f) * hopSamples;
      System.arraycopy(sum, at, stretch, 0, nFft);
      addProduct(stretch, frames[f], window);
      System.arraycopy(stretch, 0, sum, at, nFft);
    }
  }

  /** One over the sum of squared windows at every padded sample, 0 where that sum vanishes. */
  public double[] inverseEnvelope(int frameCount) {
    double[] sum = new double[paddedSamples(frameCount)];
    for (int f = 0; f < frameCount; f++) {
      for (int i = 0; i < nFft; i++) {
        sum[f * hopSamples + i] += window[i] * window[i];
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] = sum[i] > LEAST_ENVELOPE ? 1 / sum[i] : 0;
    }
    return sum;
  }

  private static void multiply(double[] values, double[] factors) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factors[i];
    }
  }

  private static void addProduct(double[] sum, double[] values, double[] factors) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i] * factors[i];
    }
  }
}
