package org.sonograph.gallery.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;

/** The art of a whole track, from the sheets of its scroll. */
public final class TakeArt {
  private TakeArt() {}

  /**
   * The files that hold the art from left to right, at least one.
   *
   * @param folder the take's
   */
  public static List<Path> sheets(Path folder) throws IOException {
    List<Path> sheets = new ArrayList<>();
    Optional<Path> next = first(folder);
    while (next.isPresent()) {
      sheets.add(next.get());
      next = ArtFile.named(folder, "scroll-%03d".formatted(sheets.size() + 1));
    }
    if (sheets.isEmpty()) {
      throw new IOException(folder + " has no scroll, expected the art of the whole track");
    }
    return sheets;
  }

  /** The file with which the art begins, where there is one. */
  public static Optional<Path> first(Path folder) {
    return ArtFile.named(folder, "scroll");
  }

  /** One sheet, in colour. */
  public static Picture sheet(Path file) throws IOException {
    return ArtFile.read(file);
  }

  /**
   * The whole track as one picture in colour, scaled evenly; never larger than it is.
   *
   * @param folder the take's
   * @param maxHeight highest it may be, pixels
   * @param maxWidth widest it may be, pixels; a longer track loses height
   */
  static Picture within(Path folder, int maxHeight, int maxWidth) throws IOException {
    List<Picture> sheets = new ArrayList<>();
    long width = 0;
    for (Path file : sheets(folder)) {
      Picture sheet = sheet(file);
      width += sheet.width();
      sheets.add(sheet);
    }
    int height = sheets.getFirst().height();
    double scale = Math.min(1, Math.min(maxHeight / (double) height, maxWidth / (double) width));
    return joined(sheets, Math.max(1, (int) Math.round(height * scale)), scale);
  }

  private static Picture joined(List<Picture> sheets, int height, double scale) {
    List<Picture> small = new ArrayList<>();
    int width = 0;
    for (Picture sheet : sheets) {
      int sheetWidth = Math.max(1, (int) Math.round(sheet.width() * scale));
      small.add(PillowResize.resize(sheet, sheetWidth, height, PillowResize.Filter.LANCZOS));
      width += sheetWidth;
    }
    byte[] all = new byte[width * height * 3];
    int at = 0;
    for (Picture sheet : small) {
      for (int y = 0; y < height; y++) {
        System.arraycopy(
            sheet.samples(), y * sheet.width() * 3, all, (y * width + at) * 3, sheet.width() * 3);
      }
      at += sheet.width();
    }
    return Picture.rgb(width, height, all);
  }
}
