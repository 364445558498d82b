package org.sonograph.signal.reading;

import java.util.List;

/**
 * What can be seen in a patch of a picture, each as a number from 0 to 1.
 *
 * @param red mean red
 * @param green mean green
 * @param blue mean blue
 * @param xGradient brightness growing to the right, 0.5 = even
 * @param yGradient brightness growing upward in pitch, 0.5 = even
 * @param entropy how evenly the patch's brightnesses are spread (Shannon entropy over 16 levels,
 *     relative to its maximum)
 */
record PixelTraits(
    double red, double green, double blue, double xGradient, double yGradient, double entropy) {

  /** Names of what a routing may take from. */
  static final List<String> NAMES =
      List.of(
          "red",
          "green",
          "blue",
          "hue",
          "saturation",
          "brightness",
          "x-gradient",
          "y-gradient",
          "entropy",
          "none");

  private static final int LEVELS = 16;

  /** A contrast of a quarter of the range across a patch is as much as is told apart. */
  private static final double GRADIENT_SCALE = 2;

  /** The traits of a patch, rows counted from the lowest pitch. */
  static PixelTraits of(Canvas canvas, Patch patch) {
    double[] sum = new double[3];
    double right = 0;
    double up = 0;
    int[] histogram = new int[LEVELS];
    for (int x = patch.column; x < patch.column + patch.width; x++) {
      for (int y = patch.row; y < patch.row + patch.height; y++) {
        int brightness = 0;
        for (int c = 0; c < 3; c++) {
          int pixel = canvas.pixel(x, y, c);
          sum[c] += pixel;
          brightness += pixel;
        }
        right += brightness * Math.signum(2 * (x - patch.column) + 1 - patch.width);
        up += brightness * Math.signum(2 * (y - patch.row) + 1 - patch.height);
        histogram[brightness * LEVELS / (3 * 256)]++;
      }
    }
    double pixels = (double) patch.width * patch.height;
    double full = 255 * pixels;
    return new PixelTraits(
        sum[0] / full,
        sum[1] / full,
        sum[2] / full,
        Math.clamp(0.5 + GRADIENT_SCALE * right / (3 * full), 0, 1),
        Math.clamp(0.5 + GRADIENT_SCALE * up / (3 * full), 0, 1),
        entropy(histogram, pixels));
  }

  /**
   * Part of a canvas.
   *
   * @param column first column
   * @param row lowest row
   * @param width columns, at least 1
   * @param height rows, at least 1
   */
  record Patch(int column, int row, int width, int height) {}

  private static double entropy(int[] histogram, double pixels) {
    double sum = 0;
    for (int count : histogram) {
      if (count > 0) {
        sum -= count / pixels * Math.log(count / pixels);
      }
    }
    return sum / Math.log(LEVELS);
  }

  double brightness() {
    return (red + green + blue) / 3;
  }

  /** The trait of a name in {@link #NAMES}; {@code none} is 0.5. */
  double named(String name) {
    return switch (name) {
      case "red" -> red;
      case "green" -> green;
      case "blue" -> blue;
      case "hue" -> hue();
      case "saturation" -> saturation();
      case "brightness" -> brightness();
      case "x-gradient" -> xGradient;
      case "y-gradient" -> yGradient;
      case "entropy" -> entropy;
      default -> 0.5;
    };
  }

  private double saturation() {
    double most = Math.max(red, Math.max(green, blue));
    return most == 0 ? 0 : 1 - Math.min(red, Math.min(green, blue)) / most;
  }

  /** Turns around the colour circle from red; 0 where there is no colour. */
  private double hue() {
    double most = Math.max(red, Math.max(green, blue));
    double span = most - Math.min(red, Math.min(green, blue));
    if (span < 1e-9) {
      return 0;
    }
    double sixths =
        most == red
            ? (green - blue) / span
            : most == green ? 2 + (blue - red) / span : 4 + (red - green) / span;
    return (sixths < 0 ? sixths + 6 : sixths) / 6;
  }
}
