package org.sonograph.signal.loudness;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A look-ahead limiter: never above the ceiling, not between samples either. What stays below it
 * passes unchanged, to the bit, {@link #delaySamples()} later. Its whole state is a byte array, so
 * that it goes on in another process where it stopped; in whatever pieces a sound arrives, the
 * result is the same. Belongs to one thread.
 *
 * <p>The gain each sample needs is held over the look-ahead, let go slowly, and smoothed by a
 * moving mean as long as the look-ahead: at every sample that mean is at most what the sample
 * needs.
 */
public final class TruePeakLimiter {
  /** The ceiling of everything this project lets out. */
  public static final double CEILING_DBTP = -1;

  private static final double LOOKAHEAD_SECONDS = 0.005;
  private static final double RELEASE_SECONDS = 0.15;
  private static final int STATE_VERSION = 1;

  /** Samples that are looked at together: mostly all of them are far below the ceiling. */
  private static final int BLOCK = 64;

  private final int sampleRateHz;
  private final int channels;
  private final double ceilingDbtp;
  private final float ceiling;
  private final int lookahead;
  private final double release;

  /** The last samples, oldest first: what is delayed, and what the peak filter needs. */
  private final float[][] tail;

  /** Needed gains of the last {@code lookahead + 2} samples, a ring. */
  private final double[] needed;

  /** Held and released gains of the last {@code lookahead} samples, a ring. */
  private final double[] held;

  private double envelope = 1;
  private double heldSum;
  private int onesInARow;
  private long position;

  public TruePeakLimiter(int sampleRateHz, int channels) {
    this(sampleRateHz, channels, CEILING_DBTP);
  }

  public TruePeakLimiter(int sampleRateHz, int channels, double ceilingDbtp) {
    if (sampleRateHz < 1 || channels < 1 || !(ceilingDbtp <= 0)) {
      throw new IllegalArgumentException(
          "limiter of %d Hz, %d channels at %s dBTP"
              .formatted(sampleRateHz, channels, ceilingDbtp));
    }
    this.sampleRateHz = sampleRateHz;
    this.channels = channels;
    this.ceilingDbtp = ceilingDbtp;
    this.ceiling = (float) Math.pow(10, ceilingDbtp / 20);
    this.lookahead = Math.max(1, (int) Math.round(LOOKAHEAD_SECONDS * sampleRateHz));
    this.release = 1 - Math.exp(-1 / (RELEASE_SECONDS * sampleRateHz));
    this.tail = new float[channels][lookahead + 2 * TruePeak.HALF];
    this.needed = new double[lookahead + 2];
    this.held = new double[lookahead];
    Arrays.fill(needed, 1);
    Arrays.fill(held, 1);
    this.heldSum = lookahead;
    this.onesInARow = lookahead;
  }

  /** Goes on where a limiter of the same rate, channels and ceiling stopped. */
  public static TruePeakLimiter fromState(byte[] state) {
    ByteBuffer in = ByteBuffer.wrap(state);
    int version = in.remaining() >= 4 ? in.getInt() : -1;
    if (version != STATE_VERSION) {
      throw new IllegalArgumentException(
          "limiter state version=" + version + ", expected " + STATE_VERSION);
    }
    TruePeakLimiter limiter = new TruePeakLimiter(in.getInt(), in.getInt(), in.getDouble());
    limiter.position = in.getLong();
    limiter.envelope = in.getDouble();
    limiter.heldSum = in.getDouble();
    limiter.onesInARow = in.getInt();
    for (float[] channel : limiter.tail) {
      in.asFloatBuffer().get(channel);
      in.position(in.position() + 4 * channel.length);
    }
    for (double[] ring : new double[][] {limiter.needed, limiter.held}) {
      in.asDoubleBuffer().get(ring);
      in.position(in.position() + 8 * ring.length);
    }
    return limiter;
  }

  /** Everything there is to know; see {@link #fromState}. */
  public byte[] state() {
    int size =
        4 * 3 + 8 * 4 + 4 + 4 * channels * tail[0].length + 8 * (needed.length + held.length);
    ByteBuffer out = ByteBuffer.allocate(size);
    out.putInt(STATE_VERSION).putInt(sampleRateHz).putInt(channels).putDouble(ceilingDbtp);
    out.putLong(position).putDouble(envelope).putDouble(heldSum).putInt(onesInARow);
    for (float[] channel : tail) {
      for (float v : channel) {
        out.putFloat(v);
      }
    }
    for (double[] ring : new double[][] {needed, held}) {
      for (double v : ring) {
        out.putDouble(v);
      }
    }
    return out.array();
  }

  /** How much later a sample comes out than it went in. */
  public int delaySamples() {
    return lookahead + TruePeak.HALF;
  }

  /**
   * Takes samples, {@code [channel][sample]}, and gives those that are ready: sample i of the whole
   * comes out once sample i + {@link #delaySamples()} went in, so the first results are shorter.
   */
  public float[][] push(float[][] samples) {
    if (samples.length != channels) {
      throw new IllegalArgumentException(samples.length + " channels, expected " + channels);
    }
    int count = samples[0].length;
    int skipped = Math.clamp(delaySamples() - position, 0, count);
    float[][] out = new float[channels][count - skipped];
    float[][] line = new float[channels][];
    for (int c = 0; c < channels; c++) {
      line[c] = Arrays.copyOf(tail[c], tail[c].length + count);
      for (int i = 0; i < count; i++) {
        float v = samples[c][i];
        line[c][tail[c].length + i] = Float.isFinite(v) ? v : 0;
      }
    }
    boolean isLow = false;
    for (int i = 0; i < count; i++) {
      if (i % BLOCK == 0) {
        isLow = isLow(line, i, Math.min(BLOCK, count - i));
      }
      double gain = next(isLow ? 0 : peak(line, i));
      if (i >= skipped) {
        // the sample that leaves lies a look-ahead before the one whose gain is known
        int at = i + tail[0].length - delaySamples();
        for (int c = 0; c < channels; c++) {
          out[c][i - skipped] = gain == 1 ? line[c][at] : (float) (line[c][at] * gain);
        }
      }
    }
    for (int c = 0; c < channels; c++) {
      System.arraycopy(line[c], count, tail[c], 0, tail[c].length);
    }
    return out;
  }

  /** The samples still held back. The limiter is then spent. */
  public float[][] finish() {
    return push(new float[channels][delaySamples()]);
  }

  /** Where the peak lies that enters with the line's new sample i. */
  private int peakAt(int i) {
    return i + tail[0].length - TruePeak.HALF;
  }

  /** Whether no peak of {@code count} can reach the ceiling, whatever lies between the samples. */
  private boolean isLow(float[][] line, int i, int count) {
    int from = peakAt(i) - TruePeak.HALF + 1;
    int to = peakAt(i + count - 1) + TruePeak.HALF;
    float most = 0;
    for (float[] channel : line) {
      for (int at = from; at <= to; at++) {
        most = Math.max(most, Math.abs(channel[at]));
      }
    }
    return most * TruePeak.MOST_GAIN < ceiling;
  }

  private float peak(float[][] line, int i) {
    float peak = 0;
    for (float[] channel : line) {
      peak = Math.max(peak, TruePeak.around(channel, peakAt(i)));
    }
    return peak;
  }

  /**
   * Gain of the sample that leaves.
   *
   * @param peak the one that enters; any value below the ceiling says only that it is
   */
  private double next(float peak) {
    needed[(int) (position % needed.length)] = peak > ceiling ? ceiling / peak : 1;
    double least = 1;
    if (peak > ceiling || envelope < 1) {
      for (double v : needed) {
        least = Math.min(least, v);
      }
    }
    envelope = least < envelope ? least : envelope + (least - envelope) * release;
    if (envelope > 1 - 1e-7 && least == 1) {
      envelope = 1;
    }
    int slot = (int) (position % held.length);
    heldSum += envelope - held[slot];
    held[slot] = envelope;
    onesInARow = envelope == 1 ? Math.min(onesInARow + 1, lookahead) : 0;
    if (onesInARow == lookahead) {
      heldSum = lookahead;
    }
    position++;
    return Math.min(1, heldSum / lookahead);
  }
}
