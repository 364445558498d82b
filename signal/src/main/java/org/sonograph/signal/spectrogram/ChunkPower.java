package org.sonograph.signal.spectrogram;

import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.transform.Stft;

/** Powers of a chunk's frames, {@code [frame][bin]}, re a full-scale sine. */
final class ChunkPower {
  private final Sound sound;
  private final int contextBefore;
  private final Inversion inversion;
  private final Stft stft;

  /**
   * Of a chunk.
   *
   * @param sound the chunk with what context there is before and after it
   * @param contextBefore samples of it that lie before the chunk
   */
  ChunkPower(Sound sound, int contextBefore, Inversion inversion) {
    this.sound = sound;
    this.contextBefore = contextBefore;
    this.inversion = inversion;
    this.stft = new Stft(inversion.nFft(), inversion.hopSamples());
  }

  /** Frames centred before the chunk, of at most {@code reach}, that the context holds. */
  int framesBefore(int reach) {
    return Math.min(reach, contextBefore / inversion.hopSamples());
  }

  /** Frames centred after the chunk's {@code columns}, of at most {@code reach}. */
  int framesAfter(int columns, int reach) {
    int known = Math.ceilDiv(sound.length() - contextBefore, inversion.hopSamples());
    return Math.clamp(known - columns, 0, reach);
  }

  /** Mean over the sound's channels, of {@code count} frames from the chunk's {@code first} on. */
  double[][] mean(int first, int count) {
    double[][] power = new double[count][stft.bins()];
    for (int c = 0; c < sound.channelCount(); c++) {
      add(power, c, first, 1.0 / sound.channelCount());
    }
    return power;
  }

  /** Of one channel of the sound, as {@link #mean}. */
  double[][] channel(int channel, int first, int count) {
    double[][] power = new double[count][stft.bins()];
    add(power, channel, first, 1);
    return power;
  }

  private void add(double[][] power, int channel, int first, double share) {
    float[] samples = sound.channels()[channel];
    double[] padded = new double[stft.paddedSamples(power.length)];
    int shift = contextBefore + first * inversion.hopSamples() - inversion.nFft() / 2;
    for (int i = 0; i < padded.length; i++) {
      int at = i + shift;
      padded[i] = at >= 0 && at < samples.length && Float.isFinite(samples[at]) ? samples[at] : 0;
    }
    double fullScale = TapeSpectrogram.fullScale(inversion);
    double scale = share / (fullScale * fullScale);
    double[][] re = new double[stft.batch()][stft.bins()];
    double[][] im = new double[stft.batch()][stft.bins()];
    for (int f = 0; f < power.length; f += stft.batch()) {
      int some = Math.min(stft.batch(), power.length - f);
      stft.analyse(padded, f, some, re, im);
      for (int i = 0; i < some; i++) {
        for (int k = 0; k < power[f + i].length; k++) {
          power[f + i][k] += (re[i][k] * re[i][k] + im[i][k] * im[i][k]) * scale;
        }
      }
    }
  }
}
