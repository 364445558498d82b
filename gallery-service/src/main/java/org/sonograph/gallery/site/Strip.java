package org.sonograph.gallery.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.sonograph.gallery.report.TakeArt;

/**
 * The whole art of a take, from left to right.
 *
 * @param sheets its files
 * @param ratio width of all by their height
 */
record Strip(List<Path> sheets, double ratio) {
  private static final Strip NONE = new Strip(List.of(), 0);

  /** Of a take's folder; no sheet where nothing was painted. */
  static Strip of(Path take) throws IOException {
    if (TakeArt.first(take).isEmpty()) {
      return NONE;
    }
    List<Path> sheets = TakeArt.sheets(take);
    double ratio = 0;
    for (Path sheet : sheets) {
      ratio += ratio(sheet);
    }
    return new Strip(sheets, ratio);
  }

  /** Width by height, without reading the picture. */
  private static double ratio(Path sheet) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(sheet.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException(sheet + " is no picture");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        return (double) reader.getWidth(0) / reader.getHeight(0);
      } finally {
        reader.dispose();
      }
    }
  }
}
