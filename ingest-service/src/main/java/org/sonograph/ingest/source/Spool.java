package org.sonograph.ingest.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Turns streams into files, in the data folder: a temporary folder is memory on many systems. */
public final class Spool {
  private static final String SUFFIX = ".spool";

  private final Path folder;
  private final long maxBytes;

  public Spool(Path folder, long maxBytes) {
    this.folder = folder;
    this.maxBytes = maxBytes;
  }

  /**
   * Copies a stream to its end.
   *
   * @throws SpoolLimitException when it is longer than the limit; nothing is left then
   */
  public Path take(InputStream stream) throws IOException {
    Files.createDirectories(folder);
    Path file = Files.createTempFile(folder, "sound", SUFFIX);
    boolean whole = false;
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] bytes = new byte[1 << 16];
      long total = 0;
      for (int n = stream.read(bytes); n >= 0; n = stream.read(bytes)) {
        total += n;
        if (total > maxBytes) {
          throw new SpoolLimitException(maxBytes);
        }
        out.write(bytes, 0, n);
      }
      whole = true;
    } finally {
      if (!whole) {
        Files.deleteIfExists(file);
      }
    }
    return file;
  }

  /** Removes a spooled file; any other is left alone. */
  public void release(Path file) throws IOException {
    if (folder.equals(file.getParent()) && file.toString().endsWith(SUFFIX)) {
      Files.deleteIfExists(file);
    }
  }

  /** Removes what an earlier process left behind. */
  public void clear() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        release(file);
      }
    }
  }
}
