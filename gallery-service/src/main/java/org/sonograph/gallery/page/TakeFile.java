package org.sonograph.gallery.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file that may be given out: one of a take's folder, or of its folders of pictures, under a
 * plain name, and no link.
 *
 * @param path where it lies
 * @param size bytes
 * @param tag changes when the file does
 */
record TakeFile(Path path, long size, String tag) {
  private static final Pattern PLAIN =
      Pattern.compile("[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]{0,199}");
  private static final Pattern PICTURE = Pattern.compile("(art|spectrogram)/\\d{6,9}\\.png");

  /** Art of a lean take is asked for by the usual name. */
  private static final Pattern ART = Pattern.compile("(art/\\d{6,9}|scroll[-0-9a-z]*)\\.png");

  private static final String BYTES = "application/octet-stream";

  /** What browsers may show by themselves; anything else is only ever saved. */
  private static final Map<String, String> SHOWN =
      Map.of(
          "png", "image/png",
          "jpg", "image/jpeg",
          "wav", "audio/wav",
          "flac", "audio/flac",
          "mp3", "audio/mpeg",
          "ogg", "audio/ogg",
          "opus", "audio/ogg",
          "json", "application/json");

  /** The file of that name, empty where it may not be given or is not there. */
  static Optional<TakeFile> find(Path folder, String name) {
    if (!PLAIN.matcher(name).matches() && !PICTURE.matcher(name).matches()) {
      return Optional.empty();
    }
    try {
      Path file = kept(folder, name).normalize();
      if (!file.startsWith(folder)
          || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || !file.toRealPath().startsWith(folder.toRealPath())) {
        return Optional.empty();
      }
      return Optional.of(of(file));
    } catch (IOException | java.nio.file.InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Path kept(Path folder, String name) {
    Path file = folder.resolve(name);
    return Files.notExists(file) && ART.matcher(name).matches()
        ? folder.resolve(name.substring(0, name.length() - ".png".length()) + ".jpg")
        : file;
  }

  static TakeFile of(Path file) throws IOException {
    long size = Files.size(file);
    long time = Files.getLastModifiedTime(file).toMillis();
    return new TakeFile(
        file, size, "\"%s-%s\"".formatted(Long.toHexString(time), Long.toHexString(size)));
  }

  String type() {
    return SHOWN.getOrDefault(ending(), BYTES);
  }

  boolean isShown() {
    return SHOWN.containsKey(ending());
  }

  private String ending() {
    String name = path.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
