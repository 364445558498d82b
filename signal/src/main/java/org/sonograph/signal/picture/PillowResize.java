package org.sonograph.signal.picture;

import java.util.Arrays;

/**
 * Pillow's {@code Image.resize}, to the last bit: two passes, an eight-bit picture between them,
 * fixed-point weights, and a filter widened when shrinking (libImaging/Resample.c of Pillow 13).
 */
public final class PillowResize {
  /** Fraction bits of a weight: 32 less 8 for the sample and 2 for overshoot. */
  private static final int PRECISION_BITS = 32 - 8 - 2;

  private PillowResize() {}

  /** Interpolation kernel. */
  public enum Filter {
    /** Triangle. */
    BILINEAR(1),
    /** Keys' cubic, a = -0.5. */
    BICUBIC(2),
    /** Windowed sinc, a = 3. */
    LANCZOS(3);

    private final double support;

    Filter(double support) {
      this.support = support;
    }

    double weight(double position) {
      double x = Math.abs(position);
      return switch (this) {
        case BILINEAR -> x < 1 ? 1 - x : 0;
        case BICUBIC -> cubic(x);
        case LANCZOS -> position >= -3 && position < 3 ? sinc(position) * sinc(position / 3) : 0;
      };
    }

    private static double cubic(double x) {
      final double a = -0.5;
      if (x < 1) {
        return ((a + 2) * x - (a + 3)) * x * x + 1;
      }
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }

    private static double sinc(double x) {
      return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
    }
  }

  /** The picture at another size; itself where the size is the same. */
  public static Picture resize(Picture picture, int width, int height, Filter filter) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "resize to " + width + "x" + height + ", expected at least 1x1");
    }
    // Pillow 13 begins with the height where that leaves the less to do for the width.
    int lessHigh = picture.height() - height;
    if (lessHigh > 0 && lessHigh > 2 * (picture.width() - width)) {
      return toWidth(toHeight(picture, height, filter), width, filter);
    }
    return toHeight(toWidth(picture, width, filter), height, filter);
  }

  private static Picture toWidth(Picture in, int width, Filter filter) {
    return width == in.width() ? in : horizontal(in, width, Weights.of(in.width(), width, filter));
  }

  private static Picture toHeight(Picture in, int height, Filter filter) {
    return height == in.height()
        ? in
        : vertical(in, height, Weights.of(in.height(), height, filter));
  }

  /**
   * Weights of one axis.
   *
   * @param first first source sample of each output sample
   * @param taps fixed-point weights, {@code [output][tap]}
   */
  private record Weights(int[] first, int[][] taps) {

    static Weights of(int in, int out, Filter filter) {
      double scale = (double) in / out;
      double filterScale = Math.max(scale, 1);
      double support = filter.support * filterScale;
      double inverse = 1 / filterScale;
      int[] first = new int[out];
      int[][] taps = new int[out][];
      for (int i = 0; i < out; i++) {
        double centre = (i + 0.5) * scale;
        // C's cast: toward zero, which for the negative left end is then clamped
        int min = Math.max(0, (int) (centre - support + 0.5));
        int max = Math.min(in, (int) (centre + support + 0.5));
        double[] w = new double[max - min];
        double sum = 0;
        for (int x = 0; x < w.length; x++) {
          w[x] = filter.weight((x + min - centre + 0.5) * inverse);
          sum += w[x];
        }
        first[i] = min;
        taps[i] = fixedPoint(w, sum);
      }
      return new Weights(first, taps);
    }

    private static int[] fixedPoint(double[] w, double sum) {
      int[] fixed = new int[w.length];
      for (int x = 0; x < w.length; x++) {
        double v = sum == 0 ? w[x] : w[x] / sum;
        fixed[x] = (int) ((v < 0 ? -0.5 : 0.5) + v * (1 << PRECISION_BITS));
      }
      return fixed;
    }
  }

  private static Picture horizontal(Picture in, int width, Weights weights) {
    int channels = in.channels();
    byte[] source = in.samples();
    byte[] out = new byte[width * in.height() * channels];
    for (int y = 0; y < in.height(); y++) {
      int row = y * in.width() * channels;
      int o = y * width * channels;
      for (int x = 0; x < width; x++) {
        int[] taps = weights.taps[x];
        int from = row + weights.first[x] * channels;
        for (int c = 0; c < channels; c++) {
          int sum = 1 << (PRECISION_BITS - 1);
          for (int k = 0, p = from + c; k < taps.length; k++, p += channels) {
            sum += (source[p] & 0xff) * taps[k];
          }
          out[o++] = clipped(sum);
        }
      }
    }
    return new Picture(width, in.height(), channels, out);
  }

  private static Picture vertical(Picture in, int height, Weights weights) {
    int stride = in.width() * in.channels();
    byte[] source = in.samples();
    byte[] out = new byte[stride * height];
    int[] sums = new int[stride];
    for (int y = 0; y < height; y++) {
      int[] taps = weights.taps[y];
      Arrays.fill(sums, 1 << (PRECISION_BITS - 1));
      for (int k = 0; k < taps.length; k++) {
        int tap = taps[k];
        int p = (weights.first[y] + k) * stride;
        for (int i = 0; i < stride; i++) {
          sums[i] += (source[p + i] & 0xff) * tap;
        }
      }
      for (int i = 0, o = y * stride; i < stride; i++) {
        out[o + i] = clipped(sums[i]);
      }
    }
    return new Picture(in.width(), height, in.channels(), out);
  }

  private static byte clipped(int sum) {
    int v = sum >> PRECISION_BITS;
    return (byte) (v < 0 ? 0 : Math.min(v, 255));
  }
}
