package org.sonograph.signal.transform;

/**
 * The transform of 512 real samples in single precision, rounded step for step as the one behind
 * {@code torch.stft} on a processor (Intel's MKL, its path without fused products).
 *
 * <p>It is here because pictures show it: where a loud tone leaves the rest of a frame empty, what
 * is left is the transform's own rounding, and 2 to 4 % of all pixels differ by a level between one
 * single-precision transform and the next, or from exact arithmetic. The order of operations was
 * found by comparing bits: 256 complex points as 4 x 8 x 8, decimation in time, twiddles as plain
 * products, and a real-to-complex step with the factors (1 - sin) / 2 and cos / 2.
 *
 * <p>Many frames at once, one a lane, in loops along rows as in {@link RowsFft}. It has working
 * memory: one thread at a time.
 */
public final class SingleFft512 {

  /** Samples a frame. */
  public static final int LENGTH = 512;

  /** Bins a frame. */
  public static final int BINS = LENGTH / 2 + 1;

  /** Frames that are transformed together. */
  public static final int BATCH = 64;

  private static final int POINTS = LENGTH / 2;

  /** Half the square root of two, one step above the nearest float: the reference's constant. */
  private static final float DIAGONAL = 0.7071068f;

  private final float[][] re = new float[POINTS][BATCH];
  private final float[][] im = new float[POINTS][BATCH];
  private final float[] lowPower = new float[BATCH];
  private final float[] highPower = new float[BATCH];

  /** The row where each point of the transform lies. */
  private final int[] rows = new int[POINTS];

  private final int[] eight = new int[8];

  /**
   * Squared magnitudes of spectra.
   *
   * @param frames {@code [frame][sample]}, at most {@link #BATCH} of {@link #LENGTH}
   * @param count how many of them
   * @param power {@code [frame][bin]}, {@link #BINS} each, added to
   */
  public void addPower(float[][] frames, int count, float[][] power) {
    for (int f = 0; f < count; f++) {
      float[] frame = frames[f];
      for (int m = 0; m < POINTS; m++) {
        re[m][f] = frame[2 * m];
        im[m][f] = frame[2 * m + 1];
      }
    }
    transform();
    addEnds(count, power);
    for (int k = 1; k < POINTS / 2; k++) {
      pair(rows[k], rows[POINTS - k], k);
      for (int f = 0; f < count; f++) {
        power[f][k] += lowPower[f];
        power[f][POINTS - k] += highPower[f];
      }
    }
  }

  /** The bins that stand alone: the first, the middle and the last. */
  private void addEnds(int count, float[][] power) {
    for (int f = 0; f < count; f++) {
      float r = re[rows[0]][f];
      float i = im[rows[0]][f];
      power[f][0] += (r + i) * (r + i);
      power[f][POINTS] += (r - i) * (r - i);
      int middle = rows[POINTS / 2];
      power[f][POINTS / 2] += squared(re[middle][f], im[middle][f]);
    }
  }

  /** Points k and 256 - k of the packed transform give bins k and 256 - k of the real one. */
  private void pair(int low, int high, int k) {
    double angle = 2 * Math.PI * k / LENGTH;
    float a = 0.5f - (float) (0.5 * Math.sin(angle));
    float b = (float) (0.5 * Math.cos(angle));
    float[] lowRe = re[low];
    float[] lowIm = im[low];
    float[] highRe = re[high];
    float[] highIm = im[high];
    for (int i = 0; i < BATCH; i++) {
      float dr = lowRe[i] - highRe[i];
      float di = lowIm[i] + highIm[i];
      float tr = a * dr + b * di;
      float ti = a * di - b * dr;
      lowPower[i] = squared(highRe[i] + tr, ti - highIm[i]);
      highPower[i] = squared(lowRe[i] - tr, lowIm[i] - ti);
    }
  }

  /** The square of an absolute value that was rounded first. */
  private static float squared(float re, float im) {
    float absolute = (float) Math.sqrt(re * re + im * im);
    return absolute * absolute;
  }

  /** Leaves point k of the transform in row {@code rows[k]}. */
  private void transform() {
    int[] stage = new int[POINTS];
    for (int a = 0; a < 8; a++) {
      int[] within = new int[32];
      for (int b = 0; b < 8; b++) {
        for (int c = 0; c < 4; c++) {
          eight[c] = a + 8 * b + 64 * c;
        }
        four(eight, 0, 1);
        for (int k = 0; k < 4; k++) {
          within[b * 4 + k] = eight[k];
          turn(eight[k], b * k, 32);
        }
      }
      for (int k = 0; k < 4; k++) {
        for (int b = 0; b < 8; b++) {
          eight[b] = within[b * 4 + k];
        }
        eight();
        for (int j = 0; j < 8; j++) {
          stage[a * 32 + k + 4 * j] = eight[j];
          turn(eight[j], a * (k + 4 * j), POINTS);
        }
      }
    }
    for (int k = 0; k < 32; k++) {
      for (int a = 0; a < 8; a++) {
        eight[a] = stage[a * 32 + k];
      }
      eight();
      for (int j = 0; j < 8; j++) {
        rows[k + 32 * j] = eight[j];
      }
    }
  }

  /** Transforms the rows named in {@link #eight}, and names there the rows of the result. */
  private void eight() {
    int[] x = eight;
    four(x, 0, 2);
    four(x, 1, 2);
    sumAndDifference(x[0], x[1]);
    rotateOneEighth(x[3]);
    sumAndDifference(x[2], x[3]);
    sumAndTurnedDifference(x[4], x[5]);
    rotateThreeEighths(x[7]);
    sumAndDifference(x[6], x[7]);
    int[] result = {x[0], x[2], x[4], x[6], x[1], x[3], x[5], x[7]};
    System.arraycopy(result, 0, x, 0, 8);
  }

  /** The same for four of the rows named in an array. */
  private void four(int[] x, int first, int step) {
    int second = first + step;
    int third = second + step;
    int fourth = third + step;
    sumAndDifference(x[first], x[third]);
    sumAndDifference(x[second], x[fourth]);
    sumAndDifference(x[first], x[second]);
    sumAndTurnedDifference(x[third], x[fourth]);
    int last = x[second];
    x[second] = x[third];
    x[third] = last;
  }

  private void turn(int row, int turn, int of) {
    if (turn % of == 0) {
      return;
    }
    double angle = 2 * Math.PI * turn / of;
    float wr = 4 * turn % of == 0 && 2 * turn % of != 0 ? 0 : (float) Math.cos(angle);
    float wi = 2 * turn % of == 0 ? 0 : (float) -Math.sin(angle);
    float[] r = re[row];
    float[] m = im[row];
    for (int i = 0; i < BATCH; i++) {
      float x = r[i];
      float y = m[i];
      r[i] = x * wr - y * wi;
      m[i] = x * wi + y * wr;
    }
  }

  private void sumAndDifference(int a, int b) {
    sumAndDifference(re[a], re[b]);
    sumAndDifference(im[a], im[b]);
  }

  private static void sumAndDifference(float[] a, float[] b) {
    for (int i = 0; i < BATCH; i++) {
      float p = a[i];
      float q = b[i];
      a[i] = p + q;
      b[i] = p - q;
    }
  }

  /** a - i b and a + i b. */
  private void sumAndTurnedDifference(int a, int b) {
    float[] ar = re[a];
    float[] ai = im[a];
    float[] br = re[b];
    float[] bi = im[b];
    for (int i = 0; i < BATCH; i++) {
      float r = ar[i];
      float m = ai[i];
      float x = br[i];
      float y = bi[i];
      ar[i] = r + y;
      ai[i] = m - x;
      br[i] = r - y;
      bi[i] = m + x;
    }
  }

  private void rotateOneEighth(int row) {
    float[] r = re[row];
    float[] m = im[row];
    for (int i = 0; i < BATCH; i++) {
      float x = r[i] * DIAGONAL;
      float y = m[i] * DIAGONAL;
      r[i] = x + y;
      m[i] = y - x;
    }
  }

  private void rotateThreeEighths(int row) {
    float[] r = re[row];
    float[] m = im[row];
    for (int i = 0; i < BATCH; i++) {
      float x = r[i] * DIAGONAL;
      float y = m[i] * DIAGONAL;
      r[i] = y - x;
      m[i] = -(x + y);
    }
  }
}
