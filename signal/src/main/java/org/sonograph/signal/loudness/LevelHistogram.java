package org.sonograph.signal.loudness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sonograph.signal.transform.FrameFft;
import org.sonograph.signal.transform.Stft;

/**
 * Counts the levels of a sound's STFT bins (Hann, 4096 samples, half overlapping, mean power over
 * channels) by octave and decibel, piece by piece. It knows nothing of any picture, so that one
 * histogram serves every axis, tilt and range. Exact silence is not counted.
 */
public final class LevelHistogram {
  private static final int N_FFT = 4096;
  private static final int HOP = N_FFT / 2;

  /** Octaves are counted from here, so that the default picture's axis begins with one. */
  private static final double FIRST_EDGE_HZ = 41.2 / 4;

  private static final int LOWEST_DB = -120;
  private static final int LEVELS = 150;

  private final int sampleRateHz;
  private final int channels;
  private final FrameFft fft = FrameFft.of(N_FFT);
  private final double[] window = Stft.hann(N_FFT);
  private final double[][] frames = new double[fft.batch()][N_FFT];
  private final double[][] re = new double[fft.batch()][fft.bins()];
  private final double[][] im = new double[fft.batch()][fft.bins()];
  private final float[][] pending;
  private int filled;
  private final int[] bandOfBin = new int[fft.bins()];
  private final long[][] counts;

  public LevelHistogram(int sampleRateHz, int channels) {
    if (sampleRateHz < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "levels of %d Hz, %d channels".formatted(sampleRateHz, channels));
    }
    this.sampleRateHz = sampleRateHz;
    this.channels = channels;
    // room for a batch of frames; the first is centred on sample 0
    this.pending = new float[channels][HOP * (fft.batch() + 1)];
    this.filled = HOP;
    int bands = 1;
    for (int k = 0; k < bandOfBin.length; k++) {
      double hz = (double) k * sampleRateHz / N_FFT;
      bandOfBin[k] =
          hz < FIRST_EDGE_HZ
              ? -1
              : (int) Math.floor(Math.log(hz / FIRST_EDGE_HZ) / Math.log(2) + 1e-9);
      bands = Math.max(bands, bandOfBin[k] + 1);
    }
    this.counts = new long[bands][LEVELS];
  }

  /** Takes the next samples, {@code [channel][sample]}. */
  public void push(float[][] samples) {
    if (samples.length != channels) {
      throw new IllegalArgumentException(samples.length + " channels, expected " + channels);
    }
    int from = 0;
    while (from < samples[0].length) {
      int count = Math.min(samples[0].length - from, pending[0].length - filled);
      for (int c = 0; c < channels; c++) {
        System.arraycopy(samples[c], from, pending[c], filled, count);
      }
      filled += count;
      from += count;
      if (filled == pending[0].length) {
        count(fft.batch());
        keepLast();
      }
    }
  }

  private void keepLast() {
    for (float[] p : pending) {
      System.arraycopy(p, p.length - HOP, p, 0, HOP);
    }
    filled = HOP;
  }

  /** Ends the sound: the frames still centred within it are counted. */
  public void finish() {
    int left = Math.ceilDiv(filled - HOP, HOP);
    for (float[] p : pending) {
      Arrays.fill(p, filled, p.length, 0);
    }
    count(left);
    for (float[] p : pending) {
      Arrays.fill(p, 0);
    }
    filled = HOP;
  }

  /** What was counted so far, empty levels at both ends left away. */
  public List<LevelBand> bands() {
    List<LevelBand> out = new ArrayList<>();
    for (int b = 0; b < counts.length; b++) {
      long[] all = counts[b];
      int first = 0;
      int last = LEVELS;
      while (first < LEVELS && all[first] == 0) {
        first++;
      }
      while (last > first && all[last - 1] == 0) {
        last--;
      }
      if (first < last) {
        double low = FIRST_EDGE_HZ * (1L << b);
        double high = Math.min(2 * low, sampleRateHz / 2.0);
        out.add(new LevelBand(low, high, LOWEST_DB + first, Arrays.copyOfRange(all, first, last)));
      }
    }
    return out;
  }

  private void count(int frameCount) {
    double[][] power = new double[frameCount][fft.bins()];
    for (float[] channel : pending) {
      for (int f = 0; f < frameCount; f++) {
        for (int i = 0; i < N_FFT; i++) {
          frames[f][i] = channel[f * HOP + i] * window[i];
        }
      }
      fft.forward(frames, frameCount, re, im);
      for (int f = 0; f < frameCount; f++) {
        add(power[f], re[f], im[f]);
      }
    }
    // a full-scale sine peaks at a quarter of the window's length
    double scale = 16.0 / ((double) N_FFT * N_FFT * channels);
    for (double[] frame : power) {
      for (int k = 0; k < frame.length; k++) {
        int level = DbTable.floorDb((float) (frame[k] * scale)) - LOWEST_DB;
        if (level >= 0 && bandOfBin[k] >= 0) {
          counts[bandOfBin[k]][Math.min(level, LEVELS - 1)]++;
        }
      }
    }
  }

  private static void add(double[] power, double[] re, double[] im) {
    for (int k = 0; k < power.length; k++) {
      power[k] += re[k] * re[k] + im[k] * im[k];
    }
  }
}
