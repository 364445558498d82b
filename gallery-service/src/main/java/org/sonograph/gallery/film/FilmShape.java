package org.sonograph.gallery.film;

import java.util.Locale;

/** Shape of a film. */
public enum FilmShape {
  /** 1080 by 1080. */
  SQUARE(1080, 1080),
  /** 1080 by 1350, as feeds show it largest. */
  PORTRAIT(1080, 1350),
  /** 1920 by 1080. */
  WIDE(1920, 1080);

  private static final double MARGIN = 0.12;
  private static final double LABEL_HEIGHT = 0.26;

  private final int width;
  private final int height;

  FilmShape(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** Width, pixels. */
  public int width() {
    return width;
  }

  /** Height, pixels. */
  public int height() {
    return height;
  }

  /** As the user types it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Room around all, pixels, even. */
  int margin() {
    return even(MARGIN * Math.min(width, height));
  }

  /** Width of the window on the art, pixels, even. */
  int windowWidth() {
    return width - 2 * margin();
  }

  /** Height of the window on the art, pixels, even; the label has the rest. */
  int windowHeight() {
    return even(height - 2 * margin() - LABEL_HEIGHT * Math.min(width, height));
  }

  static int even(double value) {
    return 2 * (int) Math.round(value / 2);
  }
}
