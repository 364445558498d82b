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

  private static final String JPEG = ".jpg";

  private ArtFile() {}

  /** Tells of a file that is there and is no picture. */
  public static final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedException(Path file, Exception cause) {
      super(file + " cannot be read: " + cause.getMessage(), cause);
    }
  }

  /** The art of one chunk, where it is there. */
  public static Optional<Path> of(Path take, long chunk) {
    return named(take.resolve(FOLDER), "%06d".formatted(chunk));
  }

  /** A picture of that name, whichever form it has. */
  public static Optional<Path> named(Path folder, String name) {
    return Stream.of(name + ".png", name + JPEG)
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /**
   * The small strip of the whole, or else the first picture.
   *
   * @param take the take's folder
   */
  public static Optional<Path> small(Path take) {
    return Stream.concat(named(take, "scroll-small").stream(), of(take, 0).stream()).findFirst();
  }

  /** Reads a picture in colour. */
  public static Picture read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      return file.getFileName().toString().endsWith(JPEG)
          ? Jpeg.decode(bytes)
          : PngCodec.decode(bytes, PngLimits.DEFAULT).picture().toRgb();
    } catch (PngException | IOException e) {
      throw new DamagedException(file, e);
    }
  }
}
