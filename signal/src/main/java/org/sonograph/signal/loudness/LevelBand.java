package org.sonograph.signal.loudness;

import java.util.Arrays;

/**
 * How often each level occurs within one octave.
 *
 * @param lowHz lower edge
 * @param highHz upper edge
 * @param firstDb level of the first count, dB re full-scale sine: it counts levels from there to
 *     one dB above
 * @param counts STFT bins at {@code firstDb}, {@code firstDb + 1} ...
 */
public record LevelBand(double lowHz, double highHz, int firstDb, long[] counts) {

  @Override
  public boolean equals(Object other) {
    return other instanceof LevelBand b
        && b.lowHz == lowHz
        && b.highHz == highHz
        && b.firstDb == firstDb
        && Arrays.equals(b.counts, counts);
  }

  @Override
  public int hashCode() {
    return Double.hashCode(lowHz) + 31 * (firstDb + 31 * Arrays.hashCode(counts));
  }
}
