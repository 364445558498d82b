package org.sonograph.signal.transform;

import org.jtransforms.fft.DoubleFFT_1D;
import org.jtransforms.utils.CommonUtils;

/**
 * Transforms one frame at a time, of any length. The only place that knows JTransforms' packed
 * layout and that keeps it on the caller's thread. It has working memory: one thread at a time.
 */
public final class RealFft implements FrameFft {

  static {
    // JTransforms would split long transforms over threads of its own
    CommonUtils.setThreadsBeginN_1D_FFT_2Threads(Long.MAX_VALUE);
    CommonUtils.setThreadsBeginN_1D_FFT_4Threads(Long.MAX_VALUE);
  }

  private final int length;
  private final DoubleFFT_1D fft;
  private final double[] packed;

  /**
   * A transform of the given length.
   *
   * @param length samples a frame, at least 1
   */
  public RealFft(int length) {
    if (length < 1) {
      throw new IllegalArgumentException("length=%d, expected at least 1".formatted(length));
    }
    this.length = length;
    this.fft = new DoubleFFT_1D(length);
    this.packed = new double[length];
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public int batch() {
    return 1;
  }

  @Override
  public void forward(double[][] frames, int count, double[][] re, double[][] im) {
    for (int f = 0; f < count; f++) {
      forward(frames[f], re[f], im[f]);
    }
  }

  @Override
  public void inverse(double[][] re, double[][] im, int count, double[][] frames) {
    for (int f = 0; f < count; f++) {
      inverse(re[f], im[f], frames[f]);
    }
  }

  /** Transforms one frame; see {@link FrameFft#forward}. */
  public void forward(double[] frame, double[] re, double[] im) {
    System.arraycopy(frame, 0, packed, 0, length);
    fft.realForward(packed);
    re[0] = packed[0];
    im[0] = 0;
    int pairs = (length - 1) / 2;
    for (int k = 1; k <= pairs; k++) {
      re[k] = packed[2 * k];
      im[k] = k == pairs && length % 2 == 1 ? packed[1] : packed[2 * k + 1];
    }
    if (length % 2 == 0) {
      re[length / 2] = packed[1];
      im[length / 2] = 0;
    }
  }

  /** Inverts one frame; see {@link FrameFft#inverse}. */
  public void inverse(double[] re, double[] im, double[] frame) {
    packed[0] = re[0];
    int pairs = (length - 1) / 2;
    for (int k = 1; k <= pairs; k++) {
      packed[2 * k] = re[k];
      if (k == pairs && length % 2 == 1) {
        packed[1] = im[k];
      } else {
        packed[2 * k + 1] = im[k];
      }
    }
    if (length % 2 == 0) {
      packed[1] = re[length / 2];
    }
    fft.realInverse(packed, true);
    System.arraycopy(packed, 0, frame, 0, length);
  }

  /**
   * Transforms a complex frame in place, with the sign of the exponent positive and unscaled:
   * {@code y[m] = sum over k of x[k] e^(2 pi i k m / n)}.
   *
   * @param interleaved real and imaginary parts in turn, {@code 2 * n} values
   */
  public static void complexBackward(double[] interleaved) {
    new DoubleFFT_1D(interleaved.length / 2).complexInverse(interleaved, false);
  }
}
