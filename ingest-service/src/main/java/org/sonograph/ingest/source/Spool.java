package org.sonograph.ingest.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Turns streams into files, in the data folder: a temporary folder is memory on many systems. */
public final class Spool {
  private static final String SUFFIX = ".spool";

  /** Pace below which a stream is given up, and the time before that is asked. */
  private static final long LEAST_BYTES_A_SECOND = 1024;

  private static final long GRACE_NS = 30_000_000_000L;

  private final Path folder;
  private final long maxBytes;
  private final Quota quota;
  private final LongSupplier nanoTime;
  private final AtomicLong arriving = new AtomicLong();

  /**
   * What all that arrives and waits may take of the disk.
   *
   * @param maxBytes the limit
   * @param waiting folder of what has arrived and still waits
   */
  public record Quota(long maxBytes, Path waiting) {
    private long waitingBytes() throws IOException {
      if (!Files.isDirectory(waiting)) {
        return 0;
      }
      try (Stream<Path> files = Files.walk(waiting)) {
        return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      } catch (UncheckedIOException e) {
        return waitingBytes(); // one was sent and removed meanwhile
      }
    }
  }

  /** A spool without a quota. */
  public Spool(Path folder, long maxBytes) {
    this(folder, maxBytes, new Quota(Long.MAX_VALUE, folder.resolve("none")));
  }

  /** A spool that shares the disk with what waits. */
  public Spool(Path folder, long maxBytes, Quota quota) {
    this(folder, maxBytes, quota, System::nanoTime);
  }

  Spool(Path folder, long maxBytes, Quota quota, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.quota = quota;
  }

  /**
   * Copies a stream to its end.
   *
   * @throws SpoolLimitException when it is longer than the limit, all together than the quota, or
   *     too slow; nothing is left then
   */
  public Path take(InputStream stream) throws IOException {
    Files.createDirectories(folder);
    Path file = Files.createTempFile(folder, "sound", SUFFIX);
    boolean whole = false;
    long total = 0;
    long room = quota.maxBytes() - quota.waitingBytes();
    long begun = nanoTime.getAsLong();
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] bytes = new byte[1 << 16];
      for (int n = stream.read(bytes); n >= 0; n = stream.read(bytes)) {
        total += n;
        boolean hasRoom = arriving.addAndGet(n) <= room;
        if (total > maxBytes) {
          throw SpoolLimitException.ofOne(maxBytes);
        }
        if (!hasRoom) {
          throw SpoolLimitException.ofAll(quota.maxBytes());
        }
        long elapsed = nanoTime.getAsLong() - begun;
        if (elapsed > GRACE_NS && total < elapsed / 1e9 * LEAST_BYTES_A_SECOND) {
          throw SpoolLimitException.ofSlow(LEAST_BYTES_A_SECOND);
        }
        out.write(bytes, 0, n);
      }
      whole = true;
    } finally {
      arriving.addAndGet(-total);
      if (!whole) {
        Files.deleteIfExists(file);
      }
    }
    return file;
  }

  /** Longest stream that is taken, bytes. */
  public long maxBytes() {
    return maxBytes;
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
