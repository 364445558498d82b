package org.sonograph.gallery.live;

import java.io.IOException;
import org.sonograph.runtime.ffmpeg.LiveFormat;

/** Starts encoders. */
public interface Encoders {
  /**
   * Starts one for sound of {@link OutputGrid#STANDARD}.
   *
   * @throws IOException where there is none
   */
  Encoder start(LiveFormat format) throws IOException;

  /** An encoder at work. */
  interface Encoder extends AutoCloseable {
    /** Hands it whole frames of interleaved little-endian floats. */
    void write(byte[] frames) throws IOException;

    /** Up to {@code bytes.length} bytes, or -1 at the end. */
    int read(byte[] bytes) throws IOException;

    @Override
    void close();
  }
}
