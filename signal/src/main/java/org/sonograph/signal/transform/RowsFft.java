package org.sonograph.signal.transform;

import java.util.ArrayList;
import java.util.Arrays;
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
  private final Rows spare;
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
    int largestOdd = 0;
    for (int radix : radices) {
      largestOdd = radix % 2 == 0 ? largestOdd : Math.max(largestOdd, radix);
    }
    this.spare = Rows.of(largestOdd == 0 ? 0 : largestOdd + 2, lanes);
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
            default -> {
              turn(x, first + j + done, done, turn, radix);
              prime(x, first + j, done, radix);
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

  /** Any odd prime, by definition: sums and differences of opposite inputs halve the products. */
  private void prime(Rows x, int first, int step, int radix) {
    int half = (radix - 1) / 2;
    for (int j = 1; j <= half; j++) {
      sumAndDifference(x.re[first + j * step], x.re[first + (radix - j) * step]);
      sumAndDifference(x.im[first + j * step], x.im[first + (radix - j) * step]);
    }
    int unit = length / radix;
    double[][] terms = new double[half][];
    double[] factors = new double[half];
    for (int k = 0; k <= half; k++) {
      for (int part = 0; part < 2; part++) {
        double[][] rows = part == 0 ? x.re : x.im;
        double[] even = spare.re[radix + part];
        System.arraycopy(rows[first], 0, even, 0, even.length);
        for (int j = 1; j <= half; j++) {
          terms[j - 1] = rows[first + j * step];
          factors[j - 1] = cos[j * k % radix * unit];
        }
        addProducts(even, terms, factors);
        double[] odd = spare.im[radix + part];
        Arrays.fill(odd, 0);
        for (int j = 1; j <= half; j++) {
          terms[j - 1] = rows[first + (radix - j) * step];
          factors[j - 1] = sin[j * k % radix * unit];
        }
        addProducts(odd, terms, factors);
      }
      combine(k, radix);
    }
    for (int k = 0; k < radix; k++) {
      int row = first + k * step;
      double[] re = x.re[row];
      double[] im = x.im[row];
      x.re[row] = spare.re[k];
      x.im[row] = spare.im[k];
      spare.re[k] = re;
      spare.im[k] = im;
    }
  }

  /** Output k is even part plus i times odd part, output radix - k the same with a minus. */
  private void combine(int k, int radix) {
    double[] evenRe = spare.re[radix];
    double[] evenIm = spare.re[radix + 1];
    double[] oddRe = spare.im[radix];
    double[] oddIm = spare.im[radix + 1];
    sum(spare.re[k], evenRe, oddIm, -1);
    sum(spare.im[k], evenIm, oddRe, 1);
    if (k > 0) {
      sum(spare.re[radix - k], evenRe, oddIm, 1);
      sum(spare.im[radix - k], evenIm, oddRe, -1);
    }
  }

  private static void sum(double[] to, double[] a, double[] b, double sign) {
    for (int i = 0; i < to.length; i++) {
      to[i] = a[i] + sign * b[i];
    }
  }

  private static void sumAndDifference(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      double p = a[i];
      double q = b[i];
      a[i] = p + q;
      b[i] = p - q;
    }
  }

  private static void addProducts(double[] to, double[][] terms, double[] factors) {
    int t = 0;
    for (; t + 4 <= terms.length; t += 4) {
      addFour(to, terms, factors, t);
    }
    for (; t < terms.length; t++) {
      double[] a = terms[t];
      double f = factors[t];
      for (int i = 0; i < to.length; i++) {
        to[i] += f * a[i];
      }
    }
  }

  private static void addFour(double[] to, double[][] terms, double[] factors, int t) {
    double[] a = terms[t];
    double[] b = terms[t + 1];
    double[] c = terms[t + 2];
    double[] d = terms[t + 3];
    double fa = factors[t];
    double fb = factors[t + 1];
    double fc = factors[t + 2];
    double fd = factors[t + 3];
    for (int i = 0; i < to.length; i++) {
      to[i] += fa * a[i] + fb * b[i] + (fc * c[i] + fd * d[i]);
    }
  }
}
