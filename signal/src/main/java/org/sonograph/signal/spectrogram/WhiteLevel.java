package org.sonograph.signal.spectrogram;

import java.util.List;
import org.sonograph.signal.loudness.LevelBand;

/**
 * Where white lies: the level that 99.9 % of a track's picture stays below. It comes from the
 * track's level histogram, tilted as the picture is, each octave counting as much as it has rows on
 * the axis. Pure.
 */
public final class WhiteLevel {
  static final double PERCENTILE = 0.999;

  /** A track without sound, or all but, is not brightened beyond this. */
  public static final double LOWEST_DB = -90;

  private WhiteLevel() {}

  /** White of a picture with these settings, dB re full-scale sine, tilt included. */
  public static double whiteDb(List<LevelBand> bands, SpectrogramProfile profile) {
    FrequencyAxis axis = profile.frequencyAxis();
    double[] weights = new double[bands.size()];
    double[] offsets = new double[bands.size()];
    double total = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int b = 0; b < weights.length; b++) {
      LevelBand band = bands.get(b);
      long counted = 0;
      for (long count : band.counts()) {
        counted += count;
      }
      double share = axis.share(band.lowHz(), band.highHz());
      if (counted > 0 && share > 0) {
        weights[b] = share / counted;
        total += share;
        double low = Math.max(band.lowHz(), axis.lowHz());
        double high = Math.min(band.highHz(), axis.highHz());
        offsets[b] =
            TapeSpectrogram.tiltDb(profile.tiltDbPerOctave(), Math.sqrt(Math.max(low, 1) * high));
        highest = Math.max(highest, band.firstDb() + band.counts().length + offsets[b]);
      }
    }
    return total == 0
        ? LOWEST_DB
        : Math.max(LOWEST_DB, percentile(bands, weights, offsets, total, highest));
  }

  /**
   * Goes down from the loudest level in steps of a tenth of a decibel until the share above is
   * reached.
   */
  private static double percentile(
      List<LevelBand> bands, double[] weights, double[] offsets, double total, double highest) {
    double wanted = total * (1 - PERCENTILE);
    for (double level = highest; ; level -= 0.1) {
      double above = 0;
      for (int b = 0; b < weights.length; b++) {
        above += weights[b] == 0 ? 0 : weights[b] * above(bands.get(b), level - offsets[b]);
      }
      if (above >= wanted) {
        return level;
      }
    }
  }

  /** Counts above a level, those of the level's own decibel in proportion. */
  private static double above(LevelBand band, double level) {
    double sum = 0;
    for (int i = band.counts().length - 1; i >= 0; i--) {
      double share = Math.clamp(band.firstDb() + i + 1 - level, 0, 1);
      if (share == 0) {
        break;
      }
      sum += share * band.counts()[i];
    }
    return sum;
  }
}
