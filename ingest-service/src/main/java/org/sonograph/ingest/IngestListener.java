package org.sonograph.ingest;

/** Hears how a source is getting on; called on the thread that takes it in. */
public interface IngestListener {
  /** Listens to nothing. */
  IngestListener NONE = new IngestListener() {};

  /**
   * The first pass runs.
   *
   * @param seconds sound measured so far
   * @param ofSeconds what the file says it has; 0 = unknown
   */
  default void measuring(double seconds, double ofSeconds) {}

  /**
   * The track is measured and will be cut.
   *
   * @param samples length at {@code sampleRateHz}
   * @param chunks how many chunks there will be
   */
  default void measured(String take, long samples, int sampleRateHz, long chunks) {}

  /** So many chunks, from the first on, are with the broker. */
  default void sent(String take, long chunks) {}

  /** Sending waits while so many pictures are under way. */
  default void holding(String take, long pictures) {}
}
