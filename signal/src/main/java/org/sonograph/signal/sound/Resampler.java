package org.sonograph.signal.sound;

import java.util.Arrays;

/**
 * Changes the rate of a sound that arrives piece by piece: a polyphase windowed sinc (Kaiser
 * window), linear phase, without delay: output sample k lies exactly at input time k * in / out. In
 * whatever pieces a sound arrives, the result is the same to the last bit. Belongs to one thread.
 */
public final class Resampler {
  /** Attenuation of everything above half the lower rate, dB. */
  static final double STOPBAND_DB = 106;

  /** Passband edge as a share of half the lower rate. */
  static final double PASSBAND = 0.89;

  /**
   * Beyond so many phases they are interpolated from a table of this size; the error lies below the
   * stopband.
   */
  private static final int MAX_PHASES = 4096;

  private final int channels;
  private final long rateIn;
  private final long rateOut;
  private final long up;
  private final long down;
  private final int half;
  private final int phases;
  private final float[][] taps;
  private final float[][] history;
  private long historyStart;
  private int filled;
  private long received;
  private long produced;
  private boolean finished;

  public Resampler(int rateInHz, int rateOutHz, int channels) {
    if (rateInHz < 1 || rateOutHz < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "resampling %d channels from %d to %d Hz".formatted(channels, rateInHz, rateOutHz));
    }
    this.channels = channels;
    this.rateIn = rateInHz;
    this.rateOut = rateOutHz;
    long divisor = gcd(rateIn, rateOut);
    this.up = rateOut / divisor;
    this.down = rateIn / divisor;
    boolean same = up == down;
    this.phases = (int) Math.min(up, MAX_PHASES);
    this.half = same ? 0 : halfWidth(rateInHz, rateOutHz);
    this.taps = same ? new float[0][] : table();
    this.history = new float[channels][Math.max(1, 2 * half)];
    // samples before the first are silence
    this.historyStart = -half;
    this.filled = half;
  }

  /**
   * Samples at {@code rateOutHz} of a sound with {@code samples} samples at {@code rateInHz}:
   * rounded to nearest.
   */
  public static long outputLength(long samples, int rateInHz, int rateOutHz) {
    long divisor = gcd(rateInHz, rateOutHz);
    long up = rateOutHz / divisor;
    long down = rateInHz / divisor;
    return Math.floorDiv(Math.addExact(Math.multiplyExact(2 * samples, up), down), 2 * down);
  }

  /** A whole sound at another rate. */
  public static Sound resample(Sound sound, int rateOutHz) {
    if (rateOutHz == sound.sampleRateHz()) {
      return sound;
    }
    Resampler resampler = new Resampler(sound.sampleRateHz(), rateOutHz, sound.channelCount());
    Sound body = new Sound(rateOutHz, resampler.push(sound.channels()));
    return body.then(new Sound(rateOutHz, resampler.finish()));
  }

  /** Takes the next samples, {@code [channel][sample]}, and gives what can be computed by now. */
  public float[][] push(float[][] samples) {
    if (samples.length != channels || finished) {
      throw new IllegalArgumentException(
          finished
              ? "resampler already finished"
              : samples.length + " channels, expected " + channels);
    }
    received += samples[0].length;
    append(samples, samples[0].length);
    // the last output whose kernel ends within what has arrived
    long complete = received - half < 0 ? 0 : Math.ceilDiv((received - half) * up, down);
    return produce(Math.max(produced, Math.min(complete, outputLength(received))));
  }

  /** The rest, after which the whole has {@link #outputLength} samples. */
  public float[][] finish() {
    finished = true;
    append(new float[channels][half + 1], half + 1);
    return produce(outputLength(received));
  }

  private long outputLength(long samples) {
    return outputLength(samples, (int) rateIn, (int) rateOut);
  }

  private void append(float[][] samples, int count) {
    long first = produced * down / up - half;
    int drop = Math.clamp(first - historyStart, 0, filled);
    int kept = filled - drop;
    for (int c = 0; c < channels; c++) {
      float[] old = history[c];
      if (kept + count > old.length) {
        history[c] = Arrays.copyOfRange(old, drop, drop + Math.max(2 * old.length, kept + count));
      } else {
        System.arraycopy(old, drop, old, 0, kept);
      }
      System.arraycopy(samples[c], 0, history[c], kept, count);
    }
    historyStart += drop;
    filled = kept + count;
  }

  private float[][] produce(long until) {
    int count = Math.toIntExact(until - produced);
    float[][] out = new float[channels][count];
    for (int c = 0; c < channels; c++) {
      float[] in = history[c];
      for (int i = 0; i < count; i++) {
        long position = (produced + i) * down;
        int at = (int) (position / up - historyStart);
        out[c][i] = half == 0 ? in[at] : sample(in, at - half + 1, position % up);
      }
    }
    produced = until;
    return out;
  }

  private float sample(float[] in, int from, long remainder) {
    if (phases == up) {
      return dot(in, from, taps[(int) remainder]);
    }
    double phase = (double) remainder / up * phases;
    int below = (int) phase;
    double share = phase - below;
    return (float)
        (dot(in, from, taps[below]) * (1 - share) + dot(in, from, taps[below + 1]) * share);
  }

  /** Four sums side by side: one would wait for itself at every addition. */
  private static float dot(float[] in, int from, float[] taps) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    for (int k = 0; k < taps.length; k += 4) {
      a += in[from + k] * taps[k];
      b += in[from + k + 1] * taps[k + 1];
      c += in[from + k + 2] * taps[k + 2];
      d += in[from + k + 3] * taps[k + 3];
    }
    return (a + b) + (c + d);
  }

  /**
   * Kaiser's estimate of the kernel's length for the transition band, in input samples to one side,
   * even.
   */
  private static int halfWidth(int rateIn, int rateOut) {
    double lower = Math.min(1.0, (double) rateOut / rateIn);
    double taps = (STOPBAND_DB - 7.95) / (2.285 * Math.PI * (1 - PASSBAND) * lower);
    return 2 * (int) Math.ceil(taps / 4);
  }

  /**
   * {@code [phase][tap]}: tap t of phase p weighs the input sample t - half + 1 after the output's
   * integer position.
   */
  private float[][] table() {
    double cutoff = Math.min(1.0, (double) rateOut / rateIn) * (1 + PASSBAND) / 2;
    double beta = 0.1102 * (STOPBAND_DB - 8.7);
    float[][] out = new float[phases + (phases == up ? 0 : 1)][2 * half];
    double[] row = new double[2 * half];
    for (int p = 0; p < out.length; p++) {
      double sum = 0;
      for (int t = 0; t < row.length; t++) {
        double x = t - half + 1 - (double) p / phases;
        double w = x / half;
        double window = Math.abs(w) >= 1 ? 0 : Kaiser.bessel(beta * Math.sqrt(1 - w * w));
        double angle = Math.PI * cutoff * x;
        row[t] = window * (angle == 0 ? 1 : Math.sin(angle) / angle);
        sum += row[t];
      }
      for (int t = 0; t < row.length; t++) {
        out[p][t] = (float) (row[t] / sum);
      }
    }
    return out;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
