package org.sonograph.signal.transform;

import java.util.ArrayList;
import java.util.List;

/**
 * A complex transform down the rows of a matrix, all columns (lanes) at once: mixed radix,
 * decimation in time.
 *
 * <p>Every step is a plain loop along whole rows with the same index in every array. That is the
 * one form that the just-in-time compiler turns into vector instructions without proof that the
 * arrays differ, which is why a row is an array of its own.
 */
final class RowsFft {
  private static final double COS_1 = Math.cos(2 * Math.PI / 5);
  private static final double COS_2 = Math.cos(4 * Math.PI / 5);
  private static final double SIN_1 = Math.sin(2 * Math.PI / 5);
  private static final double SIN_2 = Math.sin(4 * Math.PI / 5);

  /**
   * Complex rows, {@code [row][lane]}.
   *
   * @param re real parts
   * @param im imaginary parts
   */
  record Rows(double[][] re, double[][] im) {
    static Rows of(int rows, int lanes) {
      return new Rows(new double[rows][lanes], new double[rows][lanes]);
    }
  }

  private final int length;
  private final int[] radices;
  private final int[] order;
  private final double[] cos;
  private final double[] sin;
  private final PrimeRows primes;
  private final double[][] reorderedRe;
  private final double[][] reorderedIm;

  RowsFft(int length, int lanes) {
    this.length = length;
    this.radices = radices(length);
    this.order = order(radices, length);
    this.cos = new double[length];
    this.sin = new double[length];
    for (int i = 0; i < length; i++) {
      cos[i] = Math.cos(2 * Math.PI * i / length);
      sin[i] = -Math.sin(2 * Math.PI * i / length);
    }
    this.primes = new PrimeRows(radices, lanes);
    this.reorderedRe = new double[length][];
    this.reorderedIm = new double[length][];
  }

  /** The largest prime factor, at least 1. */
  static int largestPrime(int length) {
    int largest = 1;
    int rest = length;
    for (int p = 2; p * p <= rest; p++) {
      while (rest % p == 0) {
        largest = p;
        rest /= p;
      }
    }
    return Math.max(largest, rest);
  }

  private static int[] radices(int length) {
    List<Integer> found = new ArrayList<>();
    int rest = length;
    while (rest % 4 == 0) {
      found.add(4);
      rest /= 4;
    }
    for (int p = 2; rest > 1; p++) {
      while (rest % p == 0) {
        found.add(p);
        rest /= p;
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Where the row that stands at position i of the first stage comes from: digits reversed. */
  private static int[] order(int[] radices, int length) {
    int[] order = new int[length];
    for (int i = 0; i < length; i++) {
      int rest = i;
      int from = 0;
      for (int radix : radices) {
        from = from * radix + rest % radix;
        rest /= radix;
      }
      order[i] = from;
    }
    return order;
  }

  /** Transforms in place; the matrix keeps its row arrays, in another order. */
  void transform(Rows x) {
    for (int i = 0; i < length; i++) {
      reorderedRe[i] = x.re[order[i]];
      reorderedIm[i] = x.im[order[i]];
    }
    System.arraycopy(reorderedRe, 0, x.re, 0, length);
    System.arraycopy(reorderedIm, 0, x.im, 0, length);
    int done = 1;
    for (int radix : radices) {
      int size = done * radix;
      for (int first = 0; first < length; first += size) {
        for (int j = 0; j < done; j++) {
          // the twiddle of input t is w^(j t), w the size-th root of one
          int turn = j * (length / size);
          switch (radix) {
            case 2 -> two(x, first + j, first + j + done, cos[turn], sin[turn]);
            case 4 -> {
              turn(x, first + j + done, done, turn, 4);
              four(x, first + j, done);
            }
            case 5 -> {
              turn(x, first + j + done, done, turn, 5);
              five(x, first + j, done);
            }
            default -> {
              turn(x, first + j + done, done, turn, radix);
              primes.transform(x, first + j, done, radix);
            }
          }
        }
      }
      done = size;
    }
  }

  private void turn(Rows x, int first, int step, int turn, int radix) {
    if (turn == 0) {
      return;
    }
    for (int t = 1; t < radix; t++) {
      int at = turn * t;
      turn(x, first + (t - 1) * step, cos[at], sin[at]);
    }
  }

  private static void turn(Rows x, int row, double wr, double wi) {
    double[] re = x.re[row];
    double[] im = x.im[row];
    for (int i = 0; i < re.length; i++) {
      double r = re[i];
      double m = im[i];
      re[i] = r * wr - m * wi;
      im[i] = r * wi + m * wr;
    }
  }

  private static void two(Rows x, int a, int b, double wr, double wi) {
    double[] ar = x.re[a];
    double[] ai = x.im[a];
    double[] br = x.re[b];
    double[] bi = x.im[b];
    for (int i = 0; i < ar.length; i++) {
      double tr = br[i] * wr - bi[i] * wi;
      double ti = br[i] * wi + bi[i] * wr;
      double pr = ar[i];
      double pi = ai[i];
      ar[i] = pr + tr;
      ai[i] = pi + ti;
      br[i] = pr - tr;
      bi[i] = pi - ti;
    }
  }

  private static void four(Rows x, int first, int step) {
    double[] ar = x.re[first];
    double[] ai = x.im[first];
    double[] br = x.re[first + step];
    double[] bi = x.im[first + step];
    double[] cr = x.re[first + 2 * step];
    double[] ci = x.im[first + 2 * step];
    double[] dr = x.re[first + 3 * step];
    double[] di = x.im[first + 3 * step];
    for (int i = 0; i < ar.length; i++) {
      double t0r = ar[i] + cr[i];
      double t0i = ai[i] + ci[i];
      double t1r = ar[i] - cr[i];
      double t1i = ai[i] - ci[i];
      double t2r = br[i] + dr[i];
      double t2i = bi[i] + di[i];
      double t3r = bi[i] - di[i];
      double t3i = dr[i] - br[i];
      ar[i] = t0r + t2r;
      ai[i] = t0i + t2i;
      br[i] = t1r + t3r;
      bi[i] = t1i + t3i;
      cr[i] = t0r - t2r;
      ci[i] = t0i - t2i;
      dr[i] = t1r - t3r;
      di[i] = t1i - t3i;
    }
  }

  private static void five(Rows x, int first, int step) {
    double[] ar = x.re[first];
    double[] ai = x.im[first];
    double[] br = x.re[first + step];
    double[] bi = x.im[first + step];
    double[] cr = x.re[first + 2 * step];
    double[] ci = x.im[first + 2 * step];
    double[] dr = x.re[first + 3 * step];
    double[] di = x.im[first + 3 * step];
    double[] er = x.re[first + 4 * step];
    double[] ei = x.im[first + 4 * step];
    for (int i = 0; i < ar.length; i++) {
      double s1r = br[i] + er[i];
      double s1i = bi[i] + ei[i];
      double s2r = cr[i] + dr[i];
      double s2i = ci[i] + di[i];
      double d1r = br[i] - er[i];
      double d1i = bi[i] - ei[i];
      double d2r = cr[i] - dr[i];
      double d2i = ci[i] - di[i];
      double e1r = ar[i] + COS_1 * s1r + COS_2 * s2r;
      double e1i = ai[i] + COS_1 * s1i + COS_2 * s2i;
      double e2r = ar[i] + COS_2 * s1r + COS_1 * s2r;
      double e2i = ai[i] + COS_2 * s1i + COS_1 * s2i;
      double o1r = SIN_1 * d1r + SIN_2 * d2r;
      double o1i = SIN_1 * d1i + SIN_2 * d2i;
      double o2r = SIN_2 * d1r - SIN_1 * d2r;
      double o2i = SIN_2 * d1i - SIN_1 * d2i;
      ar[i] = ar[i] + s1r + s2r;
      ai[i] = ai[i] + s1i + s2i;
      br[i] = e1r + o1i;
      bi[i] = e1i - o1r;
      cr[i] = e2r + o2i;
      ci[i] = e2i - o2r;
      dr[i] = e2r - o2i;
      di[i] = e2i + o2r;
      er[i] = e1r - o1i;
      ei[i] = e1i + o1r;
    }
  }
}
