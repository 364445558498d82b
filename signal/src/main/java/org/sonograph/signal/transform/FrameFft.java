package org.sonograph.signal.transform;

/**
 * The discrete Fourier transform of many real frames at once. Implementations have working memory:
 * one thread at a time.
 */
public sealed interface FrameFft permits RealFft, BatchedFft {

  /** The fastest transform of the given length, at least 1. */
  static FrameFft of(int length) {
    return BatchedFft.suits(length) ? new BatchedFft(length) : new RealFft(length);
  }

  /** Samples a frame. */
  int length();

  /** Bins a frame: {@code length / 2 + 1}. */
  default int bins() {
    return length() / 2 + 1;
  }

  /** Most frames that one call takes; fewer cost as much. */
  int batch();

  /**
   * {@code X[k] = sum of x[n] e^(-2 pi i k n / length)}.
   *
   * @param frames {@code [frame][sample]}, left as they are
   * @param count how many of them, at most {@link #batch()}
   * @param re {@code [frame][bin]}, written
   * @param im {@code [frame][bin]}, written
   */
  void forward(double[][] frames, int count, double[][] re, double[][] im);

  /**
   * The inverse, scaled by {@code 1 / length}. As in every transform to real samples, the imaginary
   * parts of bin 0 and, for an even length, of the last bin count for nothing.
   *
   * @param re {@code [frame][bin]}, left as they are
   * @param im {@code [frame][bin]}, left as they are
   * @param count how many frames, at most {@link #batch()}
   * @param frames {@code [frame][sample]}, written
   */
  void inverse(double[][] re, double[][] im, int count, double[][] frames);
}
