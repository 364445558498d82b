package org.sonograph.gallery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.sonograph.gallery.report.ArtFile;
import org.sonograph.gallery.report.Jpeg;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;

/** The picture that a sound file carries: the first art of its take, as a JPEG that is small. */
final class CoverArt {
  /** Longest side, pixels. */
  private static final int SIDE = 512;

  /** Ogg carries it as a tag, in base 64, which has to fit an argument of a command. */
  private static final int MOST_BYTES = 80_000;

  private static final float BEST_QUALITY = 0.88f;
  private static final float QUALITY_STEP = 0.12f;

  private CoverArt() {}

  /** Of a take's folder; empty where nothing was painted or the picture cannot be read. */
  static Optional<byte[]> of(Path take) {
    Optional<Path> art = ArtFile.of(take, 0);
    if (art.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(encoded(ArtFile.read(art.get())));
    } catch (IOException e) {
      return Optional.empty(); // the sound matters more than its cover
    }
  }

  private static byte[] encoded(Picture art) throws IOException {
    double scale = Math.min(1, SIDE / (double) Math.max(art.width(), art.height()));
    Picture small =
        PillowResize.resize(
            art,
            Math.max(1, (int) Math.round(art.width() * scale)),
            Math.max(1, (int) Math.round(art.height() * scale)),
            PillowResize.Filter.LANCZOS);
    float quality = BEST_QUALITY;
    byte[] jpeg = Jpeg.encode(small, quality, "");
    while (jpeg.length > MOST_BYTES && quality > QUALITY_STEP) {
      quality -= QUALITY_STEP;
      jpeg = Jpeg.encode(small, quality, "");
    }
    return jpeg;
  }
}
