package org.sonograph.ingest.live;

import java.io.IOException;
import java.util.Optional;

/** The sound of a source that is open, as it comes. Read by one thread; closed by any. */
interface LiveFeed extends AutoCloseable {
  int sampleRateHz();

  int channels();

  /**
   * Waits for the next samples, interleaved frames; empty where the source has ended.
   *
   * @throws IOException where it was lost; the message ends "the source ..."
   */
  Optional<float[]> read() throws IOException;

  @Override
  void close();
}
