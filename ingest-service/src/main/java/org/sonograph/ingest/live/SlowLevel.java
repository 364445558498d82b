package org.sonograph.ingest.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.sonograph.ingest.cut.TrackLayout;
import org.sonograph.runtime.wire.LevelWire;
import org.sonograph.schemas.Level;
import org.sonograph.signal.loudness.LevelBand;
import org.sonograph.signal.loudness.LevelHistogram;
import org.sonograph.signal.loudness.LoudnessMeter;
import org.sonograph.signal.loudness.SourceLevel;
import org.sonograph.signal.spectrogram.SpectrogramProfile;
import org.sonograph.signal.spectrogram.WhiteLevel;

/**
 * The level of sound that has no end and so cannot be measured first: what was heard in the last
 * minutes, older sound counting less and less. White, and the loudness that dynamics refer to, move
 * by at most 1 dB a second; silence moves neither.
 */
final class SlowLevel {
  /** Time after which sound counts a third, seconds. */
  private static final double MEMORY_SECONDS = 120;

  private static final double FASTEST_DB_A_SECOND = 1;
  private static final double SILENCE_LUFS = -60;
  private static final double GATE_LUFS = -70;
  private static final double RELATIVE_GATE_LU = 10;

  /** Counts are kept in these parts, so that old ones fade instead of being rounded away. */
  private static final double PARTS = 16;

  private final TrackLayout layout;
  private final LoudnessMeter loudness;
  private final TreeMap<Double, Band> bands = new TreeMap<>();
  private final TreeMap<Long, Double> weights = new TreeMap<>();
  private LevelHistogram histogram;
  private float[] curve = new float[0];
  private long curveStart;
  private int counted;
  private double whiteDb = Double.NaN;
  private double lufs = Double.NaN;

  /** Counts of one octave by level; index 0 = {@code firstDb}. */
  private static final class Band {
    private static final int LEVELS = 256;
    private static final int FIRST_DB = -200;

    private final double highHz;
    private final double[] counts = new double[LEVELS];

    Band(double highHz) {
      this.highHz = highHz;
    }

    void add(LevelBand more) {
      for (int i = 0; i < more.counts().length; i++) {
        counts[Math.clamp(more.firstDb() + i - FIRST_DB, 0, LEVELS - 1)] += more.counts()[i];
      }
    }

    LevelBand moved(double lowHz, int byDb) {
      int first = 0;
      while (first < LEVELS - 1 && counts[first] * PARTS < 1) {
        first++;
      }
      int last = LEVELS;
      while (last > first + 1 && counts[last - 1] * PARTS < 1) {
        last--;
      }
      long[] out = new long[last - first];
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.round(counts[first + i] * PARTS);
      }
      return new LevelBand(lowHz, highHz, FIRST_DB + first + byDb, out);
    }
  }

  SlowLevel(TrackLayout layout) {
    this.layout = layout;
    this.loudness =
        new LoudnessMeter(layout.sampleRateHz(), layout.channels(), layout.curveHopSamples());
    this.histogram = new LevelHistogram(layout.sampleRateHz(), layout.channels());
  }

  /** Goes on in a take that begins anew, with what is known so far. */
  SlowLevel next(TrackLayout other) {
    SlowLevel next = new SlowLevel(other);
    bands.forEach(next.bands::put);
    next.weights.putAll(weights);
    next.whiteDb = whiteDb;
    next.lufs = lufs;
    return next;
  }

  /** Takes the next samples. */
  void push(float[][] samples) {
    loudness.push(samples);
    histogram.push(samples);
    float[] more = loudness.takeCurve();
    float[] all = Arrays.copyOf(curve, curve.length + more.length);
    System.arraycopy(more, 0, all, curve.length, more.length);
    curve = all;
  }

  /**
   * What a chunk says of levels; chunks come in order.
   *
   * @param seconds sound since the last one
   */
  Level level(long startSample, long lengthSamples, SpectrogramProfile profile, double seconds) {
    dropCurveBefore(startSample / layout.curveHopSamples());
    int wanted = (int) Math.ceilDiv(lengthSamples, (long) layout.curveHopSamples()) + 1;
    float[] own = Arrays.copyOf(curve, Math.min(wanted, curve.length));
    remember(seconds);
    List<LevelBand> heard = bands(0);
    double raw = WhiteLevel.whiteDb(heard, profile);
    whiteDb = slowly(whiteDb, raw, seconds);
    lufs = slowly(lufs, gated(), seconds);
    return LevelWire.toAvro(
        new SourceLevel(lufs, own, layout.curveHopSamples(), layout.sampleRateHz()),
        bands((int) Math.round(whiteDb - raw)));
  }

  private void dropCurveBefore(long index) {
    int drop = (int) Math.clamp(index - curveStart, 0, curve.length);
    curve = Arrays.copyOfRange(curve, drop, curve.length);
    curveStart += drop;
    counted = Math.max(0, counted - drop);
  }

  private void remember(double seconds) {
    double loudest = LoudnessMeter.SILENCE_LUFS;
    for (float value : curve) {
      loudest = Math.max(loudest, value);
    }
    histogram.finish();
    if (loudest > SILENCE_LUFS) {
      double keep = Math.exp(-seconds / MEMORY_SECONDS);
      bands.values().forEach(band -> Arrays.setAll(band.counts, i -> band.counts[i] * keep));
      weights.replaceAll((step, weight) -> weight * keep);
      for (LevelBand more : histogram.bands()) {
        bands.computeIfAbsent(more.lowHz(), low -> new Band(more.highHz())).add(more);
      }
      for (int i = counted; i < curve.length; i++) {
        if (curve[i] >= GATE_LUFS) {
          weights.merge(Math.round(curve[i] * 10.0), 1.0, Double::sum);
        }
      }
    }
    counted = curve.length;
    histogram = new LevelHistogram(layout.sampleRateHz(), layout.channels());
  }

  private List<LevelBand> bands(int movedByDb) {
    List<LevelBand> all = new ArrayList<>();
    bands.forEach((low, band) -> all.add(band.moved(low, movedByDb)));
    return all;
  }

  private static double slowly(double from, double to, double seconds) {
    double most = FASTEST_DB_A_SECOND * seconds;
    return Double.isNaN(from) ? to : from + Math.clamp(to - from, -most, most);
  }

  /** Loudness of what is remembered, with BS.1770's two gates. */
  private double gated() {
    double whole = mean(Double.NEGATIVE_INFINITY);
    return Double.isNaN(whole) ? LoudnessMeter.SILENCE_LUFS : mean(whole - RELATIVE_GATE_LU);
  }

  private double mean(double from) {
    double sum = 0;
    double count = 0;
    for (var entry : weights.entrySet()) {
      double level = entry.getKey() / 10.0;
      if (level >= from) {
        sum += entry.getValue() * Math.pow(10, level / 10);
        count += entry.getValue();
      }
    }
    return count == 0 ? Double.NaN : 10 * Math.log10(sum / count);
  }
}
