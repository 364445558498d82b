package org.sonograph.signal.compare;

import java.util.List;
import org.sonograph.signal.loudness.LoudnessMeter;
import org.sonograph.signal.sound.Sound;

/**
 * What of a source is left in a sound made from it.
 *
 * @param onsets agreement of beginnings: F-measure of onsets that lie within 50 ms of each other, 0
 *     to 1
 * @param chroma likeness of harmony: mean cosine of the frames' twelve pitch classes, weighted by
 *     the source's power, 0 to 1
 * @param convergence distance of the magnitudes: the norm of the difference over the norm of the
 *     source's, after the best scaling; 0 = equal, 1 = nothing alike
 * @param loudnessForm correlation of the momentary loudness, -1 to 1; 0 where either never changes
 * @param lufs integrated loudness of the sound
 */
public record Survival(
    double onsets, double chroma, double convergence, double loudnessForm, double lufs) {
  private static final double TOLERANCE_SECONDS = 0.05;

  /** Quieter moments count as equally quiet. */
  private static final double QUIET_LUFS = -60;

  /** Compares a sound with its source. */
  public static Survival of(Sound source, Sound heard) {
    Frames one = Frames.of(source);
    Frames other = Frames.of(heard);
    int frames = Math.min(one.count(), other.count());
    return new Survival(
        agreement(one.onsets(frames), other.onsets(frames)),
        chroma(one, other, frames),
        convergence(one, other, frames),
        loudnessForm(source, heard),
        LoudnessMeter.integratedLufs(heard.sampleRateHz(), heard.channels()));
  }

  /** Each onset is matched once, in order of time. */
  private static double agreement(List<Integer> one, List<Integer> other) {
    if (one.isEmpty() && other.isEmpty()) {
      return 1;
    }
    double tolerance = TOLERANCE_SECONDS * Frames.RATE_HZ / Frames.HOP;
    int matched = 0;
    int i = 0;
    int j = 0;
    while (i < one.size() && j < other.size()) {
      int apart = one.get(i) - other.get(j);
      if (Math.abs(apart) <= tolerance) {
        matched++;
        i++;
        j++;
      } else if (apart < 0) {
        i++;
      } else {
        j++;
      }
    }
    return 2.0 * matched / (one.size() + other.size());
  }

  private static double chroma(Frames one, Frames other, int frames) {
    double sum = 0;
    double weights = 0;
    for (int f = 0; f < frames; f++) {
      double[] a = one.chroma(f);
      double[] b = other.chroma(f);
      double product = 0;
      double powerA = 0;
      double powerB = 0;
      double weight = 0;
      for (int c = 0; c < a.length; c++) {
        product += a[c] * b[c];
        powerA += a[c] * a[c];
        powerB += b[c] * b[c];
        weight += a[c];
      }
      if (powerA > 0) {
        weights += weight;
        sum += powerB > 0 ? weight * product / Math.sqrt(powerA * powerB) : 0;
      }
    }
    return weights == 0 ? 0 : sum / weights;
  }

  private static double convergence(Frames one, Frames other, int frames) {
    double product = 0;
    double power = 0;
    double given = 0;
    for (int f = 0; f < frames; f++) {
      double[] a = one.magnitude()[f];
      double[] b = other.magnitude()[f];
      for (int k = 0; k < a.length; k++) {
        product += a[k] * b[k];
        power += b[k] * b[k];
        given += a[k] * a[k];
      }
    }
    return given == 0 || power == 0
        ? 1
        : Math.sqrt(Math.max(0, 1 - product * product / power / given));
  }

  private static double loudnessForm(Sound source, Sound heard) {
    float[] a = curve(source);
    float[] b = curve(heard);
    int n = Math.min(a.length, b.length);
    double meanA = 0;
    double meanB = 0;
    for (int i = 0; i < n; i++) {
      meanA += a[i] / n;
      meanB += b[i] / n;
    }
    double product = 0;
    double powerA = 0;
    double powerB = 0;
    for (int i = 0; i < n; i++) {
      product += (a[i] - meanA) * (b[i] - meanB);
      powerA += (a[i] - meanA) * (a[i] - meanA);
      powerB += (b[i] - meanB) * (b[i] - meanB);
    }
    return powerA * powerB < 1e-9 ? 0 : product / Math.sqrt(powerA * powerB);
  }

  /** Ten values a second, not below {@link #QUIET_LUFS}. */
  private static float[] curve(Sound sound) {
    float[] curve =
        LoudnessMeter.momentaryLufs(
            sound.sampleRateHz(), sound.channels(), Math.max(1, sound.sampleRateHz() / 10));
    for (int i = 0; i < curve.length; i++) {
      curve[i] = (float) Math.max(QUIET_LUFS, curve[i]);
    }
    return curve;
  }
}
