package org.sonograph.runtime.ffmpeg;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * An FFmpeg process that encodes sound without an end. One thread writes, another one reads, or the
 * two wait for each other.
 */
public final class LiveEncoder implements AutoCloseable {
  /** A stream goes on for months; encoding a day of it takes minutes. */
  static final Duration CPU = Duration.ofDays(365);

  private final ChildProcess child;
  private final OutputStream feed;

  LiveEncoder(ChildProcess child) {
    this.child = child;
    this.feed = child.feed();
  }

  /** Hands it whole frames of interleaved little-endian floats. */
  public void write(byte[] frames) throws IOException {
    feed.write(frames);
    feed.flush();
  }

  /** Tells it that no more comes: what it still has is read to the end. */
  public void finish() throws IOException {
    feed.close();
  }

  /** Up to {@code bytes.length} bytes of what is encoded, or -1 at the end. */
  public int read(byte[] bytes) throws IOException {
    return child.read(bytes, 0, bytes.length);
  }

  /** Why it ended; empty where it was told to. */
  public Optional<String> failure() throws IOException {
    return child.failure();
  }

  @Override
  public void close() {
    child.close();
  }
}
