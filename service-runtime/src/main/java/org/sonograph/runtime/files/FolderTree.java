package org.sonograph.runtime.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Whole folders, with all that is in them. */
public final class FolderTree {
  private FolderTree() {}

  /** Removes a file, or a folder with all that is in it; links go, not what they lead to. */
  public static void remove(Path path) throws IOException {
    try (Stream<Path> tree = Files.walk(path)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
