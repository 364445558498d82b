package org.sonograph.signal.transform;

import java.util.Arrays;
import org.sonograph.signal.transform.RowsFft.Rows;

/**
 * Transforms of a prime length down the rows of a matrix, by definition: sums and differences of
 * opposite inputs halve the products, and two outputs are found at a time, so that each input is
 * fetched half as often. It has working memory: one thread at a time.
 */
final class PrimeRows {
  /** Inputs that are weighed in one pass: their factors for two outputs still fit the registers. */
  private static final int TOGETHER = 4;

  private final Rows spare;
  private final double[][] sums;
  private final double[][] differences;

  /** {@code [radix][output][input - 1]}; only for the radices asked for. */
  private final double[][][] cosines;

  private final double[][][] sines;

  /**
   * Transforms for some lengths.
   *
   * @param radices their lengths; even ones are passed over
   * @param lanes columns of the matrix
   */
  PrimeRows(int[] radices, int lanes) {
    int largest = Arrays.stream(radices).filter(radix -> radix % 2 == 1).max().orElse(0);
    this.cosines = new double[largest + 1][][];
    this.sines = new double[largest + 1][][];
    for (int radix : radices) {
      if (radix % 2 == 1) {
        cosines[radix] = factors(radix, 0);
        sines[radix] = factors(radix, Math.PI / 2);
      }
    }
    // one row more than the outputs: the sine parts are odd in number
    this.spare = Rows.of(largest == 0 ? 0 : largest + 1, lanes);
    this.sums = new double[largest / 2][];
    this.differences = new double[largest / 2][];
  }

  /** Cosines, or with a quarter turn more minus the sines. */
  private static double[][] factors(int radix, double quarter) {
    int half = radix / 2;
    double[][] out = new double[half + 1][half];
    for (int k = 0; k <= half; k++) {
      for (int j = 1; j <= half; j++) {
        out[k][j - 1] = Math.cos(2 * Math.PI * (j * k % radix) / radix + quarter);
      }
    }
    return out;
  }

  /** Replaces the rows {@code first}, {@code first + step} … by their transform. */
  void transform(Rows x, int first, int step, int radix) {
    int half = radix / 2;
    for (int j = 1; j <= half; j++) {
      sumAndDifference(x.re()[first + j * step], x.re()[first + (radix - j) * step]);
      sumAndDifference(x.im()[first + j * step], x.im()[first + (radix - j) * step]);
    }
    for (int part = 0; part < 2; part++) {
      double[][] in = part == 0 ? x.re() : x.im();
      double[][] out = part == 0 ? spare.re() : spare.im();
      for (int j = 1; j <= half; j++) {
        sums[j - 1] = in[first + j * step];
        differences[j - 1] = in[first + (radix - j) * step];
      }
      weigh(in[first], out, radix);
    }
    for (int k = 1; k <= half; k++) {
      combine(spare.re()[k], spare.im()[k], spare.re()[radix - k], spare.im()[radix - k]);
    }
    for (int k = 0; k < radix; k++) {
      swap(x.re(), first + k * step, spare.re(), k);
      swap(x.im(), first + k * step, spare.im(), k);
    }
  }

  private static void swap(double[][] a, int i, double[][] b, int k) {
    double[] row = a[i];
    a[i] = b[k];
    b[k] = row;
  }

  /** Cosine parts of the outputs 0 to half at their places, sine parts of k at radix - k. */
  private void weigh(double[] zero, double[][] out, int radix) {
    int half = radix / 2;
    for (int k = 0; k <= half; k += 2) {
      int next = k + 1 <= half ? k + 1 : radix;
      System.arraycopy(zero, 0, out[k], 0, zero.length);
      System.arraycopy(zero, 0, out[next], 0, zero.length);
      double[][] to = {out[k], out[next]};
      double[][] factors = {cosines[radix][k], cosines[radix][Math.min(k + 1, half)]};
      addProducts(to, sums, half, factors);
    }
    for (int k = 1; k <= half; k += 2) {
      int next = k + 1 <= half ? radix - k - 1 : radix;
      Arrays.fill(out[radix - k], 0);
      Arrays.fill(out[next], 0);
      double[][] to = {out[radix - k], out[next]};
      double[][] factors = {sines[radix][k], sines[radix][Math.min(k + 1, half)]};
      addProducts(to, differences, half, factors);
    }
  }

  private static void addProducts(double[][] to, double[][] terms, int count, double[][] factors) {
    int t = 0;
    for (; t + TOGETHER <= count; t += TOGETHER) {
      addFour(to, terms, factors, t);
    }
    for (; t < count; t++) {
      addOne(to, terms[t], factors[0][t], factors[1][t]);
    }
  }

  private static void addFour(double[][] to, double[][] terms, double[][] factors, int t) {
    double[] y = to[0];
    double[] z = to[1];
    double[] a = terms[t];
    double[] b = terms[t + 1];
    double[] c = terms[t + 2];
    double[] d = terms[t + 3];
    double ya = factors[0][t];
    double yb = factors[0][t + 1];
    double yc = factors[0][t + 2];
    double yd = factors[0][t + 3];
    double za = factors[1][t];
    double zb = factors[1][t + 1];
    double zc = factors[1][t + 2];
    double zd = factors[1][t + 3];
    for (int i = 0; i < y.length; i++) {
      y[i] += ya * a[i] + yb * b[i] + (yc * c[i] + yd * d[i]);
      z[i] += za * a[i] + zb * b[i] + (zc * c[i] + zd * d[i]);
    }
  }

  private static void addOne(double[][] to, double[] a, double ya, double za) {
    double[] y = to[0];
    double[] z = to[1];
    for (int i = 0; i < y.length; i++) {
      y[i] += ya * a[i];
      z[i] += za * a[i];
    }
  }

  /** Output k is cosine part plus i times sine part, output radix - k the same with a minus. */
  private static void combine(double[] re, double[] im, double[] otherRe, double[] otherIm) {
    for (int i = 0; i < re.length; i++) {
      double evenRe = re[i];
      double evenIm = im[i];
      double oddRe = otherRe[i];
      double oddIm = otherIm[i];
      re[i] = evenRe - oddIm;
      im[i] = evenIm + oddRe;
      otherRe[i] = evenRe + oddIm;
      otherIm[i] = evenIm - oddRe;
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
}
