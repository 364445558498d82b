package org.sonograph.gallery.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;

/**
 * The two faces of every page: Source Serif 4 for titles and sentences, IBM Plex Mono for numbers
 * and settings. Both under the SIL Open Font License, see {@code fonts/README.md}.
 */
public final class Typefaces {
  /** For titles and sentences. */
  public static final String SERIF = "Source Serif 4";

  /** For numbers and settings. */
  public static final String MONO = "IBM Plex Mono";

  private static final String LATIN =
      "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2212,U+2215";
  private static final String LATIN_EXT = "U+0100-0130,U+0132-0151,U+0154-024F,U+1E00-1EFF";
  private static final String GREEK = "U+0370-03FF";
  private static final String CYRILLIC = "U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116";

  private static final List<Face> FACES =
      List.of(
          new Face(SERIF, "normal", "source-serif-4-latin-400-normal", LATIN),
          new Face(SERIF, "italic", "source-serif-4-latin-400-italic", LATIN),
          new Face(SERIF, "normal", "source-serif-4-latin-ext-400-normal", LATIN_EXT),
          new Face(SERIF, "normal", "source-serif-4-greek-400-normal", GREEK),
          new Face(SERIF, "normal", "source-serif-4-cyrillic-400-normal", CYRILLIC),
          new Face(MONO, "normal", "ibm-plex-mono-latin-400-normal", LATIN),
          new Face(MONO, "normal", "ibm-plex-mono-latin-ext-400-normal", LATIN_EXT),
          new Face(MONO, "normal", "ibm-plex-mono-cyrillic-400-normal", CYRILLIC));

  private Typefaces() {}

  /** A file of glyphs, and the characters it has: CSS's {@code unicode-range}. */
  private record Face(String family, String style, String file, String range) {
    boolean serves(String text) {
      return text.codePoints().anyMatch(this::has);
    }

    private boolean has(int codePoint) {
      for (String part : range.split(",")) {
        String[] ends = part.substring(2).split("-");
        int from = Integer.parseInt(ends[0], 16);
        int to = ends.length > 1 ? Integer.parseInt(ends[1], 16) : from;
        if (codePoint >= from && codePoint <= to) {
          return true;
        }
      }
      return false;
    }
  }

  /** {@code @font-face} rules that hold the faces as far as a text needs them. */
  public static String css(String text) {
    StringBuilder css = new StringBuilder();
    for (Face face : FACES) {
      if (face.serves(text)) {
        css.append(
            "@font-face{font-family:\"%s\";font-style:%s;font-weight:400;unicode-range:%s;src:url(data:font/woff;base64,%s)}\n"
                .formatted(
                    face.family,
                    face.style,
                    face.range,
                    Base64.getEncoder().encodeToString(woff(face.file))));
      }
    }
    return css.toString();
  }

  /** The upright files of a face, WOFF 1, the most used one first. */
  public static List<byte[]> upright(String family) {
    return FACES.stream()
        .filter(f -> f.family.equals(family) && f.style.equals("normal"))
        .map(f -> woff(f.file))
        .toList();
  }

  private static byte[] woff(String file) {
    String path = "/org/sonograph/gallery/fonts/" + file + ".woff";
    try (InputStream in = Typefaces.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is not in the program");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
