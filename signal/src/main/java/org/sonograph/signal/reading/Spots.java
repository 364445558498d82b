package org.sonograph.signal.reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Bright spots of a picture at all sizes: places where the mean of a square exceeds that of the
 * square around it, twice as large, by more than at the places beside it (a difference of boxes,
 * the plain cousin of Lowe's difference of Gaussians).
 */
final class Spots {
  private static final int[] RADII = {0, 1, 2, 4, 8, 16, 32};

  private final Canvas canvas;
  private final long[][] sums;

  /**
   * A spot.
   *
   * @param column its middle
   * @param row its middle, counted from the lowest pitch
   * @param radius it is {@code 2 radius + 1} pixels wide
   * @param brightness how much brighter than around it, times how bright, 0 to 1
   * @param colour mean red, green, blue, 0 to 1
   */
  record Spot(int column, int row, int radius, double brightness, double[] colour) {}

  /** A place that may be a spot: larger ones count for more. */
  private record Candidate(int column, int row, int radius, double response) {
    double rank() {
      return response * Math.sqrt(2 * radius + 1);
    }
  }

  private Spots(Canvas canvas) {
    this.canvas = canvas;
    this.sums = new long[canvas.columns() + 1][canvas.rows() + 1];
    for (int x = 0; x < canvas.columns(); x++) {
      long column = 0;
      for (int y = 0; y < canvas.rows(); y++) {
        column += canvas.pixel(x, y, 0) + canvas.pixel(x, y, 1) + canvas.pixel(x, y, 2);
        sums[x + 1][y + 1] = sums[x][y + 1] + column;
      }
    }
  }

  /** The most striking spots of a canvas, at most so many. */
  static List<Spot> of(Canvas canvas, double least, int most) {
    Spots spots = new Spots(canvas);
    List<Candidate> candidates = new ArrayList<>();
    for (int radius : RADII) {
      if (2 * radius < Math.min(canvas.columns(), canvas.rows())) {
        spots.find(radius, least, candidates);
      }
    }
    candidates.sort(
        Comparator.comparingDouble(Candidate::rank)
            .reversed()
            .thenComparingInt(Candidate::column)
            .thenComparingInt(Candidate::row));
    List<Candidate> taken = new ArrayList<>();
    for (Candidate c : candidates) {
      if (taken.size() == most) {
        break;
      }
      if (taken.stream().noneMatch(t -> near(t, c))) {
        taken.add(c);
      }
    }
    return taken.stream().map(spots::spot).toList();
  }

  private static boolean near(Candidate a, Candidate b) {
    int reach = Math.max(a.radius, b.radius) + 1;
    return Math.abs(a.column - b.column) <= reach && Math.abs(a.row - b.row) <= reach;
  }

  private void find(int radius, double least, List<Candidate> found) {
    int step = Math.max(1, radius / 2);
    int columns = (canvas.columns() + step - 1) / step;
    int rows = (canvas.rows() + step - 1) / step;
    double[][] response = new double[columns][rows];
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < rows; j++) {
        response[i][j] =
            mean(i * step, j * step, radius) - mean(i * step, j * step, 2 * radius + 1);
      }
    }
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < rows; j++) {
        if (response[i][j] >= least && isPeak(response, i, j)) {
          found.add(new Candidate(i * step, j * step, radius, response[i][j]));
        }
      }
    }
  }

  private static boolean isPeak(double[][] response, int i, int j) {
    double own = response[i][j];
    for (int x = Math.max(0, i - 1); x <= Math.min(response.length - 1, i + 1); x++) {
      for (int y = Math.max(0, j - 1); y <= Math.min(response[x].length - 1, j + 1); y++) {
        // of equals the first counts
        boolean earlier = x < i || x == i && y < j;
        if (response[x][y] > own || earlier && response[x][y] == own) {
          return false;
        }
      }
    }
    return true;
  }

  /** Mean brightness of a square as far as it lies in the picture, 0 to 1. */
  private double mean(int column, int row, int radius) {
    int left = Math.max(0, column - radius);
    int right = Math.min(canvas.columns(), column + radius + 1);
    int below = Math.max(0, row - radius);
    int above = Math.min(canvas.rows(), row + radius + 1);
    long sum = sums[right][above] - sums[left][above] - sums[right][below] + sums[left][below];
    return sum / (765.0 * (right - left) * (above - below));
  }

  private Spot spot(Candidate c) {
    double[] colour = new double[3];
    int pixels = 0;
    for (int x = Math.max(0, c.column - c.radius);
        x <= Math.min(canvas.columns() - 1, c.column + c.radius);
        x++) {
      for (int y = Math.max(0, c.row - c.radius);
          y <= Math.min(canvas.rows() - 1, c.row + c.radius);
          y++) {
        for (int channel = 0; channel < 3; channel++) {
          colour[channel] += canvas.pixel(x, y, channel) / 255.0;
        }
        pixels++;
      }
    }
    for (int channel = 0; channel < 3; channel++) {
      colour[channel] /= pixels;
    }
    double brightness = Math.sqrt(c.response * mean(c.column, c.row, c.radius));
    return new Spot(c.column, c.row, c.radius, brightness, colour);
  }
}
