package org.sonograph.signal.seam;

import org.sonograph.signal.sound.Sound;

/**
 * A crossfade that keeps the power even for anything between twins and strangers: gains x and 1-x
 * over sqrt(x² + (1-x)² + 2ρx(1-x)), with ρ the correlation of what is faded. Linear for ρ = 1,
 * equal power for ρ = 0.
 */
public final class Crossfade {
  private Crossfade() {}

  /** The overlap of a seam, ρ measured on its samples over all channels. */
  public static Sound join(Seam seam) {
    int n = seam.overlapSamples();
    double rho = correlation(seam);
    float[][] out = new float[seam.next().channelCount()][n];
    for (int c = 0; c < out.length; c++) {
      float[] before = seam.previous().channels()[c];
      float[] after = seam.next().channels()[c];
      for (int i = 0; i < n; i++) {
        double x = (i + 0.5) / n;
        double norm = norm(x, rho);
        out[c][i] = (float) ((before[seam.contextBefore() + i] * (1 - x) + after[i] * x) / norm);
      }
    }
    return new Sound(seam.next().sampleRateHz(), out);
  }

  /** What x and 1-x are divided by. */
  public static double norm(double x, double rho) {
    return Math.sqrt(x * x + (1 - x) * (1 - x) + 2 * rho * x * (1 - x));
  }

  /**
   * Correlation of the two sounds over their overlap, 0 to 1; opposite ones count as strangers,
   * silence as a twin.
   */
  public static double correlation(Seam seam) {
    double product = 0;
    double before = 0;
    double after = 0;
    for (int c = 0; c < seam.next().channelCount(); c++) {
      float[] a = seam.previous().channels()[c];
      float[] b = seam.next().channels()[c];
      for (int i = 0; i < seam.overlapSamples(); i++) {
        double v = a[seam.contextBefore() + i];
        double w = b[i];
        product += v * w;
        before += v * v;
        after += w * w;
      }
    }
    return correlation(product, before, after);
  }

  static double correlation(double product, double before, double after) {
    double norm = Math.sqrt(before * after);
    return norm == 0 ? 1 : Math.clamp(product / norm, 0, 1);
  }
}
