package org.sonograph.runtime.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders, with all that is in them. */
public final class FolderTree {
  private FolderTree() {}

  /** Removes a file, or a folder with all that is in it; links go, not what they lead to. */
  public static void remove(Path path) throws IOException {
    for (Path each : all(path).reversed()) {
      Files.deleteIfExists(each);
    }
  }

  /** Size of a file, or of all files in a folder; links count nothing. */
  public static long bytes(Path path) throws IOException {
    long sum = 0;
    for (Path each : all(path)) {
      if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
        sum += Files.size(each);
      }
    }
    return sum;
  }

  /** Folders before what is in them. */
  private static List<Path> all(Path path) throws IOException {
    try (Stream<Path> tree = Files.walk(path)) {
      return tree.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
