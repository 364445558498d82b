package org.sonograph.gallery;

/** What has been collected of one reading of a take. */
final class ReadingState {
  private final String name;
  private final ChunkSet received;
  private int sampleRateHz;
  private int channels;
  private long samples;
  private long lastChunk = -1;
  private String file = "";

  ReadingState(String name) {
    this(name, new ChunkSet());
  }

  ReadingState(String name, ChunkSet received) {
    this.name = name;
    this.received = received;
  }

  String name() {
    return name;
  }

  ChunkSet received() {
    return received;
  }

  /** 0 while nothing says. */
  int sampleRateHz() {
    return sampleRateHz;
  }

  /** 0 until the first sound: silence has no channels of its own. */
  int channels() {
    return channels;
  }

  /** Length so far, samples a channel. */
  long samples() {
    return samples;
  }

  /** Number of the last chunk; -1 while it has not come. */
  long lastChunk() {
    return lastChunk;
  }

  /** Name of the finished file in the take's folder; "" while there is none. */
  String file() {
    return file;
  }

  void setRate(int rateHz) {
    sampleRateHz = rateHz;
  }

  void setChannels(int count) {
    channels = count;
  }

  void setFile(String name) {
    file = name;
  }

  void growTo(long end) {
    samples = Math.max(samples, end);
  }

  void endAt(long chunk) {
    lastChunk = chunk;
  }

  /** Every chunk up to the last has come, as sound or as silence. */
  boolean isWhole() {
    return lastChunk >= 0 && received.size() >= lastChunk + 1;
  }
}
