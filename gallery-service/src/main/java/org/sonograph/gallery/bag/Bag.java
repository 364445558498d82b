package org.sonograph.gallery.bag;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes a folder as a bag: its files under {@code data}, their SHA-256 in a manifest, which is
 * written line by line. Hidden files and links stay out.
 */
public final class Bag {
  /** There while the bag is being filled; it is no bag yet. */
  static final String UNDER_WAY = ".sonograph-bag-under-way";

  private static final String MANIFEST = "manifest-sha256.txt";
  private static final String TAG_MANIFEST = "tagmanifest-sha256.txt";
  private static final String DECLARATION = "bagit.txt";
  private static final String INFO = "bag-info.txt";

  private final Path folder;
  private final Path to;

  /**
   * What was written.
   *
   * @param files files of the payload
   * @param bytes their size
   * @param takes takes among them
   */
  public record Written(long files, long bytes, long takes) {}

  /** Told of what was written so far. */
  public interface Progress {
    /** A further file is in the bag. */
    void written(Written soFar);
  }

  /**
   * A bag of a folder.
   *
   * @param folder what goes into it
   * @param to the bag, outside of the folder; empty, or one that was broken off
   */
  public Bag(Path folder, Path to) {
    this.folder = folder.toAbsolutePath().normalize();
    this.to = to.toAbsolutePath().normalize();
  }

  /**
   * Fills it.
   *
   * @param source whose it is, for bag-info.txt; may be empty
   * @throws IOException where it cannot be written, or the place holds something else
   */
  public Written write(String source, LocalDate date, Progress progress) throws IOException {
    claim();
    Written written = fill(progress);
    Map<String, String> info = new LinkedHashMap<>();
    if (!source.isEmpty()) {
      info.put("Source-Organization", source);
    }
    info.put("External-Description", "Takes made by Sonograph, " + written.takes() + " of them");
    info.put("Bagging-Date", date.toString());
    info.put("Payload-Oxum", written.bytes() + "." + written.files());
    info.put("Bag-Software-Agent", "Sonograph");
    text(DECLARATION, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    StringBuilder lines = new StringBuilder();
    info.forEach((name, value) -> lines.append(name + ": " + oneLine(value) + "\n"));
    text(INFO, lines.toString());
    StringBuilder tags = new StringBuilder();
    for (String tag : new String[] {INFO, DECLARATION, MANIFEST}) {
      tags.append(CopiedFile.hash(to.resolve(tag))).append("  ").append(tag).append('\n');
    }
    text(TAG_MANIFEST, tags.toString());
    Files.delete(to.resolve(UNDER_WAY));
    return written;
  }

  private void claim() throws IOException {
    if (to.startsWith(folder)) {
      throw new IOException(to + " lies in " + folder + ", expected a folder outside of it");
    }
    if (Files.isDirectory(to) && Files.notExists(to.resolve(UNDER_WAY))) {
      try (Stream<Path> children = Files.list(to)) {
        if (children.findAny().isPresent()) {
          throw new IOException(to + " holds something, expected an empty folder or none");
        }
      }
    }
    Files.createDirectories(to.resolve("data"));
    Files.writeString(to.resolve(UNDER_WAY), "not yet a bag; the same command begins it anew\n");
  }

  private Written fill(Progress progress) throws IOException {
    Path data = to.resolve("data");
    try (Writer manifest = Files.newBufferedWriter(to.resolve(MANIFEST), StandardCharsets.UTF_8)) {
      Payload payload = new Payload(data, manifest, progress);
      Files.walkFileTree(folder, payload);
      payload.removeOthers();
      return payload.written;
    }
  }

  /** Copies a file at a time. */
  private final class Payload extends SimpleFileVisitor<Path> {
    private final Path data;
    private final Writer manifest;
    private final Progress progress;
    private Written written = new Written(0, 0, 0);

    Payload(Path data, Writer manifest, Progress progress) {
      this.data = data;
      this.manifest = manifest;
      this.progress = progress;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
      return isHidden(dir) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (!attributes.isRegularFile() || isHidden(file)) {
        return FileVisitResult.CONTINUE;
      }
      Path relative = folder.relativize(file);
      Path own = data.resolve(relative.toString());
      Files.createDirectories(own.getParent());
      CopiedFile copy = CopiedFile.of(file, own);
      manifest.write(copy.sha256() + "  data/" + manifestName(relative) + "\n");
      boolean isTake = file.getFileName().toString().equals("track.json");
      written =
          new Written(
              written.files + 1, written.bytes + copy.bytes(), written.takes + (isTake ? 1 : 0));
      progress.written(written);
      return FileVisitResult.CONTINUE;
    }

    private boolean isHidden(Path path) {
      return !path.equals(folder) && path.getFileName().toString().startsWith(".");
    }

    /** What an attempt that was broken off had copied, and is gone since. */
    private void removeOthers() throws IOException {
      Files.walkFileTree(
          data,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path own, BasicFileAttributes attributes)
                throws IOException {
              if (Files.notExists(folder.resolve(data.relativize(own).toString()))) {
                Files.delete(own);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    }
  }

  /** A path with slashes; what would break a line is encoded, RFC 8493, 2.1.3. */
  static String manifestName(Path relative) {
    StringBuilder name = new StringBuilder();
    for (Path part : relative) {
      name.append(name.isEmpty() ? "" : "/").append(part);
    }
    return name.toString().replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D");
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private void text(String name, String content) throws IOException {
    Files.write(to.resolve(name), content.getBytes(StandardCharsets.UTF_8));
  }
}
