package org.sonograph.runtime.ffmpeg;

import java.io.IOException;
import java.util.Optional;

/** Sound as FFmpeg decodes it: 32-bit float, interleaved, at its own rate. Read by one thread. */
public interface DecodedSound extends AutoCloseable {
  int sampleRateHz();

  int channels();

  /**
   * Reads the next frames.
   *
   * @param interleaved room for at least one frame
   * @return frames read, at least 1, or -1 at the end
   */
  int read(float[] interleaved) throws IOException;

  /** After the end: why no more bytes came, where that was no proper end. */
  default Optional<IOException> lost() {
    return Optional.empty();
  }

  /** Ends the child process. */
  @Override
  void close();
}
