package org.sonograph.ingest.source;

/** One thing found among the inputs, in their order. */
public sealed interface SourceEntry {

  /** A file to try. */
  record Found(SourceFile source) implements SourceEntry {}

  /**
   * Something that cannot be read.
   *
   * @param given its path as it was given, or below what was given
   * @param message one line, which begins with the name
   */
  record Problem(String given, String message) implements SourceEntry {}

  /** Files in a folder that do not claim to be sound, such as cover pictures. */
  record Skipped(String folder, int files) implements SourceEntry {}
}
