package org.sonograph.signal.reading;

/**
 * The amplitudes of a canvas's rows, column by column. A row beside a brighter one is hushed by the
 * ratio of the two, as far as the analysis smears a single tone. It has working memory: one thread
 * at a time.
 */
final class RowLevels {
  private final Canvas canvas;
  private final int[] reach;
  private final double focus;
  private final double[][] byPixel;
  private final double[] drawn;
  private final double[] loudest;
  private final double[][] levels;
  private final int[] queue;

  /**
   * Levels of a canvas.
   *
   * @param reach rows to either side that hush a row, {@code [row]}
   * @param focus power of the ratio to the brightest neighbour; 0 = levels as drawn
   */
  RowLevels(Canvas canvas, int[] reach, double focus) {
    this.canvas = canvas;
    this.reach = reach;
    this.focus = focus;
    this.byPixel = new double[canvas.rows()][256];
    for (int r = 0; r < byPixel.length; r++) {
      double hz = canvas.axis().centreHz(r);
      for (int p = 0; p < byPixel[r].length; p++) {
        byPixel[r][p] = canvas.decibels().amplitude(p, hz);
      }
    }
    this.drawn = new double[canvas.rows()];
    this.loudest = new double[canvas.rows()];
    this.levels = new double[3][canvas.rows()];
    this.queue = new int[canvas.rows()];
  }

  /** {@code [red, green, blue][row]}, linear; overwritten by the next call. */
  double[][] of(int column) {
    for (int c = 0; c < levels.length; c++) {
      for (int r = 0; r < drawn.length; r++) {
        drawn[r] = byPixel[r][canvas.pixel(column, r, c)];
      }
      if (focus == 0) {
        System.arraycopy(drawn, 0, levels[c], 0, drawn.length);
        continue;
      }
      neighbours();
      for (int r = 0; r < drawn.length; r++) {
        double ratio = loudest[r] == 0 ? 0 : drawn[r] / loudest[r];
        levels[c][r] = drawn[r] * hushed(ratio);
      }
    }
    return levels;
  }

  private double hushed(double ratio) {
    if (ratio >= 1) {
      return 1;
    }
    return focus == 2 ? ratio * ratio : Math.pow(ratio, focus);
  }

  /** The greatest level around each row, by a queue of falling levels (both ends only move up). */
  private void neighbours() {
    int head = 0;
    int tail = 0;
    int next = 0;
    for (int r = 0; r < drawn.length; r++) {
      int until = Math.min(drawn.length - 1, r + reach[r]);
      for (; next <= until; next++) {
        while (tail > head && drawn[queue[tail - 1]] <= drawn[next]) {
          tail--;
        }
        queue[tail++] = next;
      }
      while (queue[head] < r - reach[r]) {
        head++;
      }
      loudest[r] = drawn[queue[head]];
    }
  }
}
