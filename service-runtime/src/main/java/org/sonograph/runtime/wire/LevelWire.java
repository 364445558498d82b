package org.sonograph.runtime.wire;

import java.util.ArrayList;
import java.util.List;
import org.sonograph.schemas.Level;
import org.sonograph.signal.loudness.LevelBand;
import org.sonograph.signal.loudness.SourceLevel;

/** How loud a source is, as a message and as values. */
public final class LevelWire {

  private LevelWire() {}

  /** The message: loudness over a chunk and in all, and the track's level histogram so far. */
  public static Level toAvro(SourceLevel level, List<LevelBand> histogram) {
    List<Float> curve = new ArrayList<>(level.momentaryLufs().length);
    for (float lufs : level.momentaryLufs()) {
      curve.add(lufs);
    }
    return Level.newBuilder()
        .setIntegratedLufs(level.integratedLufs())
        .setMomentaryLufs(curve)
        .setCurveHopSamples(level.curveHopSamples())
        .setHistogram(histogram.stream().map(LevelWire::toAvro).toList())
        .build();
  }

  /**
   * The loudness in a message.
   *
   * @param sampleRateHz the take's analysis rate, which the curve's hop counts in
   */
  public static SourceLevel sourceLevel(Level level, int sampleRateHz) {
    float[] curve = new float[level.getMomentaryLufs().size()];
    for (int i = 0; i < curve.length; i++) {
      curve[i] = level.getMomentaryLufs().get(i);
    }
    return new SourceLevel(
        level.getIntegratedLufs(), curve, level.getCurveHopSamples(), sampleRateHz);
  }

  /** The level histogram in a message. */
  public static List<LevelBand> histogram(Level level) {
    return level.getHistogram().stream()
        .map(
            band ->
                new LevelBand(
                    band.getLowHz(),
                    band.getHighHz(),
                    band.getFirstDb(),
                    band.getCounts().stream().mapToLong(Long::longValue).toArray()))
        .toList();
  }

  private static org.sonograph.schemas.LevelBand toAvro(LevelBand band) {
    List<Long> counts = new ArrayList<>(band.counts().length);
    for (long count : band.counts()) {
      counts.add(count);
    }
    return org.sonograph.schemas.LevelBand.newBuilder()
        .setLowHz(band.lowHz())
        .setHighHz(band.highHz())
        .setFirstDb(band.firstDb())
        .setCounts(counts)
        .build();
  }
}
