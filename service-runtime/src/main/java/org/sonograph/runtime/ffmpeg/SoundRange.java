package org.sonograph.runtime.ffmpeg;

/** Rates and channels that recordings have; a header can claim anything. */
final class SoundRange {
  private static final int LEAST_HZ = 1_000;
  private static final int MOST_HZ = 768_000;
  private static final int MOST_CHANNELS = 64;

  private SoundRange() {}

  /** Refuses what no recording has, before anything is allocated for it. */
  static void require(int sampleRateHz, int channels) throws UnreadableSoundException {
    if (sampleRateHz < LEAST_HZ || sampleRateHz > MOST_HZ) {
      throw new UnreadableSoundException(
          "says it has %d samples a second, expected %d to %d"
              .formatted(sampleRateHz, LEAST_HZ, MOST_HZ));
    }
    if (channels < 1 || channels > MOST_CHANNELS) {
      throw new UnreadableSoundException(
          "says it has %d channels, expected 1 to %d".formatted(channels, MOST_CHANNELS));
    }
  }
}
