package org.sonograph.signal.loudness;

import org.sonograph.signal.sound.Sound;

/**
 * Gives a sound the loudness of its source: {@code target(t) = targetLufs + dynamics * (source(t) -
 * integrated)}, over windows of 400 ms. Nothing is normalised by its peak, and a picture's
 * brightness does not matter. Pure.
 *
 * <p>A source below -60 LUFS fades out, below -70 LUFS it is silence. A quiet moment in the sound
 * itself is raised by at most {@link #LIFT_LU} more than the sound as a whole, so that a hole in a
 * picture stays one.
 */
public final class LevelFollower {
  /** Loudness aimed at unless asked otherwise. */
  public static final double TARGET_LUFS = -20;

  /** How much of the source's loudness form is followed unless asked otherwise, 0 to 1. */
  public static final double DYNAMICS = 0.5;

  /** Source loudness below which silence begins, and below which it is complete. */
  static final double SILENCE_FROM_LUFS = -60;

  static final double SILENCE_LUFS = -70;

  /** See the class. */
  static final double LIFT_LU = 24;

  /** A sound quieter than this as a whole is not raised further. */
  static final double FAINTEST_LUFS = -100;

  /** Gain values a second. */
  private static final int POINTS_PER_SECOND = 50;

  /** The gain after the first pass is corrected so often by what it did. */
  private static final int CORRECTIONS = 2;

  private static final double MOST_CORRECTION_DB = 6;

  private LevelFollower() {}

  /** The sound at the source's level. Samples that are no numbers become silence. */
  public static Sound follow(Sound sound, SourceLevel source, double dynamics, double targetLufs) {
    if (!(dynamics >= 0 && dynamics <= 1) || !Double.isFinite(targetLufs)) {
      throw new IllegalArgumentException(
          "dynamics=%s targetLufs=%s, expected 0 to 1 and a number"
              .formatted(dynamics, targetLufs));
    }
    int rate = sound.sampleRateHz();
    int hop = Math.max(1, rate / POINTS_PER_SECOND);
    LoudnessMeter meter = new LoudnessMeter(rate, sound.channelCount(), hop);
    meter.push(sound.channels());
    meter.finish();
    float[] own = meter.takeCurve();
    double whole = meter.integratedLufs();
    if (sound.length() == 0
        || whole <= LoudnessMeter.SILENCE_LUFS && loudest(own) <= LoudnessMeter.SILENCE_LUFS + 1) {
      return Sound.silence(rate, sound.channelCount(), sound.length());
    }
    double reference = Math.max(FAINTEST_LUFS, Math.max(whole, loudest(own) - LIFT_LU / 2));
    double[] target = target(source, own.length, (double) hop / rate, dynamics, targetLufs);
    double[] gainDb = new double[own.length];
    for (int i = 0; i < gainDb.length; i++) {
      gainDb[i] = target[i] - lifted(own[i], reference);
    }
    Sound out = apply(sound, gainDb, target, hop);
    for (int pass = 0; pass < CORRECTIONS; pass++) {
      float[] now = LoudnessMeter.momentaryLufs(rate, out.channels(), hop);
      for (int i = 0; i < gainDb.length; i++) {
        double share = share(own[i], reference);
        gainDb[i] +=
            share * Math.clamp(target[i] - now[i], -MOST_CORRECTION_DB, MOST_CORRECTION_DB);
      }
      out = apply(sound, gainDb, target, hop);
    }
    return out;
  }

  private static double loudest(float[] curve) {
    double loudest = LoudnessMeter.SILENCE_LUFS;
    for (float v : curve) {
      loudest = Math.max(loudest, v);
    }
    return loudest;
  }

  /** Target at every point; negative infinity = silence. */
  private static double[] target(
      SourceLevel source, int points, double seconds, double dynamics, double targetLufs) {
    double[] out = new double[points];
    for (int i = 0; i < points; i++) {
      double s = source.lufsAt(i * seconds);
      double quiet = Math.max(s, source.integratedLufs() - 60);
      out[i] = targetLufs + dynamics * (quiet - source.integratedLufs());
      if (source.integratedLufs() <= SILENCE_LUFS || s <= SILENCE_LUFS) {
        out[i] = Double.NEGATIVE_INFINITY;
      } else if (s < SILENCE_FROM_LUFS) {
        double left = (s - SILENCE_LUFS) / (SILENCE_FROM_LUFS - SILENCE_LUFS);
        out[i] += 20 * Math.log10(left);
      }
    }
    return out;
  }

  /** The sound's own loudness, its quiet moments held up softly at a distance below the whole. */
  private static double lifted(double own, double reference) {
    return 10 * Math.log10(Math.pow(10, own / 10) + Math.pow(10, (reference - LIFT_LU) / 10));
  }

  /** 1 where the moment's own loudness decides, 0 where it is a hole. */
  private static double share(double own, double reference) {
    double power = Math.pow(10, own / 10);
    return power / (power + Math.pow(10, (reference - LIFT_LU) / 10));
  }

  private static Sound apply(Sound sound, double[] gainDb, double[] target, int hop) {
    double[] gain = new double[gainDb.length];
    for (int i = 0; i < gain.length; i++) {
      gain[i] = target[i] == Double.NEGATIVE_INFINITY ? 0 : Math.pow(10, gainDb[i] / 20);
    }
    float[][] out = new float[sound.channelCount()][sound.length()];
    for (int c = 0; c < out.length; c++) {
      float[] in = sound.channels()[c];
      for (int below = 0; below < gain.length; below++) {
        double from = gain[below];
        double rise = gain[Math.min(below + 1, gain.length - 1)] - from;
        int start = below * hop;
        int end = below == gain.length - 1 ? in.length : Math.min(in.length, start + hop);
        for (int i = start; i < end; i++) {
          double g = from + rise * (i - start) / hop;
          out[c][i] = Float.isFinite(in[i]) ? (float) (in[i] * g) : 0;
        }
      }
    }
    return new Sound(sound.sampleRateHz(), out);
  }
}
