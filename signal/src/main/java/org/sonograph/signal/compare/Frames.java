package org.sonograph.signal.compare;

import java.util.ArrayList;
import java.util.List;
import org.sonograph.signal.sound.Resampler;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.transform.Spectrum;
import org.sonograph.signal.transform.Stft;

/**
 * A sound's magnitudes, fifty frames a second.
 *
 * @param magnitude {@code [frame][bin]}, linear, of mono at {@link #RATE_HZ}
 */
record Frames(double[][] magnitude) {
  static final int RATE_HZ = 24_000;
  static final int WINDOW = 2048;
  static final int HOP = 480;

  /** Differences of logarithms begin to count at this share of the loudest magnitude. */
  private static final double COMPRESSION = 1000;

  /** An onset is at least this far above its surroundings' mean, in their standard deviations. */
  private static final double ONSET_DEVIATIONS = 1;

  private static final int ONSET_NEIGHBOURS = 3;
  private static final int ONSET_SURROUNDINGS = 25;

  static Frames of(Sound sound) {
    float[] mono = new float[sound.length()];
    for (float[] channel : sound.channels()) {
      for (int i = 0; i < mono.length; i++) {
        mono[i] += channel[i] / sound.channelCount();
      }
    }
    Sound low = Resampler.resample(Sound.mono(sound.sampleRateHz(), mono), RATE_HZ);
    double[] samples = new double[Math.max(1, low.length())];
    for (int i = 0; i < low.length(); i++) {
      samples[i] = low.channels()[0][i];
    }
    Spectrum spectrum = new Stft(WINDOW, HOP).forward(samples);
    double[][] magnitude = spectrum.re();
    for (int f = 0; f < magnitude.length; f++) {
      for (int k = 0; k < magnitude[f].length; k++) {
        magnitude[f][k] = Math.hypot(magnitude[f][k], spectrum.im()[f][k]);
      }
    }
    return new Frames(magnitude);
  }

  int count() {
    return magnitude.length;
  }

  /** Frames at which something begins: peaks of the half-wave rectified spectral flux. */
  List<Integer> onsets(int frames) {
    double[] flux = flux(frames);
    List<Integer> onsets = new ArrayList<>();
    for (int f = 1; f < frames; f++) {
      double mean = 0;
      double square = 0;
      int from = Math.max(0, f - ONSET_SURROUNDINGS);
      int until = Math.min(frames, f + ONSET_SURROUNDINGS + 1);
      for (int i = from; i < until; i++) {
        mean += flux[i] / (until - from);
        square += flux[i] * flux[i] / (until - from);
      }
      double deviation = Math.sqrt(Math.max(0, square - mean * mean));
      boolean peak = flux[f] > mean + ONSET_DEVIATIONS * deviation && flux[f] > 1e-6;
      for (int i = Math.max(0, f - ONSET_NEIGHBOURS);
          peak && i < Math.min(frames, f + ONSET_NEIGHBOURS + 1);
          i++) {
        peak = i < f ? flux[i] < flux[f] : flux[i] <= flux[f];
      }
      if (peak) {
        onsets.add(f);
      }
    }
    return onsets;
  }

  private double[] flux(int frames) {
    double loudest = 1e-12;
    for (double[] frame : magnitude) {
      for (double v : frame) {
        loudest = Math.max(loudest, v);
      }
    }
    double scale = COMPRESSION / loudest;
    double[] flux = new double[frames];
    for (int f = 1; f < frames; f++) {
      for (int k = 0; k < magnitude[f].length; k++) {
        double growth =
            Math.log1p(scale * magnitude[f][k]) - Math.log1p(scale * magnitude[f - 1][k]);
        flux[f] += Math.max(0, growth);
      }
    }
    return flux;
  }

  /** Power of each of the twelve pitch classes from C on, A4 at 440 Hz; 55 to 5000 Hz. */
  double[] chroma(int frame) {
    double[] chroma = new double[12];
    for (int k = (int) (55.0 * WINDOW / RATE_HZ); k < 5000.0 * WINDOW / RATE_HZ; k++) {
      double semitones = 69 + 12 * Math.log((double) k * RATE_HZ / WINDOW / 440) / Math.log(2);
      double v = magnitude[frame][k];
      chroma[Math.floorMod((int) Math.rint(semitones), 12)] += v * v;
    }
    return chroma;
  }
}
