package org.sonograph.gallery;

import java.io.IOException;
import java.nio.file.Path;

/** Turns a finished WAV into another file format. */
interface SoundEncoder {
  /** The program that does it, and its version. */
  default String program() {
    return "";
  }

  /**
   * Encodes a file, with its label as tags.
   *
   * @param target a new file; its name does not tell its format
   * @throws IOException where the sound cannot be encoded or written
   */
  void encode(Path wav, Path target, OutputFormat format, SoundLabel label)
      throws IOException, InterruptedException;
}
