package org.sonograph.ingest.source;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import javax.imageio.stream.ImageInputStream;
import org.sonograph.runtime.ffmpeg.Container;
import org.sonograph.runtime.ffmpeg.Probe;
import org.sonograph.runtime.ffmpeg.UnreadableSoundException;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngLimits;
import org.sonograph.signal.spectrogram.SpectrogramProfile;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A picture from outside: PNG, JPEG, GIF, BMP or TIFF.
 *
 * @param file the file
 * @param width its width, pixels
 * @param height its height, pixels
 * @param text what it says about itself, by lower-case keyword
 */
public record PictureFile(Path file, int width, int height, Map<String, String> text) {
  private static final Set<String> FORMATS =
      Set.of("png", "jpeg", "jpg", "gif", "bmp", "tif", "tiff");
  private static final PngLimits LIMITS = PngLimits.DEFAULT;

  /** Work that an open reader is good for. */
  private interface Use<T> {
    T with(ImageReader reader) throws IOException;
  }

  /**
   * Looks at a file.
   *
   * @return empty where it is no picture of these formats
   * @throws UnreadableSoundException where it is a picture that cannot be taken; ends "NAME ..."
   */
  public static Optional<PictureFile> look(Path file) throws IOException {
    return read(
        file,
        reader -> {
          int width = reader.getWidth(0);
          int height = reader.getHeight(0);
          if (Math.max(width, height) > LIMITS.maxSide()
              || (long) width * height > LIMITS.maxPixels()) {
            throw new UnreadableSoundException(
                "is a picture of %dx%d pixels, expected at most %d a side and %d million in all: make it smaller, or cut it"
                    .formatted(width, height, LIMITS.maxSide(), LIMITS.maxPixels() >> 20));
          }
          return new PictureFile(file, width, height, text(reader.getImageMetadata(0)));
        });
  }

  /** The file of a source that was looked at. */
  public static PictureFile of(IdentifiedSource source) throws IOException {
    return look(source.source().file())
        .orElseThrow(() -> new UnreadableSoundException("is no picture any more"));
  }

  /** What it is as a source; its length is that in {@code tape}, another profile's differs. */
  Probe probe() {
    SpectrogramProfile tape = SpectrogramProfile.TAPE;
    double columns = (double) width * tape.height() / height;
    return new Probe(
        Container.PICTURE,
        "picture",
        tape.sampleRateHz(),
        1,
        columns * tape.hopSamples() / tape.sampleRateHz(),
        text);
  }

  /** Its pixels; of a picture far higher than needed, only some of them; what is clear is black. */
  public Picture pixels(int neededHeight) throws IOException {
    return read(
            file,
            reader -> {
              ImageReadParam some = reader.getDefaultReadParam();
              int step = Math.max(1, height / (2 * neededHeight));
              some.setSourceSubsampling(step, step, 0, 0);
              return picture(reader.read(0, some));
            })
        .orElseThrow(() -> new UnreadableSoundException("is no picture any more"));
  }

  private static <T> Optional<T> read(Path file, Use<T> use) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Optional<ImageReader> found = in == null ? Optional.empty() : reader(in);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      ImageReader reader = found.get();
      try {
        reader.setInput(in);
        return Optional.of(use.with(reader));
      } catch (IIOException | IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new UnreadableSoundException(
            "is a picture that cannot be read: %s".formatted(e.getMessage()));
      } finally {
        reader.dispose();
      }
    }
  }

  /** By the first bytes, not by the name; not every format that is there is told apart well. */
  private static Optional<ImageReader> reader(ImageInputStream in) throws IOException {
    for (Iterator<ImageReader> all = ImageIO.getImageReaders(in); all.hasNext(); ) {
      ImageReader reader = all.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return Optional.of(reader);
      }
      reader.dispose();
    }
    return Optional.empty();
  }

  private static Map<String, String> text(IIOMetadata metadata) {
    Map<String, String> text = new HashMap<>();
    if (metadata != null && metadata.isStandardMetadataFormatSupported()) {
      Element root = (Element) metadata.getAsTree(IIOMetadataFormatImpl.standardMetadataFormatName);
      NodeList entries = root.getElementsByTagName("TextEntry");
      for (int i = 0; i < entries.getLength(); i++) {
        Element entry = (Element) entries.item(i);
        text.putIfAbsent(
            entry.getAttribute("keyword").toLowerCase(Locale.ROOT), entry.getAttribute("value"));
      }
    }
    return text;
  }

  private static Picture picture(BufferedImage read) {
    BufferedImage image =
        new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.BLACK);
    g.drawImage(read, 0, 0, Color.BLACK, null);
    g.dispose();
    int width = image.getWidth();
    int[] row = new int[width];
    byte[] samples = new byte[3 * width * image.getHeight()];
    int o = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int rgb : row) {
        samples[o++] = (byte) (rgb >> 16);
        samples[o++] = (byte) (rgb >> 8);
        samples[o++] = (byte) rgb;
      }
    }
    return Picture.rgb(width, image.getHeight(), samples);
  }
}
