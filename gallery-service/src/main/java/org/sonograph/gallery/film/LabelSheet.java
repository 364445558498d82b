package org.sonograph.gallery.film;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import org.sonograph.gallery.report.Accent;
import org.sonograph.gallery.report.Typefaces;
import org.sonograph.gallery.report.WallLabel;
import org.sonograph.signal.picture.Picture;

/** The paper of a film with the wall label on it; the window is left empty. */
final class LabelSheet {
  private static final Color INK = new Color(0x1A1917);
  private static final double TITLE = 44;
  private static final double SENTENCE = 26;
  private static final double NUMBERS = 20;
  private static final double LEADING = 1.4;
  private static final double GAP = 32;
  private static final int PROMPT_LINES = 2;

  private final FilmShape shape;
  private final Graphics2D on;
  private double y;

  private LabelSheet(FilmShape shape, Graphics2D on) {
    this.shape = shape;
    this.on = on;
    this.y = shape.margin() + shape.windowHeight() + GAP;
  }

  static Picture draw(FilmShape shape, WallLabel label) {
    BufferedImage image =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D on = image.createGraphics();
    on.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    on.setColor(Accent.PAPER);
    on.fillRect(0, 0, shape.width(), shape.height());
    on.setColor(INK);
    LabelSheet sheet = new LabelSheet(shape, on);
    Lettering sentence = Lettering.of(Typefaces.SERIF, SENTENCE);
    Lettering numbers = Lettering.of(Typefaces.MONO, NUMBERS);
    sheet.write(Lettering.of(Typefaces.SERIF, TITLE), label.title(), 1);
    sheet.write(sentence, label.author(), 1);
    sheet.write(sentence, label.medium(), 1);
    sheet.write(sentence, label.prompt().isEmpty() ? "" : "“" + label.prompt() + "”", PROMPT_LINES);
    sheet.y += GAP / 4;
    sheet.write(numbers, label.settings(), 1);
    sheet.write(numbers, label.credit(), 1);
    on.dispose();
    return picture(image);
  }

  private void write(Lettering with, String text, int most) {
    if (text.isEmpty()) {
      return;
    }
    List<String> lines = with.lines(text, shape.windowWidth(), most);
    for (String line : lines) {
      y += LEADING * with.size();
      with.draw(on, line, shape.margin(), y);
    }
  }

  private static Picture picture(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    byte[] samples = new byte[3 * pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      samples[3 * i] = (byte) (pixels[i] >> 16);
      samples[3 * i + 1] = (byte) (pixels[i] >> 8);
      samples[3 * i + 2] = (byte) pixels[i];
    }
    return Picture.rgb(width, height, samples);
  }
}
