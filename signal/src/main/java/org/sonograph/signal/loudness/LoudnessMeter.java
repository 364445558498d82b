package org.sonograph.signal.loudness;

import java.util.Arrays;

/**
 * ITU-R BS.1770-4: integrated loudness with its two gates, and a curve of momentary loudness (400
 * ms), of a sound that arrives piece by piece. The curve's values are centred on sample 0, hop, 2
 * hop ...; at the ends a window counts what there is. Bounded memory, as long as {@link
 * #takeCurve()} is called now and then.
 */
public final class LoudnessMeter {
  /** What stands for silence. */
  public static final double SILENCE_LUFS = -120;

  private static final double OFFSET_LU = -0.691;
  private static final double ABSOLUTE_GATE_LUFS = -70;
  private static final double RELATIVE_GATE_LU = 10;

  /** Blocks are kept as a histogram, so that their number does not matter. */
  private static final int STEPS_PER_LU = 100;

  private static final int LOUDEST_LUFS = 30;

  private final KWeighting[] filters;
  private final EnergyWindows blocks;
  private final EnergyWindows momentary;
  private final long[] counts;
  private final double[] energies;
  private double total;
  private long samples;
  private float[] curve = new float[64];
  private int curveLength;

  public LoudnessMeter(int sampleRateHz, int channels, int curveHopSamples) {
    if (sampleRateHz < 1 || channels < 1 || curveHopSamples < 1) {
      throw new IllegalArgumentException(
          "loudness of %d Hz, %d channels, every %d samples"
              .formatted(sampleRateHz, channels, curveHopSamples));
    }
    filters = new KWeighting[channels];
    Arrays.setAll(filters, c -> new KWeighting(sampleRateHz));
    int step = Math.max(1, Math.round(sampleRateHz / 10f));
    blocks = EnergyWindows.blocks(4 * step, step, this::block);
    momentary = EnergyWindows.centred(4 * step, curveHopSamples, this::point);
    int bins = (int) ((LOUDEST_LUFS - ABSOLUTE_GATE_LUFS) * STEPS_PER_LU) + 1;
    counts = new long[bins];
    energies = new double[bins];
  }

  /** Integrated loudness of a whole sound. */
  public static double integratedLufs(int sampleRateHz, float[][] channels) {
    LoudnessMeter meter = new LoudnessMeter(sampleRateHz, channels.length, sampleRateHz);
    meter.push(channels);
    meter.finish();
    return meter.integratedLufs();
  }

  /** Momentary loudness of a whole sound, one value every {@code hop} samples. */
  public static float[] momentaryLufs(int sampleRateHz, float[][] channels, int hop) {
    LoudnessMeter meter = new LoudnessMeter(sampleRateHz, channels.length, hop);
    meter.push(channels);
    meter.finish();
    return meter.takeCurve();
  }

  /** Takes the next samples, {@code [channel][sample]}. */
  public void push(float[][] channels) {
    if (channels.length != filters.length) {
      throw new IllegalArgumentException(channels.length + " channels, expected " + filters.length);
    }
    int length = channels[0].length;
    double[] energy = new double[Math.min(length, 8192)];
    for (int from = 0; from < length; from += energy.length) {
      int count = Math.min(energy.length, length - from);
      Arrays.fill(energy, 0, count, 0);
      for (int c = 0; c < channels.length; c++) {
        weigh(filters[c], channels[c], from, energy, count);
      }
      double sum = total;
      for (int i = 0; i < count; i++) {
        sum += energy[i];
      }
      total = sum;
      blocks.add(energy, count);
      momentary.add(energy, count);
    }
    samples += length;
  }

  private static void weigh(KWeighting filter, float[] in, int from, double[] energy, int count) {
    for (int i = 0; i < count; i++) {
      float x = in[from + i];
      double y = filter.next(Float.isFinite(x) ? x : 0);
      energy[i] += y * y;
    }
    filter.settle();
  }

  /** Ends the sound: the curve gets its last values. */
  public void finish() {
    momentary.finish();
  }

  /** The curve's values since the last call. */
  public float[] takeCurve() {
    float[] out = Arrays.copyOf(curve, curveLength);
    curveLength = 0;
    return out;
  }

  /**
   * Integrated loudness of everything so far. A sound shorter than one block of 400 ms counts as
   * one block; one without a block above the gate is {@link #SILENCE_LUFS}.
   */
  public double integratedLufs() {
    double gate = mean(0) - RELATIVE_GATE_LU;
    if (Double.isNaN(gate)) {
      boolean tooShort = Arrays.stream(counts).sum() == 0 && samples > 0 && !blocks.hasEmitted();
      double whole = tooShort ? lufs(total / samples) : SILENCE_LUFS;
      return whole < ABSOLUTE_GATE_LUFS ? SILENCE_LUFS : whole;
    }
    return mean(Math.max(0, bin(gate)));
  }

  private double mean(int from) {
    long count = 0;
    double sum = 0;
    for (int i = from; i < counts.length; i++) {
      count += counts[i];
      sum += energies[i];
    }
    return count == 0 ? Double.NaN : lufs(sum / count);
  }

  private void block(double energy) {
    double lufs = lufs(energy);
    if (lufs >= ABSOLUTE_GATE_LUFS) {
      int bin = Math.min(bin(lufs), counts.length - 1);
      counts[bin]++;
      energies[bin] += energy;
    }
  }

  private static int bin(double lufs) {
    return (int) Math.floor((lufs - ABSOLUTE_GATE_LUFS) * STEPS_PER_LU);
  }

  private void point(double energy) {
    if (curveLength == curve.length) {
      curve = Arrays.copyOf(curve, 2 * curveLength);
    }
    curve[curveLength++] = (float) Math.max(SILENCE_LUFS, lufs(energy));
  }

  private static double lufs(double energy) {
    return OFFSET_LU + 10 * Math.log10(energy);
  }
}
