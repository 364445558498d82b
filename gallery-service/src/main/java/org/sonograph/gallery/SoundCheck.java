package org.sonograph.gallery;

import org.sonograph.schemas.AudioOutput;

/** Refuses sound that cannot be right before it touches a file. */
final class SoundCheck {
  private static final int MAX_RATE_HZ = 768_000;
  private static final int MAX_CHANNELS = 8;

  /** More than a year at the highest rate. */
  private static final long MAX_END_SAMPLE = 1L << 45;

  private SoundCheck() {}

  static void require(AudioOutput record) {
    boolean hasName = !record.getReading().isEmpty();
    boolean hasPlace =
        record.getStartSample() >= 0
            && record.getSamples() >= 0
            && record.getStartSample() <= MAX_END_SAMPLE - record.getSamples();
    boolean isSilence = !record.getPcm().hasRemaining();
    boolean hasForm =
        record.getSampleRateHz() > 0
            && record.getSampleRateHz() <= MAX_RATE_HZ
            && record.getChannels() > 0
            && record.getChannels() <= MAX_CHANNELS;
    if (!hasName || !hasPlace || !(isSilence || hasForm)) {
      throw new BadRecordException(
          "reading='%s' startSample=%d samples=%d sampleRateHz=%d channels=%d, expected a name, a place and a form of sound (%s)"
              .formatted(
                  record.getReading(),
                  record.getStartSample(),
                  record.getSamples(),
                  record.getSampleRateHz(),
                  record.getChannels(),
                  where(record)));
    }
    long expected = record.getSamples() * record.getChannels() * Float.BYTES;
    if (!isSilence
        && (record.getPcm().remaining() != expected || !record.getSampleFormat().equals("f32le"))) {
      throw new BadRecordException(
          "pcm of %d bytes as '%s', expected %d as 'f32le' (%s)"
              .formatted(
                  record.getPcm().remaining(), record.getSampleFormat(), expected, where(record)));
    }
  }

  /** One file has one rate and one number of channels. */
  static void requireSameForm(AudioOutput record, ReadingState reading) {
    boolean isSilence = !record.getPcm().hasRemaining();
    boolean otherRate =
        reading.sampleRateHz() != 0
            && reading.channels() != 0
            && record.getSampleRateHz() != reading.sampleRateHz();
    boolean otherChannels = reading.channels() != 0 && record.getChannels() != reading.channels();
    if (!isSilence && (otherRate || otherChannels)) {
      throw new BadRecordException(
          "sampleRateHz=%d channels=%d, expected %d and %d as before (%s)"
              .formatted(
                  record.getSampleRateHz(),
                  record.getChannels(),
                  reading.sampleRateHz(),
                  reading.channels(),
                  where(record)));
    }
  }

  private static String where(AudioOutput record) {
    return "take=%s chunk=%d reading=%s"
        .formatted(record.getPlace().getTake(), record.getPlace().getChunk(), record.getReading());
  }
}
