package org.sonograph.signal.phase;

import java.util.Arrays;
import org.sonograph.signal.transform.Spectrum;
import org.sonograph.signal.transform.Stft;

/**
 * The fast Griffin-Lim algorithm (Perraudin, Balazs, Søndergaard 2013) step for step as {@code
 * torchaudio.functional.griffinlim} has it. Pure; may be called by many threads.
 */
public final class GriffinLim {

  /** torchaudio adds this to an absolute value before it divides by it. */
  private static final double LEAST_MAGNITUDE = 1e-16;

  private GriffinLim() {}

  /**
   * What shapes a run.
   *
   * @param nFft window and transform length, samples
   * @param hopSamples distance between frames, samples
   * @param iterations how often the phases are found anew, 0 or more
   * @param momentum 0 (the original algorithm) to below 1
   * @param lengthSamples length of the sound
   */
  public record Settings(
      int nFft, int hopSamples, int iterations, double momentum, int lengthSamples) {

    /** torchaudio's default. */
    public static final int ITERATIONS = 32;

    /** torchaudio's default. */
    public static final double MOMENTUM = 0.99;

    /** Checks the ranges. */
    public Settings {
      if (iterations < 0) {
        throw new IllegalArgumentException(
            "iterations=%d, expected 0 or more".formatted(iterations));
      }
      if (!(momentum >= 0 && momentum < 1)) {
        throw new IllegalArgumentException(
            "momentum=%s, expected 0 to below 1".formatted(momentum));
      }
      if (lengthSamples < 1) {
        throw new IllegalArgumentException(
            "lengthSamples=%d, expected at least 1".formatted(lengthSamples));
      }
    }

    /** torchaudio's defaults; the sound ends at the last frame's centre. */
    public static Settings torchaudio(int nFft, int hopSamples, int frames) {
      return new Settings(
          nFft, hopSamples, ITERATIONS, MOMENTUM, Math.multiplyExact(hopSamples, frames - 1));
    }

    /** The same with another number of iterations. */
    public Settings withIterations(int count) {
      return new Settings(nFft, hopSamples, count, momentum, lengthSamples);
    }
  }

  /**
   * A sound whose spectrum has about the given magnitudes.
   *
   * @param magnitudes {@code [frame][bin]}, linear, not negative, {@code nFft / 2 + 1} bins
   * @param start the first phases
   * @return {@code lengthSamples} samples
   */
  public static double[] run(double[][] magnitudes, InitialPhase start, Settings settings) {
    return run(magnitudes, start, settings, Stft.hann(settings.nFft));
  }

  /**
   * The same with a window of its own.
   *
   * @param window {@code nFft} factors
   */
  public static double[] run(
      double[][] magnitudes, InitialPhase start, Settings settings, double[] window) {
    return new Run(magnitudes, settings, window).samples(start);
  }

  /**
   * Like {@link #run}, but the spectrum from which the last signal would be made: the given
   * magnitudes with the phases found.
   */
  public static Spectrum spectrum(double[][] magnitudes, InitialPhase start, Settings settings) {
    return new Run(magnitudes, settings, Stft.hann(settings.nFft)).spectrum(start);
  }

  /**
   * How far the spectrum of a sound is from magnitudes: the norm of the difference of powers over
   * the norm of the given ones, after the sound is scaled to fit best.
   *
   * @param magnitudes {@code [frame][bin]}
   */
  public static double spectralConvergence(
      double[] samples, double[][] magnitudes, int nFft, int hopSamples) {
    Spectrum spectrum = new Stft(nFft, hopSamples).forward(samples);
    double product = 0;
    double own = 0;
    double given = 0;
    int frames = Math.min(magnitudes.length, spectrum.frames());
    for (int f = 0; f < frames; f++) {
      for (int k = 0; k < magnitudes[f].length; k++) {
        double re = spectrum.re()[f][k];
        double im = spectrum.im()[f][k];
        double power = re * re + im * im;
        double goal = magnitudes[f][k] * magnitudes[f][k];
        product += power * goal;
        own += power * power;
        given += goal * goal;
      }
    }
    double scale = own == 0 ? 0 : product / own;
    double rest = given - 2 * scale * product + scale * scale * own;
    return given == 0 ? 0 : Math.sqrt(Math.max(0, rest) / given);
  }

  /** The memory of one run. Each pass goes through the frames once, a batch at a time. */
  private static final class Run {
    private final double[][] magnitudes;
    private final Settings settings;
    private final Stft stft;
    private final Spectrum rebuilt;
    private final Spectrum previous;
    private final double[] weights;
    private double[] signal;
    private double[] sum;

    Run(double[][] magnitudes, Settings settings, double[] window) {
      this.magnitudes = magnitudes;
      this.settings = settings;
      this.stft = new Stft(settings.nFft(), settings.hopSamples(), window);
      int frames = magnitudes.length;
      if (frames == 0) {
        throw new IllegalArgumentException("no frames, expected at least one");
      }
      for (double[] frame : magnitudes) {
        if (frame.length != stft.bins()) {
          throw new IllegalArgumentException(
              "a frame has %d bins, expected %d (nFft=%d)"
                  .formatted(frame.length, stft.bins(), settings.nFft()));
        }
      }
      this.rebuilt = Spectrum.zero(stft.batch(), stft.bins());
      this.previous = Spectrum.zero(frames, stft.bins());
      this.weights = stft.inverseEnvelope(frames);
      this.signal = new double[stft.paddedSamples(frames)];
      this.sum = new double[signal.length];
    }

    double[] samples(InitialPhase start) {
      iterate(start, settings.iterations());
      int lead = settings.nFft() / 2;
      double[] out = new double[settings.lengthSamples()];
      System.arraycopy(signal, lead, out, 0, Math.min(out.length, signal.length - lead));
      return out;
    }

    Spectrum spectrum(InitialPhase start) {
      int frames = magnitudes.length;
      Spectrum out = Spectrum.zero(frames, stft.bins());
      if (settings.iterations() == 0) {
        for (int f = 0; f < frames; f++) {
          begin(start, f, out.re()[f], out.im()[f]);
        }
        return out;
      }
      iterate(start, settings.iterations() - 1);
      for (int f = 0; f < frames; f += stft.batch()) {
        int count = Math.min(stft.batch(), frames - f);
        double[][] re = Arrays.copyOfRange(out.re(), f, f + count);
        double[][] im = Arrays.copyOfRange(out.im(), f, f + count);
        stft.analyse(signal, f, count, re, im);
        for (int i = 0; i < count; i++) {
          update(f + i, re[i], im[i]);
        }
      }
      return out;
    }

    private void iterate(InitialPhase start, int iterations) {
      pass((frame, re, im) -> begin(start, frame, re, im), false);
      for (int i = 0; i < iterations; i++) {
        pass(this::update, true);
      }
    }

    private void begin(InitialPhase start, int frame, double[] re, double[] im) {
      start.fill(frame, re, im);
      scale(re, im, magnitudes[frame]);
    }

    /** Makes every frame's spectrum, and of all of them the next signal. */
    private void pass(InitialPhase spectrum, boolean analysed) {
      for (int f = 0; f < magnitudes.length; f += stft.batch()) {
        int count = Math.min(stft.batch(), magnitudes.length - f);
        if (analysed) {
          stft.analyse(signal, f, count, rebuilt.re(), rebuilt.im());
        }
        for (int i = 0; i < count; i++) {
          spectrum.fill(f + i, rebuilt.re()[i], rebuilt.im()[i]);
        }
        stft.synthesise(rebuilt.re(), rebuilt.im(), f, count, sum);
      }
      multiply(sum, weights);
      stft.reflect(sum, Math.min(settings.lengthSamples(), sum.length - settings.nFft() / 2));
      double[] next = sum;
      sum = signal;
      signal = next;
      Arrays.fill(sum, 0);
    }

    /** New phases: the rebuilt spectrum less some of the one before it, at the given magnitudes. */
    private void update(int frame, double[] re, double[] im) {
      double[] lastRe = previous.re()[frame];
      double[] lastIm = previous.im()[frame];
      double momentum = settings.momentum() / (1 + settings.momentum());
      extrapolate(re, lastRe, momentum);
      extrapolate(im, lastIm, momentum);
      normalise(re, im, magnitudes[frame]);
    }

    private static void extrapolate(double[] values, double[] last, double momentum) {
      for (int k = 0; k < values.length; k++) {
        double v = values[k];
        values[k] = v - momentum * last[k];
        last[k] = v;
      }
    }

    private static void normalise(double[] re, double[] im, double[] magnitude) {
      for (int k = 0; k < re.length; k++) {
        double r = re[k];
        double m = im[k];
        double factor = magnitude[k] / (Math.sqrt(r * r + m * m) + LEAST_MAGNITUDE);
        re[k] = r * factor;
        im[k] = m * factor;
      }
    }

    private static void scale(double[] re, double[] im, double[] magnitude) {
      for (int k = 0; k < re.length; k++) {
        re[k] *= magnitude[k];
        im[k] *= magnitude[k];
      }
    }

    private static void multiply(double[] values, double[] factors) {
      for (int i = 0; i < values.length; i++) {
        values[i] *= factors[i];
      }
    }
  }
}
