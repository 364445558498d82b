package org.sonograph.ingest.source;

import java.nio.file.Path;

/**
 * A file to be read.
 *
 * @param file where its bytes are
 * @param givenPath path as it was given, relative where it was relative
 * @param name file name without its folders
 */
public record SourceFile(Path file, String givenPath, String name) {

  /** A file as it was named on a command line. */
  public static SourceFile of(Path given) {
    return new SourceFile(given, given.toString(), given.getFileName().toString());
  }

  /** The given path on one line, fit for a message. */
  public String shown() {
    return SafeName.of(givenPath);
  }
}
