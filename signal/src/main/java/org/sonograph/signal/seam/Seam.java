package org.sonograph.signal.seam;

import org.sonograph.signal.sound.Sound;

/**
 * Two sounds that overlap.
 *
 * @param previous the earlier sound's end: some context, then the overlap as its last samples
 * @param next the later sound's beginning: the overlap as its first samples, then some context
 * @param overlapSamples samples they share, at least 1
 */
public record Seam(Sound previous, Sound next, int overlapSamples) {

  public Seam {
    if (previous.sampleRateHz() != next.sampleRateHz()
        || previous.channelCount() != next.channelCount()) {
      throw new IllegalArgumentException("seam between %s and %s".formatted(previous, next));
    }
    if (overlapSamples < 1 || overlapSamples > Math.min(previous.length(), next.length())) {
      throw new IllegalArgumentException(
          "overlapSamples=%d, expected 1 to %d"
              .formatted(overlapSamples, Math.min(previous.length(), next.length())));
    }
  }

  /** Samples of the earlier sound before the overlap. */
  public int contextBefore() {
    return previous.length() - overlapSamples;
  }

  /** Samples of the later sound after the overlap. */
  public int contextAfter() {
    return next.length() - overlapSamples;
  }
}
