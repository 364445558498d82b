package org.sonograph.runtime.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Small files that are there whole or not at all, as long as one process writes them and the system
 * does not go down.
 */
public final class WholeFile {
  /** How a file is called until it is whole: this after its name, a dot before it. */
  public static final String PARTIAL = ".partial";

  private WholeFile() {}

  /** Writes a file beside its place and puts it there at once; an earlier one is replaced. */
  public static void write(Path file, byte[] content) throws IOException {
    Path partial = partial(file);
    Files.write(partial, content);
    show(partial, file);
  }

  /** As {@link #write(Path, byte[])}, in UTF-8. */
  public static void write(Path file, String content) throws IOException {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Hidden neighbour in which a file is made. */
  public static Path partial(Path file) {
    return file.resolveSibling("." + file.getFileName() + PARTIAL);
  }

  /** Puts a file that was made beside its place there, in place of an earlier one. */
  public static void show(Path partial, Path file) throws IOException {
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
