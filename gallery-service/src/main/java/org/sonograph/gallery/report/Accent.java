package org.sonograph.gallery.report;

import java.awt.Color;
import org.sonograph.signal.picture.Picture;

/** The one colour of a page: its art's strongest hue, dark enough to be read on paper. */
final class Accent {
  private static final Color PAPER = new Color(0xF5F2EC);
  private static final double LEAST_CONTRAST = 4.5;
  private static final int HUES = 36;

  private Accent() {}

  /** As CSS has it. */
  static String of(Picture art) {
    double[] weight = new double[HUES];
    float[] hsb = new float[3];
    int step = Math.max(1, art.width() * art.height() / 20_000);
    for (int i = 0; i < art.width() * art.height(); i += step) {
      int x = i % art.width();
      int y = i / art.width();
      Color.RGBtoHSB(art.at(x, y, 0), art.at(x, y, 1), art.at(x, y, 2), hsb);
      weight[Math.min(HUES - 1, (int) (hsb[0] * HUES))] += hsb[1] * hsb[2];
    }
    int strongest = 0;
    double sum = 0;
    for (int h = 0; h < HUES; h++) {
      strongest = weight[h] > weight[strongest] ? h : strongest;
      sum += weight[h];
    }
    float saturation = sum * step / (art.width() * (double) art.height()) < 0.02 ? 0 : 0.75f;
    Color colour = Color.BLACK;
    for (float light = 0.9f; light > 0; light -= 0.02f) {
      colour = Color.getHSBColor((strongest + 0.5f) / HUES, saturation, light);
      if (contrast(colour) >= LEAST_CONTRAST) {
        break;
      }
    }
    return "#%06X".formatted(colour.getRGB() & 0xFFFFFF);
  }

  /** Contrast with the paper, by WCAG 2. */
  static double contrast(Color colour) {
    return (luminance(PAPER) + 0.05) / (luminance(colour) + 0.05);
  }

  private static double luminance(Color colour) {
    float[] c = colour.getRGBColorComponents(null);
    return 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
  }

  private static double linear(float value) {
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
