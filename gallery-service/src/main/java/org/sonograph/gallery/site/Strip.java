package org.sonograph.gallery.site;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sonograph.gallery.report.TakeArt;

/**
 * The whole art of a take, from left to right.
 *
 * @param sheets its files
 * @param ratio width of all by their height
 */
record Strip(List<Path> sheets, double ratio) {
  private static final Strip NONE = new Strip(List.of(), 0);
  private static final int WIDTH_AT = 16;

  /** Of a take's folder; no sheet where nothing was painted. */
  static Strip of(Path take) throws IOException {
    if (Files.notExists(take.resolve("scroll.png"))) {
      return NONE;
    }
    List<Path> sheets = TakeArt.sheets(take);
    double ratio = 0;
    for (Path sheet : sheets) {
      try (DataInputStream png = new DataInputStream(Files.newInputStream(sheet))) {
        png.skipNBytes(WIDTH_AT);
        ratio += (double) png.readInt() / png.readInt();
      }
    }
    return new Strip(sheets, ratio);
  }
}
