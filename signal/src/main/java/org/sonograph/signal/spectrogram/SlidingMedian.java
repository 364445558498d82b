package org.sonograph.signal.spectrogram;

/**
 * The median of a window that slides along the first axis of a block of numbers, for all lanes of
 * the second axis at once. The window of every lane is kept sorted; with each step one number
 * leaves it and one comes in, by comparisons without branches, so that lanes share vector
 * instructions. Numbers are not negative, so the bits of a float order as it does.
 */
final class SlidingMedian {
  private final int[][] sorted;
  private final int[] carried;
  private int count;

  private SlidingMedian(int reach, int lanes) {
    this.sorted = new int[2 * reach + 1][lanes];
    this.carried = new int[lanes];
  }

  /**
   * The medians over rows {@code i - reach} to {@code i + reach}; at the ends over those that there
   * are. Of an even number it is the lower of the middle two.
   *
   * @param rows {@code [row][lane]}, not negative
   * @return {@code [row][lane]}
   */
  static float[][] of(float[][] rows, int reach) {
    int lanes = rows[0].length;
    SlidingMedian window = new SlidingMedian(Math.min(reach, rows.length - 1), lanes);
    int[] bits = new int[lanes];
    float[][] out = new float[rows.length][lanes];
    for (int next = 0; next < Math.min(reach, rows.length); next++) {
      window.insert(bits(rows[next], bits));
    }
    for (int row = 0; row < rows.length; row++) {
      if (row > reach) {
        window.remove(bits(rows[row - reach - 1], bits));
      }
      if (row + reach < rows.length) {
        window.insert(bits(rows[row + reach], bits));
      }
      window.median(out[row]);
    }
    return out;
  }

  private static int[] bits(float[] row, int[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Float.floatToRawIntBits(row[i]);
    }
    return out;
  }

  private void insert(int[] row) {
    int[] up = carried;
    System.arraycopy(row, 0, up, 0, up.length);
    for (int j = 0; j < count; j++) {
      int[] here = sorted[j];
      for (int i = 0; i < up.length; i++) {
        int value = here[i];
        here[i] = Math.min(value, up[i]);
        up[i] = Math.max(value, up[i]);
      }
    }
    System.arraycopy(up, 0, sorted[count], 0, up.length);
    count++;
  }

  /** From the place of the number that leaves on, each takes the next one's. */
  private void remove(int[] row) {
    for (int j = 0; j < count - 1; j++) {
      int[] here = sorted[j];
      int[] above = sorted[j + 1];
      for (int i = 0; i < row.length; i++) {
        int stays = (here[i] - row[i]) >> 31;
        here[i] = above[i] ^ ((here[i] ^ above[i]) & stays);
      }
    }
    count--;
  }

  private void median(float[] out) {
    int[] middle = sorted[(count - 1) / 2];
    for (int i = 0; i < out.length; i++) {
      out[i] = Float.intBitsToFloat(middle[i]);
    }
  }
}
