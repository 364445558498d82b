package org.sonograph.signal.loudness;

import java.util.Arrays;

/**
 * How loud a source is over one chunk, and in all.
 *
 * @param integratedLufs integrated loudness of the whole track
 * @param momentaryLufs momentary loudness every {@code curveHopSamples}, the first centred on the
 *     chunk's first sample; none = as loud as the track
 * @param curveHopSamples distance of the values, samples at {@code sampleRateHz}
 * @param sampleRateHz rate of that distance
 */
public record SourceLevel(
    double integratedLufs, float[] momentaryLufs, int curveHopSamples, int sampleRateHz) {

  public SourceLevel {
    if (momentaryLufs.length > 0 && (curveHopSamples < 1 || sampleRateHz < 1)) {
      throw new IllegalArgumentException(
          "loudness curve every %d samples at %d Hz".formatted(curveHopSamples, sampleRateHz));
    }
  }

  /** A source of even loudness. */
  public static SourceLevel steady(double lufs) {
    return new SourceLevel(lufs, new float[0], 0, 0);
  }

  /**
   * Momentary loudness at a time since the chunk's start, interpolated; past the ends the end
   * values hold.
   */
  public double lufsAt(double seconds) {
    if (momentaryLufs.length == 0) {
      return integratedLufs;
    }
    double place =
        Math.clamp(seconds * sampleRateHz / curveHopSamples, 0, momentaryLufs.length - 1.0);
    int below = (int) place;
    int above = Math.min(below + 1, momentaryLufs.length - 1);
    return momentaryLufs[below] + (place - below) * (momentaryLufs[above] - momentaryLufs[below]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SourceLevel s
        && s.integratedLufs == integratedLufs
        && s.curveHopSamples == curveHopSamples
        && s.sampleRateHz == sampleRateHz
        && Arrays.equals(s.momentaryLufs, momentaryLufs);
  }

  @Override
  public int hashCode() {
    return Double.hashCode(integratedLufs) + 31 * Arrays.hashCode(momentaryLufs);
  }
}
