package org.sonograph.gallery.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngException;
import org.sonograph.signal.picture.PngLimits;

/** Pictures of a take, as PNG or, where it was made to be lean, as JPEG. */
public final class ArtFile {
  /** Folder of a take that holds its art. */
  public static final String FOLDER = "art";

  private ArtFile() {}

  /** The art of one chunk, where it is there. */
  public static Optional<Path> of(Path take, long chunk) {
    String name = "%06d".formatted(chunk);
    return Stream.of(name + ".png", name + ".jpg")
        .map(take.resolve(FOLDER)::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /**
   * The small strip of the whole, or else the first picture.
   *
   * @param take the take's folder
   */
  public static Optional<Path> small(Path take) {
    return Stream.concat(
            Stream.of(take.resolve("scroll-small.png")).filter(Files::isRegularFile),
            of(take, 0).stream())
        .findFirst();
  }

  /** Reads a picture in colour. */
  public static Picture read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      return file.getFileName().toString().endsWith(".jpg")
          ? Jpeg.decode(bytes)
          : PngCodec.decode(bytes, PngLimits.DEFAULT).picture().toRgb();
    } catch (PngException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
