package org.sonograph.ingest.source;

import java.nio.file.Path;

/**
 * A file to be read.
 *
 * @param file where its bytes are
 * @param givenPath path as it was given, relative where it was relative
 * @param name file name without its folders
 * @param folder the folders between what was named and the file, between slashes; "" where there
 *     are none
 */
public record SourceFile(Path file, String givenPath, String name, String folder) {
  /** A file that was itself what was named. */
  public SourceFile(Path file, String givenPath, String name) {
    this(file, givenPath, name, "");
  }

  /** A file as it was named on a command line. */
  public static SourceFile of(Path given) {
    return new SourceFile(given, given.toString(), given.getFileName().toString());
  }

  /** A file below a folder that was named. */
  static SourceFile below(Path root, Path file) {
    Path folder = root.relativize(file).getParent();
    return new SourceFile(
        file,
        file.toString(),
        file.getFileName().toString(),
        folder == null ? "" : folder.toString().replace('\\', '/'));
  }

  /** The same, as one below another folder than the one that was named. */
  public SourceFile in(String other) {
    return new SourceFile(file, givenPath, name, other);
  }

  /** Its path below what was named. */
  public String path() {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  /** The given path on one line, fit for a message. */
  public String shown() {
    return SafeName.of(givenPath);
  }
}
