package org.sonograph.ingest.cut;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.sonograph.schemas.Level;
import org.sonograph.schemas.LevelBand;
import org.sonograph.signal.loudness.LevelHistogram;
import org.sonograph.signal.loudness.LoudnessMeter;

/**
 * What was measured of a whole track in the first pass.
 *
 * @param samples its length, samples at the take's rate
 * @param integratedLufs loudness of the whole, LUFS
 * @param momentaryLufs loudness over 400 ms, a value every {@code curveHopSamples} from sample 0
 * @param bands levels per octave
 * @param brokenOff why the source broke off, empty when it did not
 */
public record TrackLevel(
    long samples,
    double integratedLufs,
    float[] momentaryLufs,
    int curveHopSamples,
    List<LevelBand> bands,
    Optional<String> brokenOff) {

  /** Measures a track, piece by piece. */
  public static final class Meter {
    private final TrackLayout layout;
    private final LoudnessMeter loudness;
    private final LevelHistogram histogram;
    private final List<float[]> curve = new ArrayList<>();
    private long samples;

    public Meter(TrackLayout layout) {
      this.layout = layout;
      this.loudness =
          new LoudnessMeter(layout.sampleRateHz(), layout.channels(), layout.curveHopSamples());
      this.histogram = new LevelHistogram(layout.sampleRateHz(), layout.channels());
    }

    /** Takes the next samples. */
    public void push(float[][] piece) {
      samples += piece[0].length;
      if (piece[0].length > 0) {
        loudness.push(piece);
        histogram.push(piece);
        curve.add(loudness.takeCurve());
      }
    }

    /** The whole track's figures. */
    public TrackLevel finish(Optional<String> brokenOff) {
      loudness.finish();
      histogram.finish();
      curve.add(loudness.takeCurve());
      List<LevelBand> bands = histogram.bands().stream().map(Meter::toAvro).toList();
      return new TrackLevel(
          samples,
          loudness.integratedLufs(),
          joined(curve),
          layout.curveHopSamples(),
          bands,
          brokenOff);
    }

    private static float[] joined(List<float[]> parts) {
      float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
      int at = 0;
      for (float[] part : parts) {
        System.arraycopy(part, 0, all, at, part.length);
        at += part.length;
      }
      return all;
    }

    private static LevelBand toAvro(org.sonograph.signal.loudness.LevelBand band) {
      return LevelBand.newBuilder()
          .setLowHz(band.lowHz())
          .setHighHz(band.highHz())
          .setFirstDb(band.firstDb())
          .setCounts(LongStream.of(band.counts()).boxed().toList())
          .build();
    }
  }

  /** The part of the figures that travels with one chunk. */
  Level level(long startSample, long lengthSamples) {
    int from = (int) Math.min(startSample / curveHopSamples, momentaryLufs.length);
    long wanted = Math.ceilDiv(lengthSamples, (long) curveHopSamples) + 1;
    int to = (int) Math.min(from + wanted, momentaryLufs.length);
    List<Float> curve = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      curve.add(momentaryLufs[i]);
    }
    return Level.newBuilder()
        .setIntegratedLufs(integratedLufs)
        .setMomentaryLufs(curve)
        .setCurveHopSamples(curveHopSamples)
        .setHistogram(bands)
        .build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TrackLevel t
        && t.samples == samples
        && t.integratedLufs == integratedLufs
        && t.curveHopSamples == curveHopSamples
        && Arrays.equals(t.momentaryLufs, momentaryLufs)
        && t.bands.equals(bands)
        && t.brokenOff.equals(brokenOff);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(samples) + 31 * Arrays.hashCode(momentaryLufs);
  }
}
