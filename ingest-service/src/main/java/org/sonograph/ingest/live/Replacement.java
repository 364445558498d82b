package org.sonograph.ingest.live;

/** What is heard while a source is lost. Belongs to one thread. */
interface Replacement extends AutoCloseable {
  /** It will be asked from now on. */
  default void begin() {}

  /** The source is heard alone again. */
  default void end() {}

  /** The next samples. */
  float[][] next(int count);

  /** Samples of the source as they are heard, faded where the source comes and goes. */
  default void heard(float[][] samples) {}

  @Override
  default void close() {}

  /** Silence. */
  static Replacement silence(int channels) {
    return count -> new float[channels][count];
  }
}
