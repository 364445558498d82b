package org.sonograph.signal.transform;

import org.sonograph.signal.transform.RowsFft.Rows;

/**
 * Transforms many frames at once with vector instructions.
 *
 * <p>A frame of length {@code n = r * c} is a matrix of r rows and c columns. Transforming down its
 * columns, turning each element by {@code w^(row * column)}, transposing, and transforming down the
 * columns again gives the spectrum in natural order (Bailey's four steps). Several matrices lie
 * side by side, so that rows are long enough for vector instructions. Two real frames travel as the
 * real and imaginary part of one complex frame, and are told apart by symmetry afterwards.
 */
final class BatchedFft implements FrameFft {

  /** Above this a prime factor costs more by definition than by JTransforms' detour. */
  private static final int LARGEST_PRIME = 128;

  /** Elements of one complex working matrix: four of them stay within a second-level cache. */
  private static final int MATRIX_ELEMENTS = 16_384;

  private static final int MOST_GROUPS = 16;

  private final int length;
  private final int rows;
  private final int columns;
  private final int groups;
  private final RowsFft down;
  private final RowsFft across;
  private final Rows a;
  private final Rows b;
  private final double[][] turnRe;
  private final double[][] turnIm;
  private final double[] re;
  private final double[] im;
  private final double[] mirroredRe;
  private final double[] mirroredIm;
  private final double[] silence;

  BatchedFft(int length) {
    this.length = length;
    this.rows = nearestDivisor(length);
    this.columns = length / rows;
    this.groups = Math.clamp(MATRIX_ELEMENTS / length, 1, MOST_GROUPS);
    this.down = new RowsFft(rows, columns * groups);
    this.across = new RowsFft(columns, rows * groups);
    this.a = Rows.of(rows, columns * groups);
    this.b = Rows.of(columns, rows * groups);
    this.turnRe = new double[rows][columns * groups];
    this.turnIm = new double[rows][columns * groups];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        for (int g = 0; g < groups; g++) {
          turnRe[r][g * columns + c] = Math.cos(2 * Math.PI * r * c / length);
          turnIm[r][g * columns + c] = -Math.sin(2 * Math.PI * r * c / length);
        }
      }
    }
    this.re = new double[length];
    this.im = new double[length];
    this.mirroredRe = new double[length / 2 + 1];
    this.mirroredIm = new double[length / 2 + 1];
    this.silence = new double[length];
  }

  static boolean suits(int length) {
    return length >= 2 && length <= 1 << 20 && RowsFft.largestPrime(length) <= LARGEST_PRIME;
  }

  /** The largest divisor that is no larger than the square root. */
  private static int nearestDivisor(int length) {
    int divisor = (int) Math.sqrt(length);
    while (length % divisor != 0) {
      divisor--;
    }
    return divisor;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public int batch() {
    return 2 * groups;
  }

  @Override
  public void forward(double[][] frames, int count, double[][] toRe, double[][] toIm) {
    check(count);
    for (int g = 0; 2 * g < count; g++) {
      load(frames[2 * g], a.re(), g);
      // no second frame: what the last call left here would grow from call to call
      load(2 * g + 1 < count ? frames[2 * g + 1] : silence, a.im(), g);
    }
    transform();
    for (int g = 0; 2 * g < count; g++) {
      store(b.re(), re, g);
      store(b.im(), im, g);
      mirror();
      separate(toRe[2 * g], toIm[2 * g], mirroredRe, mirroredIm);
      if (2 * g + 1 < count) {
        separateSecond(toRe[2 * g + 1], toIm[2 * g + 1]);
      }
    }
  }

  @Override
  public void inverse(double[][] fromRe, double[][] fromIm, int count, double[][] frames) {
    check(count);
    for (int g = 0; 2 * g < count; g++) {
      int second = 2 * g + 1 < count ? 2 * g + 1 : 2 * g;
      join(fromRe[2 * g], fromIm[2 * g], fromRe[second], fromIm[second]);
      // real and imaginary part swapped on both ways: that makes the transform an inverse
      load(im, a.re(), g);
      load(re, a.im(), g);
    }
    transform();
    for (int g = 0; 2 * g < count; g++) {
      store(b.im(), frames[2 * g], g);
      scale(frames[2 * g]);
      if (2 * g + 1 < count) {
        store(b.re(), frames[2 * g + 1], g);
        scale(frames[2 * g + 1]);
      }
    }
  }

  private void check(int count) {
    if (count < 0 || count > batch()) {
      throw new IllegalArgumentException(
          "count=%d frames, expected 0 to %d".formatted(count, batch()));
    }
  }

  private void transform() {
    down.transform(a);
    for (int r = 1; r < rows; r++) {
      turn(a.re()[r], a.im()[r], turnRe[r], turnIm[r]);
    }
    for (int r = 0; r + 1 < rows; r += 2) {
      transposeTwo(a.re(), b.re(), r);
      transposeTwo(a.im(), b.im(), r);
    }
    if (rows % 2 == 1) {
      transposeLast(a.re()[rows - 1], b.re());
      transposeLast(a.im()[rows - 1], b.im());
    }
    across.transform(b);
  }

  private static void turn(double[] re, double[] im, double[] byRe, double[] byIm) {
    for (int i = 0; i < re.length; i++) {
      double x = re[i];
      double y = im[i];
      re[i] = x * byRe[i] - y * byIm[i];
      im[i] = x * byIm[i] + y * byRe[i];
    }
  }

  /** Two rows of every group at once: half as many rows to look up. */
  private void transposeTwo(double[][] from, double[][] to, int r) {
    double[] one = from[r];
    double[] two = from[r + 1];
    for (int g = 0; g < groups; g++) {
      int first = g * columns;
      int at = g * rows + r;
      for (int c = 0; c < columns; c++) {
        double[] row = to[c];
        row[at] = one[first + c];
        row[at + 1] = two[first + c];
      }
    }
  }

  private void transposeLast(double[] from, double[][] to) {
    for (int g = 0; g < groups; g++) {
      for (int c = 0; c < columns; c++) {
        to[c][g * rows + rows - 1] = from[g * columns + c];
      }
    }
  }

  private void load(double[] from, double[][] to, int g) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(from, r * columns, to[r], g * columns, columns);
    }
  }

  private void store(double[][] from, double[] to, int g) {
    for (int c = 0; c < columns; c++) {
      System.arraycopy(from[c], g * rows, to, c * rows, rows);
    }
  }

  /** Bin {@code length - k} at place k, so that the loops that need both run in one direction. */
  private void mirror() {
    mirroredRe[0] = re[0];
    mirroredIm[0] = im[0];
    for (int k = 1; k < mirroredRe.length; k++) {
      mirroredRe[k] = re[length - k];
      mirroredIm[k] = im[length - k];
    }
  }

  private void separate(double[] outRe, double[] outIm, double[] mRe, double[] mIm) {
    double[] r = re;
    double[] m = im;
    for (int k = 0; k < outRe.length; k++) {
      outRe[k] = 0.5 * (r[k] + mRe[k]);
      outIm[k] = 0.5 * (m[k] - mIm[k]);
    }
  }

  private void separateSecond(double[] outRe, double[] outIm) {
    double[] r = re;
    double[] m = im;
    double[] mRe = mirroredRe;
    double[] mIm = mirroredIm;
    for (int k = 0; k < outRe.length; k++) {
      outRe[k] = 0.5 * (m[k] + mIm[k]);
      outIm[k] = 0.5 * (mRe[k] - r[k]);
    }
  }

  /** The spectrum of first + i second, all bins, into {@link #re} and {@link #im}. */
  private void join(double[] aRe, double[] aIm, double[] bRe, double[] bIm) {
    int last = mirroredRe.length - 1;
    lower(aRe, aIm, bRe, bIm);
    upper(aRe, aIm, bRe, bIm);
    for (int k = 1; k <= (length - 1) / 2; k++) {
      re[length - k] = mirroredRe[k];
      im[length - k] = mirroredIm[k];
    }
    re[0] = aRe[0];
    im[0] = bRe[0];
    if (length % 2 == 0) {
      re[last] = aRe[last];
      im[last] = bRe[last];
    }
  }

  private void lower(double[] aRe, double[] aIm, double[] bRe, double[] bIm) {
    double[] r = re;
    double[] m = im;
    int bins = mirroredRe.length;
    for (int k = 0; k < bins; k++) {
      r[k] = aRe[k] - bIm[k];
      m[k] = aIm[k] + bRe[k];
    }
  }

  private void upper(double[] aRe, double[] aIm, double[] bRe, double[] bIm) {
    double[] r = mirroredRe;
    double[] m = mirroredIm;
    for (int k = 0; k < r.length; k++) {
      r[k] = aRe[k] + bIm[k];
      m[k] = bRe[k] - aIm[k];
    }
  }

  private void scale(double[] frame) {
    double factor = 1.0 / length;
    for (int i = 0; i < frame.length; i++) {
      frame[i] *= factor;
    }
  }
}
