package org.sonograph.gallery.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sonograph.gallery.report.Accent;
import org.sonograph.gallery.report.ArtFile;
import org.sonograph.gallery.report.Jpeg;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;

/** The beginning of a take's art, small: as high as all others, as wide as it is long. */
final class Thumbnail {
  static final int HEIGHT = 160;

  /** The widest, three times as wide as high. */
  static final int WIDTH = 3 * HEIGHT;

  private static final float QUALITY = 0.78f;

  private Thumbnail() {}

  /**
   * Writes it, unless it is there and newer than the art; the accent it gives the take's page.
   *
   * @return empty where there is no art
   */
  static Optional<Accent> write(Path take, Path file) throws IOException {
    Optional<Path> art = ArtFile.small(take);
    if (art.isEmpty()) {
      return Optional.empty();
    }
    if (Files.exists(file)
        && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(art.get())) > 0) {
      return Optional.of(Accent.of(Jpeg.decode(Files.readAllBytes(file))));
    }
    Picture whole = ArtFile.read(art.get());
    Picture head = whole.columns(0, Math.min(whole.width(), 3 * whole.height()));
    int width = Math.clamp(Math.round((double) head.width() * HEIGHT / head.height()), 1, WIDTH);
    Picture small = PillowResize.resize(head, width, HEIGHT, PillowResize.Filter.LANCZOS);
    Files.write(file, Jpeg.encode(small, QUALITY, ""));
    return Optional.of(Accent.of(Jpeg.decode(Files.readAllBytes(file))));
  }
}
