package org.sonograph.decoder;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.sonograph.schemas.DecodedChunk;

/**
 * What one assembler had in hand when it last looked.
 *
 * @param open readings begun and not ended
 * @param waiting pieces that are here ahead of one that is missing
 * @param aheadSeconds their sound
 * @param gapSeconds how long the oldest missing chunk has been waited for; 0 where none is missing
 * @param quietSeconds longest time without news of an open reading
 */
record AssemblerSurvey(
    long open, long waiting, double aheadSeconds, double gapSeconds, double quietSeconds) {
  private static final AssemblerSurvey NOTHING = new AssemblerSurvey(0, 0, 0, 0, 0);
  private static final double MS_A_SECOND = 1000;

  /** Looks at the readings as they are stored. */
  static AssemblerSurvey of(
      List<KeyValue<String, byte[]>> readings, AssemblerStores stores, long nowMs) {
    AssemblerSurvey all = NOTHING;
    for (KeyValue<String, byte[]> entry : readings) {
      all = all.and(of(entry.key, OpenReading.fromBytes(entry.value), stores, nowMs));
    }
    return all;
  }

  /** Several assemblers together. */
  static AssemblerSurvey sum(Collection<AssemblerSurvey> surveys) {
    return surveys.stream().reduce(NOTHING, AssemblerSurvey::and);
  }

  private static AssemblerSurvey of(
      String key, OpenReading reading, AssemblerStores stores, long nowMs) {
    // a stream that was restarted goes on in another take, and nobody waits for this one
    double quiet =
        reading.nextDueMs() > 0 ? 0 : Math.max(0, nowMs - reading.lastNewsMs()) / MS_A_SECOND;
    if (!reading.anyWaiting() || reading.isWaiting(reading.nextChunk())) {
      return new AssemblerSurvey(1, 0, 0, 0, quiet);
    }
    int waiting = reading.waitingChunks().size();
    DecodedChunk about = stores.about().get(key);
    double each =
        about == null ? 0 : (double) reading.stepSamples() / Math.max(1, about.getSampleRateHz());
    double gap = Math.max(0, nowMs - reading.waitingSinceMs()) / MS_A_SECOND;
    return new AssemblerSurvey(1, waiting, waiting * each, gap, quiet);
  }

  private AssemblerSurvey and(AssemblerSurvey other) {
    return new AssemblerSurvey(
        open + other.open,
        waiting + other.waiting,
        aheadSeconds + other.aheadSeconds,
        Math.max(gapSeconds, other.gapSeconds),
        Math.max(quietSeconds, other.quietSeconds));
  }
}
