package org.sonograph.gallery.film;

import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.sonograph.gallery.report.Typefaces;

/**
 * Sets lines of text as outlines, from the bundled faces alone: what fonts a machine has, or
 * whether it has any, does not matter.
 */
final class Lettering {
  private static final int UNKNOWN_GLYPH = 0;

  private final List<TrueTypeFont> fonts = new ArrayList<>();
  private final double size;

  private Lettering(double size) {
    this.size = size;
  }

  /**
   * One of the two faces.
   *
   * @param family its CSS name
   * @param size of an em, pixels
   */
  static Lettering of(String family, double size) {
    Lettering lettering = new Lettering(size);
    for (byte[] woff : Typefaces.upright(family)) {
      try {
        lettering.fonts.add(
            new TTFParser(true).parse(new RandomAccessReadBuffer(Woff.unpack(woff))));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return lettering;
  }

  /** Size of an em, pixels. */
  double size() {
    return size;
  }

  /** How wide a line is, pixels. */
  double width(String text) {
    return text.codePoints().mapToDouble(c -> glyph(c).advance).sum();
  }

  /** Draws a line whose letters stand on y. */
  void draw(Graphics2D on, String text, double x, double y) {
    double at = x;
    for (int c : text.codePoints().toArray()) {
      Glyph glyph = glyph(c);
      on.fill(AffineTransform.getTranslateInstance(at, y).createTransformedShape(glyph.outline));
      at += glyph.advance;
    }
  }

  /** A text broken at spaces; what does not fit the last line ends in an ellipsis. */
  List<String> lines(String text, double width, int most) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split("\\s+")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (width(longer) > width && !line.isEmpty()) {
        lines.add(line.toString());
        longer = word;
      }
      line.setLength(0);
      line.append(longer);
    }
    lines.add(line.toString());
    boolean isCut = lines.size() > most;
    List<String> shown = new ArrayList<>(lines.subList(0, Math.min(most, lines.size())));
    String last = shown.removeLast() + (isCut ? "…" : "");
    while (width(last) > width && last.length() > 2) {
      last =
          last.substring(0, last.offsetByCodePoints(last.length(), last.endsWith("…") ? -2 : -1))
              + "…";
    }
    shown.add(last);
    return shown;
  }

  private record Glyph(Shape outline, double advance) {}

  private Glyph glyph(int codePoint) {
    try {
      for (TrueTypeFont font : fonts) {
        CmapLookup map = font.getUnicodeCmapLookup();
        int id = map == null ? UNKNOWN_GLYPH : map.getGlyphId(codePoint);
        if (id != UNKNOWN_GLYPH) {
          return glyph(font, id);
        }
      }
      return codePoint == '?' ? glyph(fonts.getFirst(), UNKNOWN_GLYPH) : glyph('?');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Glyph glyph(TrueTypeFont font, int id) throws IOException {
    double scale = size / font.getUnitsPerEm();
    GlyphData data = font.getGlyph().getGlyph(id);
    Shape outline =
        data == null
            ? new Path2D.Double()
            : AffineTransform.getScaleInstance(scale, -scale)
                .createTransformedShape(data.getPath());
    return new Glyph(outline, font.getAdvanceWidth(id) * scale);
  }
}
