package org.sonograph.gallery;

import org.sonograph.signal.picture.Picture;

/**
 * Dissolves one picture into the next by the law of the sound's seams: gains x and 1-x over sqrt(x²
 * + (1-x)² + 2ρx(1-x)), ρ the measured correlation. The gains act on the difference from each
 * picture's mean, so strangers keep their contrast and the mean moves on a straight line.
 */
final class PictureSeam {
  private PictureSeam() {}

  /**
   * The overlap of two pictures of one size, both in colour: the first on the left, the second on
   * the right.
   */
  static Picture join(Picture before, Picture after) {
    int width = before.width();
    int height = before.height();
    double[] meanBefore = means(before);
    double[] meanAfter = means(after);
    double correlation = correlation(before, meanBefore, after, meanAfter);
    byte[] out = new byte[before.samples().length];
    for (int x = 0; x < width; x++) {
      double in = (x + 0.5) / width;
      double norm = Math.sqrt(in * in + (1 - in) * (1 - in) + 2 * correlation * in * (1 - in));
      double gainBefore = (1 - in) / norm;
      double gainAfter = in / norm;
      for (int y = 0; y < height; y++) {
        for (int c = 0; c < 3; c++) {
          int i = (y * width + x) * 3 + c;
          double mean = (1 - in) * meanBefore[c] + in * meanAfter[c];
          double value =
              mean
                  + gainBefore * ((before.samples()[i] & 0xff) - meanBefore[c])
                  + gainAfter * ((after.samples()[i] & 0xff) - meanAfter[c]);
          out[i] = (byte) Math.clamp(Math.round(value), 0, 255);
        }
      }
    }
    return Picture.rgb(width, height, out);
  }

  private static double[] means(Picture picture) {
    double[] sums = new double[3];
    byte[] samples = picture.samples();
    for (int i = 0; i < samples.length; i++) {
      sums[i % 3] += samples[i] & 0xff;
    }
    int pixels = picture.width() * picture.height();
    return new double[] {sums[0] / pixels, sums[1] / pixels, sums[2] / pixels};
  }

  /** Between 0 and 1; 0 where either picture is flat. */
  private static double correlation(Picture a, double[] meanA, Picture b, double[] meanB) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.samples().length; i++) {
      double da = (a.samples()[i] & 0xff) - meanA[i % 3];
      double db = (b.samples()[i] & 0xff) - meanB[i % 3];
      ab += da * db;
      aa += da * da;
      bb += db * db;
    }
    return aa == 0 || bb == 0 ? 0 : Math.clamp(ab / Math.sqrt(aa * bb), 0, 1);
  }
}
