package org.sonograph.signal.seam;

import java.util.Arrays;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.TapeSpectrogram;
import org.sonograph.signal.transform.Stft;

/**
 * A crossfade whose phases are then found anew: Griffin-Lim on the overlap alone, toward the
 * crossfaded magnitudes of both pictures, with the sound on both sides held as it is. Two sounds of
 * the same tone in different phase cancel in the middle of a crossfade; after this they do not.
 */
public final class SeamJoin {
  /** A 440 Hz sine ripples as little over a join as inside a picture after so many. */
  public static final int ITERATIONS = 24;

  private static final double MOMENTUM = 0.99;
  private static final double LEAST_MAGNITUDE = 1e-16;

  private SeamJoin() {}

  /** Samples of context that a join wants on both sides; less is possible. */
  public static int contextSamples(Inversion inversion) {
    return inversion.nFft();
  }

  /**
   * The joined overlap.
   *
   * @param iterations 0 = the crossfade alone
   */
  public static Sound join(Seam seam, SeamArt art, int iterations) {
    Sound faded = Crossfade.join(seam);
    int hop = art.nextInversion().hopSamples();
    if (iterations == 0 || art.nextHead().width() * hop != seam.overlapSamples()) {
      return faded;
    }
    if (art.mixes().size() != faded.channelCount()) {
      throw new IllegalArgumentException(
          "%d mixes for %d channels".formatted(art.mixes().size(), faded.channelCount()));
    }
    float[][] out = new float[faded.channelCount()][];
    for (int c = 0; c < out.length; c++) {
      boolean same = c > 0 && art.mixes().get(c).equals(art.mixes().get(c - 1)) && equal(seam, c);
      out[c] =
          same
              ? out[c - 1].clone()
              : new Channel(seam, art, c).joined(faded.channels()[c], iterations);
    }
    return new Sound(faded.sampleRateHz(), out);
  }

  private static boolean equal(Seam seam, int c) {
    return Arrays.equals(seam.previous().channels()[c], seam.previous().channels()[c - 1])
        && Arrays.equals(seam.next().channels()[c], seam.next().channels()[c - 1]);
  }

  /**
   * One channel's join. Frame j of the grid is centred on the overlap's sample {@code j * hop}; all
   * frames that touch the overlap take part, {@code margin} of them centred before it and as many
   * after.
   */
  private static final class Channel {
    private final int nFft;
    private final int hop;
    private final int overlap;
    private final int columns;
    private final int margin;
    private final int frames;
    private final Stft stft;
    private final double[] before;
    private final double[] after;
    private final double[][] targets;

    /**
     * Index of the overlap's first sample in a signal whose first frame is the first of the margin.
     */
    private final int origin;

    Channel(Seam seam, SeamArt art, int channel) {
      Inversion inversion = art.nextInversion();
      this.nFft = inversion.nFft();
      this.hop = inversion.hopSamples();
      this.overlap = seam.overlapSamples();
      this.columns = art.nextHead().width();
      this.margin = (nFft / 2 - 1) / hop;
      this.frames = columns + 2 * margin + 1;
      this.stft = new Stft(nFft, hop);
      this.origin = nFft / 2 + margin * hop;
      this.before = placed(seam.previous().channels()[channel], -seam.contextBefore());
      this.after = placed(seam.next().channels()[channel], 0);
      this.targets = targets(art, channel);
    }

    /** The samples where they belong among the frames; silence where there are none. */
    private double[] placed(float[] samples, int start) {
      double[] out = new double[stft.paddedSamples(frames)];
      for (int i = 0; i < samples.length; i++) {
        int at = origin + start + i;
        if (at >= 0 && at < out.length) {
          out[at] = samples[i];
        }
      }
      return out;
    }

    private double[][] targets(SeamArt art, int channel) {
      double[][] own = magnitudes(before);
      double[][] other = magnitudes(after);
      double[][] was =
          TapeSpectrogram.strip(
              art.previousTail(), art.mixes().get(channel), art.previousInversion());
      double[][] becomes =
          TapeSpectrogram.strip(art.nextHead(), art.mixes().get(channel), art.nextInversion());
      // Frames that reach past the end of their own sound cannot tell its level: they take their
      // neighbours'.
      level(was, own, 0, columns - margin - 1);
      level(becomes, other, Math.min(columns - 1, margin + 1), columns);
      double rho = correlation(was, becomes);
      double[][] out = new double[frames][];
      for (int f = 0; f < frames; f++) {
        int j = f - margin;
        if (j < 0) {
          out[f] = own[f];
        } else if (j >= columns) {
          out[f] = other[f];
        } else {
          double x = (double) j / columns;
          out[f] = mixed(was[j], becomes[j], x, Crossfade.norm(x, rho));
        }
      }
      return out;
    }

    /**
     * Scales each column of the art to the energy its own sound has there; the pictures do not know
     * the level.
     */
    private void level(double[][] art, double[][] sound, int from, int until) {
      int last = Math.max(from + 1, until);
      double[] gain = new double[columns];
      for (int j = from; j < last && j < columns; j++) {
        double wanted = energy(sound[j + margin]);
        double given = energy(art[j]);
        gain[j] = given == 0 ? 0 : Math.sqrt(wanted / given);
      }
      for (int j = 0; j < columns; j++) {
        double g = gain[Math.clamp(j, from, Math.min(last, columns) - 1)];
        for (int k = 0; k < art[j].length; k++) {
          art[j][k] *= g;
        }
      }
    }

    private static double energy(double[] frame) {
      double sum = 0;
      for (double v : frame) {
        sum += v * v;
      }
      return sum;
    }

    private static double correlation(double[][] a, double[][] b) {
      double product = 0;
      double before = 0;
      double after = 0;
      for (int j = 0; j < a.length; j++) {
        for (int k = 0; k < a[j].length; k++) {
          product += a[j][k] * b[j][k];
        }
        before += energy(a[j]);
        after += energy(b[j]);
      }
      return Crossfade.correlation(product, before, after);
    }

    private static double[] mixed(double[] a, double[] b, double x, double norm) {
      double[] out = new double[a.length];
      for (int k = 0; k < out.length; k++) {
        out[k] = (a[k] * (1 - x) + b[k] * x) / norm;
      }
      return out;
    }

    private double[][] magnitudes(double[] signal) {
      double[][] out = new double[frames][stft.bins()];
      double[][] re = new double[stft.batch()][stft.bins()];
      double[][] im = new double[stft.batch()][stft.bins()];
      for (int f = 0; f < frames; f += stft.batch()) {
        int count = Math.min(stft.batch(), frames - f);
        stft.analyse(signal, f, count, re, im);
        for (int i = 0; i < count; i++) {
          for (int k = 0; k < stft.bins(); k++) {
            out[f + i][k] = Math.sqrt(re[i][k] * re[i][k] + im[i][k] * im[i][k]);
          }
        }
      }
      return out;
    }

    float[] joined(float[] faded, int iterations) {
      double[] held = new double[before.length];
      System.arraycopy(before, 0, held, 0, origin);
      System.arraycopy(
          after, origin + overlap, held, origin + overlap, held.length - origin - overlap);
      double[] signal = held.clone();
      for (int i = 0; i < overlap; i++) {
        signal[origin + i] = faded[i];
      }
      double[] free = freedom();
      double[] weights = stft.inverseEnvelope(frames);
      double[][] previousRe = new double[frames][stft.bins()];
      double[][] previousIm = new double[frames][stft.bins()];
      for (int i = 0; i < iterations; i++) {
        double[] found = project(signal, previousRe, previousIm);
        for (int s = origin; s < origin + overlap; s++) {
          double kept = s < origin + overlap / 2 ? before[s] : after[s];
          double f = free[s - origin];
          signal[s] = f == 1 ? found[s] * weights[s] : f * found[s] * weights[s] + (1 - f) * kept;
        }
      }
      float[] out = new float[overlap];
      for (int i = 0; i < overlap; i++) {
        out[i] = (float) signal[origin + i];
      }
      return out;
    }

    /**
     * How far each sample of the overlap may leave its own sound: not at its ends, so that nothing
     * clicks.
     */
    private double[] freedom() {
      double[] out = new double[overlap];
      int ramp = Math.min(nFft / 8, overlap / 4);
      for (int i = 0; i < overlap; i++) {
        int edge = Math.min(i, overlap - 1 - i);
        out[i] = edge >= ramp ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * (edge + 0.5) / ramp);
      }
      return out;
    }

    /**
     * One step of fast Griffin-Lim: the frames' phases at the wanted magnitudes, overlapped and
     * added.
     */
    private double[] project(double[] signal, double[][] previousRe, double[][] previousIm) {
      double[] sum = new double[signal.length];
      double[][] re = new double[stft.batch()][stft.bins()];
      double[][] im = new double[stft.batch()][stft.bins()];
      double momentum = MOMENTUM / (1 + MOMENTUM);
      for (int f = 0; f < frames; f += stft.batch()) {
        int count = Math.min(stft.batch(), frames - f);
        stft.analyse(signal, f, count, re, im);
        for (int i = 0; i < count; i++) {
          double[] lastRe = previousRe[f + i];
          double[] lastIm = previousIm[f + i];
          for (int k = 0; k < stft.bins(); k++) {
            double r = re[i][k] - momentum * lastRe[k];
            double m = im[i][k] - momentum * lastIm[k];
            lastRe[k] = re[i][k];
            lastIm[k] = im[i][k];
            double factor = targets[f + i][k] / (Math.sqrt(r * r + m * m) + LEAST_MAGNITUDE);
            re[i][k] = r * factor;
            im[i][k] = m * factor;
          }
        }
        stft.synthesise(re, im, f, count, sum);
      }
      return sum;
    }
  }
}
