package org.sonograph.gallery.report;

import java.awt.Color;
import org.sonograph.signal.picture.Picture;

/**
 * The one colour of a page: its art's strongest hue, so dark or light that it can be read, with a
 * contrast of 4.5 to 1.
 *
 * @param onPaper on the light ground
 * @param onNight on the dark ground
 */
public record Accent(Color onPaper, Color onNight) {
  /** No art, no hue: ink. */
  public static final Accent INK = new Accent(new Color(0x1A1917), new Color(0xE9E4DA));

  /** The light ground. */
  public static final Color PAPER = new Color(0xF5F2EC);

  /** The dark ground. */
  public static final Color NIGHT = new Color(0x12110F);

  private static final double LEAST_CONTRAST = 4.5;
  private static final int HUES = 36;
  private static final double LEAST_COLOUR = 0.02;
  private static final float SATURATION = 0.75f;

  /** Of a picture; ink where it has next to no colour. */
  public static Accent of(Picture art) {
    double[] weight = new double[HUES];
    float[] hsb = new float[3];
    int step = Math.max(1, art.width() * art.height() / 20_000);
    int seen = 0;
    double sum = 0;
    for (int i = 0; i < art.width() * art.height(); i += step) {
      int x = i % art.width();
      int y = i / art.width();
      Color.RGBtoHSB(art.at(x, y, 0), art.at(x, y, 1), art.at(x, y, 2), hsb);
      weight[Math.min(HUES - 1, (int) (hsb[0] * HUES))] += hsb[1] * hsb[2];
      sum += hsb[1] * hsb[2];
      seen++;
    }
    if (sum / seen < LEAST_COLOUR) {
      return INK;
    }
    int strongest = 0;
    for (int h = 0; h < HUES; h++) {
      strongest = weight[h] > weight[strongest] ? h : strongest;
    }
    float hue = (strongest + 0.5f) / HUES;
    return new Accent(readable(hue, PAPER, 0.9f, -0.02f), readable(hue, NIGHT, 0.5f, 0.02f));
  }

  /** As CSS custom properties, which {@code paper.css} takes up. */
  public String css() {
    return ":root{--accent-on-paper:%s;--accent-on-night:%s}\n"
        .formatted(hex(onPaper), hex(onNight));
  }

  private static Color readable(float hue, Color ground, float from, float step) {
    Color colour = Color.getHSBColor(hue, SATURATION, from);
    for (float light = from; light > 0 && light <= 1; light += step) {
      colour = Color.getHSBColor(hue, SATURATION, light);
      if (contrast(colour, ground) >= LEAST_CONTRAST) {
        return colour;
      }
    }
    for (float pale = SATURATION; pale > 0 && contrast(colour, ground) < LEAST_CONTRAST; ) {
      pale -= 0.05f;
      colour = Color.getHSBColor(hue, Math.max(0, pale), 1);
    }
    return colour;
  }

  /** Contrast of two colours by WCAG 2, 1 to 21. */
  static double contrast(Color one, Color other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static String hex(Color colour) {
    return "#%06X".formatted(colour.getRGB() & 0xFFFFFF);
  }

  private static double luminance(Color colour) {
    float[] c = colour.getRGBColorComponents(null);
    return 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
  }

  private static double linear(float value) {
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
