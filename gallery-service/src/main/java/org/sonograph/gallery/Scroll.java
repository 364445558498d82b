package org.sonograph.gallery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.sonograph.gallery.report.ArtFile;
import org.sonograph.gallery.report.Jpeg;
import org.sonograph.runtime.provenance.Xmp;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;
import org.sonograph.signal.picture.PngCodec;

/**
 * The art of a whole track as one strip, cut into files no wider than viewers take, with a small
 * one to see it all.
 */
final class Scroll {
  private static final int SMALL_HEIGHT = 128;
  private static final int SMALL_MAX_WIDTH = 8192;

  private final Path folder;
  private final PictureGrid grid;
  private final Form form;
  private final SequencedMap<String, String> text = new LinkedHashMap<>();
  private final List<String> files = new ArrayList<>();
  private final List<Picture> small = new ArrayList<>();
  private int height;
  private int artWidth;
  private long endPixel;
  private long donePixels;
  private byte[] sheet = new byte[0];
  private int sheetWidth;
  private int sheetFilled;

  /**
   * The form of the files.
   *
   * @param maxWidth widest, pixels
   * @param isLean JPEG in place of PNG
   */
  record Form(int maxWidth, boolean isLean) {}

  Scroll(Path folder, PictureGrid grid, Form form, SoundLabel label) {
    this.folder = folder;
    this.grid = grid;
    this.form = form;
    text.put("Title", label.title());
    text.put("Software", SoundLabel.SOFTWARE);
    text.put(Xmp.PNG_KEYWORD, label.toXmp().packet());
  }

  /**
   * Writes the strip; pictures that are missing are black. Returns the names of the files, none
   * where there is no picture at all.
   */
  List<String> write(long pictures) throws IOException {
    Optional<Picture> first = Optional.empty();
    for (long chunk = 0; chunk < pictures && first.isEmpty(); chunk++) {
      first = read(chunk);
    }
    if (first.isEmpty()) {
      return List.of();
    }
    height = first.get().height();
    artWidth = first.get().width();
    int stride = Math.max(1, Math.toIntExact(scaled(grid.strideColumns())));
    endPixel = Math.clamp(scaled(grid.endColumn()), 1, (pictures - 1) * stride + artWidth);
    startSheet();
    Picture before = fitted(read(0));
    for (long chunk = 0; chunk < pictures; chunk++) {
      boolean isLast = chunk == pictures - 1;
      int head = chunk == 0 || stride >= artWidth ? 0 : artWidth - stride;
      int body = isLast ? artWidth : Math.min(stride, artWidth);
      if (body > head) {
        append(before.columns(head, body - head));
      }
      if (!isLast) {
        Picture next = fitted(read(chunk + 1));
        int overlap = artWidth - stride;
        if (overlap > 0) {
          append(PictureSeam.join(before.columns(stride, overlap), next.columns(0, overlap)));
        }
        before = next;
      }
    }
    if (sheetFilled > 0) {
      endSheet();
    }
    writeSmall();
    return files;
  }

  private long scaled(long columns) {
    return Math.ceilDiv(columns * artWidth, (long) grid.widthColumns());
  }

  private Optional<Picture> read(long chunk) throws IOException {
    Optional<Path> file = ArtFile.of(folder, chunk);
    try {
      return file.isEmpty() ? Optional.empty() : Optional.of(ArtFile.read(file.get()));
    } catch (ArtFile.DamagedException e) {
      return Optional.empty();
    }
  }

  private Picture fitted(Optional<Picture> picture) {
    return picture
        .map(p -> PillowResize.resize(p, artWidth, height, PillowResize.Filter.LANCZOS))
        .orElseGet(() -> Picture.rgb(artWidth, height, new byte[artWidth * height * 3]));
  }

  private void append(Picture strip) throws IOException {
    int from = 0;
    while (from < strip.width() && donePixels < endPixel) {
      int count = Math.min(strip.width() - from, sheetWidth - sheetFilled);
      for (int y = 0; y < height; y++) {
        System.arraycopy(
            strip.samples(),
            (y * strip.width() + from) * 3,
            sheet,
            (y * sheetWidth + sheetFilled) * 3,
            count * 3);
      }
      from += count;
      sheetFilled += count;
      donePixels += count;
      if (sheetFilled == sheetWidth) {
        endSheet();
      }
    }
  }

  private void startSheet() {
    sheetWidth = (int) Math.min(form.maxWidth, endPixel - donePixels);
    sheet = new byte[sheetWidth * height * 3];
    sheetFilled = 0;
  }

  private void endSheet() throws IOException {
    Picture whole = Picture.rgb(sheetWidth, height, sheet);
    if (sheetFilled < sheetWidth) {
      whole = whole.columns(0, sheetFilled);
    }
    put(files.isEmpty() ? "scroll" : "scroll-%03d".formatted(files.size() + 1), whole);
    addSmall(whole);
    startSheetIfMore();
  }

  private void startSheetIfMore() {
    sheet = new byte[0];
    sheetFilled = 0;
    if (donePixels < endPixel) {
      startSheet();
    }
  }

  private void addSmall(Picture whole) {
    long from = donePixels - whole.width();
    int width = smallColumn(donePixels) - smallColumn(from);
    if (width > 0) {
      small.add(PillowResize.resize(whole, width, smallHeight(), PillowResize.Filter.LANCZOS));
    }
  }

  private int smallHeight() {
    return Math.min(SMALL_HEIGHT, height);
  }

  /** Where a column of the strip lies in the small one; the last one ends at least one pixel in. */
  private int smallColumn(long column) {
    long width = Math.clamp(endPixel * smallHeight() / height, 1, SMALL_MAX_WIDTH);
    return (int) (column * width / endPixel);
  }

  private void writeSmall() throws IOException {
    int width = small.stream().mapToInt(Picture::width).sum();
    byte[] all = new byte[width * smallHeight() * 3];
    int x = 0;
    for (Picture part : small) {
      for (int y = 0; y < smallHeight(); y++) {
        System.arraycopy(
            part.samples(), y * part.width() * 3, all, (y * width + x) * 3, part.width() * 3);
      }
      x += part.width();
    }
    put("scroll-small", Picture.rgb(width, smallHeight(), all));
  }

  private void put(String name, Picture picture) throws IOException {
    String file = name + (form.isLean ? ".jpg" : ".png");
    DurableFiles.write(
        folder.resolve(file),
        form.isLean
            ? Jpeg.encode(picture, LeanPicture.QUALITY, text.get(Xmp.PNG_KEYWORD))
            : PngCodec.encode(picture, text));
    files.add(file);
  }
}
