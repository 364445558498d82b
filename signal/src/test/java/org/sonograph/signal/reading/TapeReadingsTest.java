package org.sonograph.signal.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sonograph.signal.Signals;
import org.sonograph.signal.loudness.LoudnessMeter;
import org.sonograph.signal.phase.GriffinLim;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;
import org.sonograph.signal.seam.Crossfade;
import org.sonograph.signal.seam.Seam;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.ChannelMix;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.SpectrogramProfile;
import org.sonograph.signal.spectrogram.TapeSpectrogram;

class TapeReadingsTest {
  private static final Inversion TAPE = SpectrogramProfile.TAPE.inversion(-20);
  private static final int HOP = 576;

  static List<Reading> readings() {
    return List.of(
        new RedReading(),
        new GreenReading(),
        new BlueReading(),
        new RgbMeanReading(),
        new ChirpReading());
  }

  private static Sound read(Reading reading, Picture art, long start, long length) {
    return reading
        .read(
            new ReadingRequest(
                art, TAPE, new TrackPosition("take", start, length, 48_000), new TreeMap<>()))
        .sound();
  }

  /** Smooth colours, as art has them. */
  private static Picture art(long seed) {
    return PillowResize.resize(
        Signals.noisyPicture(seed, 32, 32, 3), 512, 512, PillowResize.Filter.BICUBIC);
  }

  @ParameterizedTest
  @MethodSource("readings")
  void isExactlyAsLongAsItsPlaceInTheTrack(Reading reading) {
    for (long length : new long[] {0, 1, 575, 576, 577, 30 * HOP + 5}) {
      Sound sound = read(reading, art(1), 448L * HOP, length);
      assertThat(sound.length()).isEqualTo((int) length);
      assertThat(sound.sampleRateHz()).isEqualTo(48_000);
      assertThat(sound.channelCount()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource("readings")
  void makesTheSameSoundAgain(Reading reading) {
    assertThat(read(reading, art(2), 0, 40 * HOP)).isEqualTo(read(reading, art(2), 0, 40 * HOP));
  }

  @ParameterizedTest
  @MethodSource("readings")
  void makesNumbersOfWhiteAndOfPicturesOfOtherSizes(Reading reading) {
    for (Picture art :
        List.of(
            Signals.flat(512, 512, 255),
            Signals.noisyPicture(1, 1, 1, 3),
            Signals.noisyPicture(2, 333, 97, 1))) {
      for (float v : read(reading, art, 0, 20 * HOP).channels()[1]) {
        assertThat(Float.isFinite(v)).isTrue();
      }
    }
  }

  @Test
  void hearsBlackAsSilence() {
    for (Reading reading : readings().subList(0, 4)) {
      assertThat(read(reading, Signals.flat(512, 512, 0), 0, 20 * HOP).peak()).isZero();
    }
  }

  @Test
  void centresOneChannelAndSpreadsThree() {
    Sound red = read(new RedReading(), art(3), 0, 40 * HOP);
    assertThat(red.channels()[0]).isEqualTo(red.channels()[1]);
    Sound mean = read(new RgbMeanReading(), art(3), 0, 40 * HOP);
    assertThat(mean.channels()[0]).isNotEqualTo(mean.channels()[1]);
    Sound grey = read(new RgbMeanReading(), Signals.flat(512, 512, 99), 0, 40 * HOP);
    assertThat(grey.channels()[0]).isEqualTo(grey.channels()[1]);
  }

  /** How far the left channel is from what a picture says. */
  private static double misfit(Picture art, String iterations) {
    TreeMap<String, String> parameters = new TreeMap<>(Map.of("iterations", iterations));
    TrackPosition place = new TrackPosition("take", 0, 120 * HOP, 48_000);
    Sound sound =
        new RgbMeanReading().read(new ReadingRequest(art, TAPE, place, parameters)).sound();
    double[] left = new double[sound.length()];
    Arrays.setAll(left, i -> sound.channels()[0][i]);
    double[][] wanted = Arrays.copyOf(TapeSpectrogram.magnitudes(art, ChannelMix.LEFT, TAPE), 119);
    return GriffinLim.spectralConvergence(left, wanted, 4096, HOP);
  }

  @Test
  void findsPhasesThatFitThePicture() {
    // hard noise, which no sound fits well: 0.41 after 32 iterations from random phases, 0.46 from
    // the gradients' alone
    assertThat(misfit(art(4), "0")).isLessThan(0.5);
    assertThat(misfit(art(4), "")).isLessThan(0.43);
  }

  @Test
  void givesASinesLevelBack() {
    float[] sine = Signals.sine(48_000, 440, 0.1, 120 * HOP + 4096);
    Picture picture = TapeSpectrogram.picture(Sound.mono(48_000, sine), 2048, 120 * HOP, TAPE);
    Sound sound = read(new RedReading(), picture, 0, 120 * HOP);
    // between rows and bins a sine loses up to 1.5 dB
    assertThat(Signals.rmsDb(sound.channels()[0], 20 * HOP, 100 * HOP))
        .isCloseTo(-23.0, within(1.5));
  }

  @Test
  void beginsAlikeWherePicturesOverlap() {
    Picture one = art(5);
    byte[] shifted = Signals.noisyPicture(6, 512, 512, 3).samples();
    for (int y = 0; y < 512; y++) {
      System.arraycopy(one.samples(), (y * 512 + 448) * 3, shifted, y * 512 * 3, 64 * 3);
    }
    Sound first = read(new RedReading(), one, 0, 512 * HOP).slice(448 * HOP, 64 * HOP);
    Sound second =
        read(new RedReading(), Picture.rgb(512, 512, shifted), 448L * HOP, 512 * HOP)
            .slice(0, 64 * HOP);
    assertThat(Crossfade.correlation(new Seam(first, second, 64 * HOP))).isGreaterThan(0.6);
  }

  @Test
  void takesItsStartFromTheTakeAndTheSeed() {
    Picture art = art(7);
    TreeMap<String, String> random = new TreeMap<>(Map.of("phase", "random"));
    TrackPosition take = new TrackPosition("take", 0, 30 * HOP, 48_000);
    Sound one = new RedReading().read(new ReadingRequest(art, TAPE, take, random)).sound();
    TrackPosition other = new TrackPosition("other", 0, 30 * HOP, 48_000);
    Sound two = new RedReading().read(new ReadingRequest(art, TAPE, other, random)).sound();
    assertThat(two).isNotEqualTo(one);
    TreeMap<String, String> seed = new TreeMap<>(Map.of("seed", "5", "phase", "random"));
    assertThat(new RedReading().read(new ReadingRequest(art, TAPE, take, seed)))
        .isEqualTo(new RedReading().read(new ReadingRequest(art, TAPE, other, seed)));
  }

  @Test
  void refusesAPlaceAtAnotherRate() {
    TrackPosition place = new TrackPosition("take", 0, 100, 44_100);
    for (Reading reading : readings()) {
      assertThatThrownBy(
              () -> reading.read(new ReadingRequest(art(1), TAPE, place, new TreeMap<>())))
          .hasMessageContaining("44100")
          .hasMessageContaining("take=take");
    }
  }

  @Test
  void spreadsTheChirpOverFourAndAHalfOctaves() {
    // red rises from left to right over a narrow range
    byte[] samples = new byte[512 * 512 * 3];
    for (int i = 0; i < 512 * 512; i++) {
      samples[3 * i] = (byte) (100 + i % 512 / 20);
      samples[3 * i + 1] = (byte) 128;
    }
    float[] left =
        read(new ChirpReading(), Picture.rgb(512, 512, samples), 0, 512 * HOP).channels()[0];
    double[] frame = new double[1 << 18];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = left[i];
    }
    double[] re = new double[frame.length / 2 + 1];
    double[] im = new double[frame.length / 2 + 1];
    new org.sonograph.signal.transform.RealFft(frame.length).forward(frame, re, im);
    double[] band = new double[3];
    for (int k = 0; k < re.length; k++) {
      double hz = k * 48_000.0 / frame.length;
      double power = re[k] * re[k] + im[k] * im[k];
      band[hz < 50 || hz > 1300 ? 2 : hz < 55 * Math.pow(2, 2.25) ? 0 : 1] += power;
    }
    assertThat(band[0] / band[1]).isBetween(0.4, 2.5);
    assertThat(band[2] / (band[0] + band[1])).isLessThan(0.01);
  }

  @Test
  void sweepsTheChirpOnlyWhenAsked() {
    // one colour: one pitch, here an octave higher at the picture's end than at its start
    TreeMap<String, String> sweep = new TreeMap<>(Map.of("sweep", "2"));
    TrackPosition place = new TrackPosition("take", 0, 512 * HOP, 48_000);
    Picture flat = Signals.flat(512, 512, 120);
    float[] up =
        new ChirpReading().read(new ReadingRequest(flat, TAPE, place, sweep)).sound().channels()[0];
    float[] even = read(new ChirpReading(), flat, 0, 512 * HOP).channels()[0];
    int crossingsUp = crossings(up, 500 * HOP, 511 * HOP);
    int crossingsEven = crossings(even, 500 * HOP, 511 * HOP);
    assertThat((double) crossingsUp / crossingsEven).isCloseTo(2, within(0.05));
  }

  private static int crossings(float[] x, int from, int until) {
    int count = 0;
    for (int i = from; i < until; i++) {
      count += x[i] > 0 != x[i + 1] > 0 ? 1 : 0;
    }
    return count;
  }

  @Test
  void beginsTheChirpWithoutAClick() {
    Sound chirp = read(new ChirpReading(), art(8), 0, 200 * HOP);
    float[] curve = LoudnessMeter.momentaryLufs(48_000, chirp.channels(), 960);
    assertThat(Signals.rmsDb(chirp.channels()[0], 0, 960))
        .isLessThan(Signals.rmsDb(chirp.channels()[0], 960, 48_960));
    assertThat(curve[100]).isLessThan(0f);
  }

  @Test
  void letsEqualColumnsOfAChirpSoundOnAcrossPictures() {
    // one colour everywhere: one pitch; the 64 shared columns keep their phases, the rest are
    // strangers
    Picture flat = Signals.flat(512, 512, 120);
    float[] whole = read(new ChirpReading(), flat, 0, 512 * HOP).channels()[0];
    float[] again = read(new ChirpReading(), flat, 0, 512 * HOP).channels()[0];
    assertThat(whole).isEqualTo(again);
    double hz = TapeChirp.LOWEST_HZ * Math.pow(2, TapeChirp.OCTAVES / 2);
    double[] phase = new double[2];
    for (int i = 0; i < 2; i++) {
      double re = 0;
      double im = 0;
      for (int n = 0; n < 40_000; n++) {
        int at = 10_000 + i * 200_000 + n;
        re += whole[at] * Math.cos(2 * Math.PI * hz * at / 48_000);
        im += whole[at] * Math.sin(2 * Math.PI * hz * at / 48_000);
      }
      phase[i] = Math.atan2(im, re);
    }
    assertThat(phase[1]).isCloseTo(phase[0], within(1e-2));
  }
}
