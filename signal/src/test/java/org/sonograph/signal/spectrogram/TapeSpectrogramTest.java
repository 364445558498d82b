package org.sonograph.signal.spectrogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.signal.Signals;
import org.sonograph.signal.loudness.LevelHistogram;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.sound.Sound;

class TapeSpectrogramTest {
  private static final SpectrogramProfile TAPE = SpectrogramProfile.TAPE;
  private static final int CONTEXT = TAPE.contextSamples();
  private static final int LENGTH = 40 * 576;

  private static Picture picture(float[] samples, Inversion inversion) {
    return TapeSpectrogram.picture(Sound.mono(48_000, samples), CONTEXT, LENGTH, inversion);
  }

  private static float[] sine(double hz, double amplitude) {
    return Signals.sine(48_000, hz, amplitude, LENGTH + 2 * CONTEXT);
  }

  private static int brightest(Picture picture, int x) {
    int best = 0;
    for (int row = 0; row < picture.height(); row++) {
      int y = picture.height() - 1 - row;
      best = picture.at(x, y, 0) > picture.at(x, picture.height() - 1 - best, 0) ? row : best;
    }
    return best;
  }

  @ParameterizedTest
  @ValueSource(doubles = {110, 440, 1760, 7040})
  void putsANoteInItsRowCountedFromTheBottom(double hz) {
    int row = brightest(picture(sine(hz, 0.3), TAPE.inversion(0)), 20);
    double expected = TAPE.frequencyAxis().height(hz) - 0.5;
    // low notes: half a bin of 11.7 Hz may be many rows
    double rowsPerBin = TAPE.frequencyAxis().height(hz + 6) - TAPE.frequencyAxis().height(hz - 6);
    assertThat((double) row).isCloseTo(expected, within(Math.max(1, rowsPerBin)));
  }

  @Test
  void showsLevelsBetweenBlackAndWhiteWithTheTilt() {
    // 996.09 Hz lies on a bin, where the tilt is 0: -10 dB of full scale, 70 dB of range, white at
    // 0
    Picture picture = picture(sine(85 * 48_000 / 4096.0, Math.pow(10, -0.5)), TAPE.inversion(0));
    int top = picture.at(20, 511 - brightest(picture, 20), 0);
    assertThat(top).isBetween((int) (255 * (60 - 1) / 70.0), (int) (255 * 60.3 / 70.0));
    // an octave lower 4.5 dB darker
    Picture lower = picture(sine(42 * 48_000 / 4096.0, Math.pow(10, -0.5)), TAPE.inversion(0));
    int darker = lower.at(20, 511 - brightest(lower, 20), 0);
    assertThat(top - darker).isBetween((int) (255 * 3.5 / 70), (int) (255 * 5.5 / 70));
  }

  @Test
  void paintsSilenceBlack() {
    assertThat(picture(new float[LENGTH + 2 * CONTEXT], TAPE.inversion(-60)))
        .isEqualTo(Signals.flat(512, 512, 0));
  }

  @Test
  void leavesColumnsPastTheTracksEndBlack() {
    Picture picture = picture(Signals.noise(1, 0.5, LENGTH + 2 * CONTEXT), TAPE.inversion(-20));
    assertThat(picture.columns(40, 472)).isEqualTo(Signals.flat(472, 512, 0));
    assertThat(picture.at(39, 256, 0)).isPositive();
  }

  @Test
  void paintsTheSameColumnsInBothPicturesOfAnOverlap() {
    ChunkGrid grid = TAPE.grid();
    int n = (int) grid.startSample(2) + grid.overlapSamples();
    float[] sound = Signals.noise(7, 0.3, n);
    Inversion inversion = TAPE.inversion(-30);
    Picture[] pictures = new Picture[2];
    for (int k = 0; k < 2; k++) {
      int start = (int) grid.startSample(k);
      int length = (int) grid.lengthSamples(k, n);
      int from = Math.max(0, start - CONTEXT);
      Sound piece =
          Sound.mono(
              48_000, Arrays.copyOfRange(sound, from, Math.min(n, start + length + CONTEXT)));
      pictures[k] = TapeSpectrogram.picture(piece, start - from, length, inversion);
    }
    assertThat(pictures[0].columns(448, 64)).isEqualTo(pictures[1].columns(0, 64));
  }

  @Test
  void meansPowerOverChannels() {
    float[] sine = sine(85 * 48_000 / 4096.0, 0.5);
    Sound half = Sound.stereo(48_000, sine, new float[sine.length]);
    Picture both = TapeSpectrogram.picture(half, CONTEXT, LENGTH, TAPE.inversion(0));
    Picture quieter = picture(sine(85 * 48_000 / 4096.0, 0.5 / Math.sqrt(2)), TAPE.inversion(0));
    assertThat(both).isEqualTo(quieter);
  }

  @ParameterizedTest
  @CsvSource({"log,41.2,10547", "mel,0,16000", "linear,0,24000", "log,20,20000"})
  void givesBackTheLevelOfNoiseOnEveryAxis(String axis, double low, double high) {
    SpectrogramProfile profile =
        new SpectrogramProfile(
            "tape", 48_000, 4096, 576, "hann", axis, low, high, 3, 90, 512, 256, 64);
    Inversion inversion = profile.inversion(0);
    float[] noise = Signals.noise(5, 0.5, LENGTH + 2 * CONTEXT);
    double[][] back =
        TapeSpectrogram.magnitudes(picture(noise, inversion), ChannelMix.RED, inversion);
    double[] power = new double[2];
    for (int c = 4; c < 36; c++) {
      double[] re = new double[2049];
      double[] im = new double[2049];
      double[] frame = new double[4096];
      for (int i = 0; i < 4096; i++) {
        frame[i] = noise[c * 576 + i] * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / 4096));
      }
      new org.sonograph.signal.transform.RealFft(4096).forward(frame, re, im);
      for (int k = 60; k < 800; k++) {
        power[0] += re[k] * re[k] + im[k] * im[k];
        power[1] += back[c][k] * back[c][k];
      }
    }
    assertThat(10 * Math.log10(power[1] / power[0])).isCloseTo(0, within(1.0));
  }

  @Test
  void hearsBlackAsExactSilence() {
    double[][] magnitudes =
        TapeSpectrogram.magnitudes(Signals.flat(512, 512, 0), ChannelMix.LEFT, TAPE.inversion(0));
    for (double[] frame : magnitudes) {
      assertThat(frame).containsOnly(0);
    }
  }

  @Test
  void hearsNothingOffTheAxis() {
    double[][] magnitudes =
        TapeSpectrogram.magnitudes(Signals.flat(512, 512, 255), ChannelMix.RED, TAPE.inversion(0));
    assertThat(Arrays.copyOf(magnitudes[9], 4)).containsOnly(0);
    assertThat(magnitudes[9][4]).isPositive();
    assertThat(Arrays.copyOfRange(magnitudes[9], 902, 2049)).containsOnly(0);
  }

  @Test
  void laysWhiteAtThePercentileOfTheTrack() {
    float[] sound = Signals.noise(2, 0.1, 10 * 48_000);
    LevelHistogram histogram = new LevelHistogram(48_000, 1);
    histogram.push(new float[][] {sound});
    histogram.finish();
    double white = WhiteLevel.whiteDb(histogram.bands(), TAPE);
    Picture picture =
        TapeSpectrogram.picture(
            Sound.mono(48_000, sound), CONTEXT, 400 * 576, TAPE.inversion(white));
    int[] counts = new int[256];
    for (int x = 0; x < 400; x++) {
      for (int y = 0; y < 512; y++) {
        counts[picture.at(x, y, 0)]++;
      }
    }
    // rows average over bins, so the loudest bins of noise do not show; the octave-wide tilt is
    // rough by 2 dB
    assertThat(counts[255] / (400 * 512.0)).isLessThan(0.005);
    int bright = 0;
    for (int p = 225; p < 256; p++) {
      bright += counts[p];
    }
    assertThat(bright).isPositive();
  }

  @Test
  void movesWhiteWithTheLevelAndTheTilt() {
    float[] sound = Signals.noise(2, 0.1, 48_000);
    float[] louder = Signals.noise(2, 0.2, 48_000);
    double[] white = new double[2];
    for (int i = 0; i < 2; i++) {
      LevelHistogram histogram = new LevelHistogram(48_000, 1);
      histogram.push(new float[][] {i == 0 ? sound : louder});
      histogram.finish();
      white[i] = WhiteLevel.whiteDb(histogram.bands(), TAPE);
    }
    assertThat(white[1] - white[0]).isCloseTo(6.02, within(0.4));
  }

  @Test
  void doesNotBrightenSilence() {
    assertThat(WhiteLevel.whiteDb(java.util.List.of(), TAPE)).isEqualTo(WhiteLevel.LOWEST_DB);
  }
}
