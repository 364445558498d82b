package org.sonograph.signal.phase;

import org.sonograph.signal.transform.Spectrum;
import org.sonograph.signal.transform.Stft;

/**
 * Makes sound longer or shorter at the same pitch, by {@code torchaudio.functional.phase_vocoder}'s
 * formula. Phases are summed in double precision: in single precision, at the length of a track,
 * they are rounding noise.
 */
public final class PhaseVocoder {

  private static final int N_FFT = 1024;
  private static final int HOP_SAMPLES = 256;

  private PhaseVocoder() {}

  /**
   * A sound stretched by the notebook's transform (window 1024, hop 256).
   *
   * @param factor how many times as long, more than 0
   * @return {@code round(factor * samples.length)} samples
   */
  public static double[] stretch(double[] samples, double factor) {
    long length = Math.round(factor * samples.length);
    if (!(factor > 0) || length < 1 || length > Integer.MAX_VALUE - N_FFT) {
      throw new IllegalArgumentException(
          "stretch=%s of %d samples, expected 1 to %d samples"
              .formatted(factor, samples.length, Integer.MAX_VALUE - N_FFT));
    }
    Stft stft = new Stft(N_FFT, HOP_SAMPLES);
    Spectrum spectrum = stft.forward(samples);
    return stft.inverse(stretch(spectrum, 1 / factor, HOP_SAMPLES), (int) length);
  }

  /**
   * The formula itself.
   *
   * @param rate more than 0; below 1 makes longer
   * @param hopSamples hop of the transform, from which the phase expected per frame follows: it
   *     grows from 0 at bin 0 to pi times the hop at the last bin
   */
  public static Spectrum stretch(Spectrum spectrum, double rate, int hopSamples) {
    if (rate == 1.0) {
      return spectrum;
    }
    int frames = spectrum.frames();
    int bins = spectrum.re()[0].length;
    int steps = (int) Math.ceil(frames / rate);
    Spectrum out = Spectrum.zero(steps, bins);
    double[] silence = new double[bins];
    double[] sum = new double[bins];
    for (int k = 0; k < bins; k++) {
      sum[k] = Math.atan2(spectrum.im()[0][k], spectrum.re()[0][k]);
    }
    for (int s = 0; s < steps; s++) {
      double time = time(s, steps, rate);
      int at = (int) time;
      double share = time - at;
      double[] re0 = at < frames ? spectrum.re()[at] : silence;
      double[] im0 = at < frames ? spectrum.im()[at] : silence;
      double[] re1 = at + 1 < frames ? spectrum.re()[at + 1] : silence;
      double[] im1 = at + 1 < frames ? spectrum.im()[at + 1] : silence;
      for (int k = 0; k < bins; k++) {
        double magnitude =
            share * Math.hypot(re1[k], im1[k]) + (1 - share) * Math.hypot(re0[k], im0[k]);
        out.re()[s][k] = magnitude * Math.cos(sum[k]);
        out.im()[s][k] = magnitude * Math.sin(sum[k]);
        double expected = bins == 1 ? 0 : Math.PI * hopSamples * k / (bins - 1);
        double phase = Math.atan2(im1[k], re1[k]) - Math.atan2(im0[k], re0[k]) - expected;
        phase -= 2 * Math.PI * Math.rint(phase / (2 * Math.PI));
        sum[k] += phase + expected;
      }
    }
    return out;
  }

  /**
   * Step times as {@code torch.arange} rounds them: in fours from a multiple of four, the last up
   * to seven one by one. At a third a frame many fall just beside a whole number, and which frame
   * they take follows from the last bit.
   */
  private static double time(int step, int steps, double rate) {
    int lane = step < steps / 8 * 8 ? step % 4 : 0;
    return (step - lane) * rate + lane * rate;
  }
}
