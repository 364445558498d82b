package org.sonograph.signal.reading;

import java.util.Objects;

/**
 * Where a picture lies in its track, in samples at the analysis rate. A picture of a whole track
 * starts at 0 and is as long as the track.
 *
 * @param take identity of the take; seeds what is random, so it must be the same for all of its
 *     pictures
 * @param startSample first sample of the track that the picture shows
 * @param lengthSamples number of samples it shows
 * @param sampleRateHz rate of both counts
 */
public record TrackPosition(String take, long startSample, long lengthSamples, int sampleRateHz) {

  /** Checks that the picture lies in the track. */
  public TrackPosition {
    Objects.requireNonNull(take, "take");
    if (startSample < 0) {
      throw new IllegalArgumentException(
          "startSample=%d, expected 0 or more (take=%s)".formatted(startSample, take));
    }
    if (lengthSamples < 0) {
      throw new IllegalArgumentException(
          "lengthSamples=%d, expected 0 or more (take=%s)".formatted(lengthSamples, take));
    }
    if (sampleRateHz <= 0) {
      throw new IllegalArgumentException(
          "sampleRateHz=%d, expected more than 0 (take=%s)".formatted(sampleRateHz, take));
    }
  }
}
