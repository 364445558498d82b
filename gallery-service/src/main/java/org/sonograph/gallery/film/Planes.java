package org.sonograph.gallery.film;

import java.awt.Color;
import java.util.List;
import org.sonograph.signal.picture.Picture;

/**
 * A picture as films have it: luma, and colour difference at half the width and height, by BT.709
 * in the narrow range.
 *
 * @param width columns of luma, even
 * @param height rows of luma, even
 * @param luma {@code [row][column]}, 16 to 235
 * @param blue {@code [row][column]} of every second row and column, 16 to 240
 * @param red the same
 */
record Planes(int width, int height, byte[] luma, byte[] blue, byte[] red) {

  /** A picture in colour; an odd last row or column is left out. */
  static Planes of(Picture picture) {
    int width = picture.width() & ~1;
    int height = picture.height() & ~1;
    byte[] luma = new byte[width * height];
    byte[] blue = new byte[width * height / 4];
    byte[] red = new byte[width * height / 4];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        luma[y * width + x] = luma(picture.at(x, y, 0), picture.at(x, y, 1), picture.at(x, y, 2));
      }
    }
    for (int y = 0; y < height / 2; y++) {
      for (int x = 0; x < width / 2; x++) {
        double r = mean(picture, x, y, 0);
        double g = mean(picture, x, y, 1);
        double b = mean(picture, x, y, 2);
        blue[y * width / 2 + x] = blue(r, g, b);
        red[y * width / 2 + x] = red(r, g, b);
      }
    }
    return new Planes(width, height, luma, blue, red);
  }

  /** Pictures of one height side by side. */
  static Planes joined(List<Planes> parts) {
    int height = parts.getFirst().height;
    int width = parts.stream().mapToInt(Planes::width).sum();
    Planes all =
        new Planes(
            width,
            height,
            new byte[width * height],
            new byte[width * height / 4],
            new byte[width * height / 4]);
    int at = 0;
    for (Planes part : parts) {
      for (int y = 0; y < height; y++) {
        System.arraycopy(part.luma, y * part.width, all.luma, y * width + at, part.width);
      }
      for (int y = 0; y < height / 2; y++) {
        int from = y * part.width / 2;
        int to = (y * width + at) / 2;
        System.arraycopy(part.blue, from, all.blue, to, part.width / 2);
        System.arraycopy(part.red, from, all.red, to, part.width / 2);
      }
      at += part.width;
    }
    return all;
  }

  /** Luma, blue and red difference of one colour. */
  static byte[] of(Color c) {
    return new byte[] {
      luma(c.getRed(), c.getGreen(), c.getBlue()),
      blue(c.getRed(), c.getGreen(), c.getBlue()),
      red(c.getRed(), c.getGreen(), c.getBlue())
    };
  }

  private static double mean(Picture p, int x, int y, int channel) {
    int sum = p.at(2 * x, 2 * y, channel) + p.at(2 * x + 1, 2 * y, channel);
    return (sum + p.at(2 * x, 2 * y + 1, channel) + p.at(2 * x + 1, 2 * y + 1, channel)) / 4.0;
  }

  private static double grey(double r, double g, double b) {
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  private static byte luma(double r, double g, double b) {
    return (byte) Math.round(16 + grey(r, g, b) * 219 / 255);
  }

  private static byte blue(double r, double g, double b) {
    return (byte) Math.round(128 + (b - grey(r, g, b)) / 1.8556 * 224 / 255);
  }

  private static byte red(double r, double g, double b) {
    return (byte) Math.round(128 + (r - grey(r, g, b)) / 1.5748 * 224 / 255);
  }
}
