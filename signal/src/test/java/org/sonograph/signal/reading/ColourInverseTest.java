package org.sonograph.signal.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sonograph.signal.Signals;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.Colour;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.SpectrogramProfile;
import org.sonograph.signal.spectrogram.TapeSpectrogram;
import org.sonograph.signal.transform.Spectrum;
import org.sonograph.signal.transform.Stft;

/** That a picture in colour, not repainted, gives its sound back as well as a grey one. */
class ColourInverseTest {
  private static final int RATE = 48_000;
  private static final int HOP = 576;
  private static final SpectrogramProfile TAPE = SpectrogramProfile.TAPE;

  /** Two notes, one on either side, a click between them, noise everywhere. */
  private static SourceSound stereoSource(int context) {
    float[] left = Signals.noise(11, 0.02, 200 * HOP + 2 * context);
    float[] right = Signals.noise(12, 0.02, left.length);
    for (int i = 0; i < left.length; i++) {
      double t = (double) i / RATE;
      double swell = 0.5 - 0.5 * Math.cos(2 * Math.PI * t / 1.3);
      double click = 0.3 * Math.exp(-(i % 24_000) / 400.0) * Math.sin(0.3 * (i % 24_000));
      left[i] += (float) (0.2 * swell * Math.sin(2 * Math.PI * 220 * t) + click);
      right[i] += (float) (0.1 * swell * Math.sin(2 * Math.PI * 1108.7 * t) + click);
    }
    return new SourceSound(Sound.stereo(RATE, left, right), context);
  }

  /** The picture's inversion, its white where the loudest row just reaches it. */
  private static Inversion inversion(Colour colour) {
    return TAPE.withColour(colour).inversion(-12);
  }

  @ParameterizedTest
  @EnumSource(Colour.class)
  void anUndiffusedPictureOfAnyColourGivesBothSidesBack(Colour colour) {
    SourceSound source = stereoSource(TAPE.withColour(Colour.PARTS).contextSamples());
    float[][] heard = inverted(colour, source, "phase", "source").channels();
    Sound original = source.sound().slice(source.contextBeforeSamples(), heard[0].length);
    for (int side = 0; side < 2; side++) {
      double error = 0;
      double power = 0;
      for (int i = 0; i < heard[side].length; i++) {
        error += Math.pow(heard[side][i] - original.channels()[side][i], 2);
        power += Math.pow(original.channels()[side][i], 2);
      }
      // 30 dB is the promise of docs/readings.md; found: grey 38, stereo 38, parts 37 and more
      assertThat(10 * Math.log10(power / error)).isGreaterThan(30);
    }
  }

  @ParameterizedTest
  @EnumSource(Colour.class)
  void withoutItsSourceAPictureOfAnyColourIsAsNearToTheSound(Colour colour) {
    SourceSound source = stereoSource(TAPE.withColour(Colour.PARTS).contextSamples());
    Sound heard = inverted(colour, source, "phase", "gradient");
    Sound original = source.sound().slice(source.contextBeforeSamples(), heard.length());
    boolean sided = colour == Colour.STEREO;
    double[][][] goals = new double[2][][];
    for (int side = 0; side < 2; side++) {
      float[] one = original.channels()[side];
      Spectrum own = spectrum(one);
      Spectrum other = spectrum(original.channels()[1 - side]);
      goals[side] = new double[own.frames()][own.re()[0].length];
      for (int f = 0; f < goals[side].length; f++) {
        for (int k = 4; k < 900; k++) {
          double mine = power(own, f, k);
          goals[side][f][k] = Math.sqrt(sided ? mine : (mine + power(other, f, k)) / 2);
        }
      }
      double found = misfit(spectrum(heard.channels()[side]), goals[side]);
      assertThat(found).isLessThan(0.2);
    }
  }

  @Test
  void theUsualReadingHearsAStereoPictureOnItsSides() {
    SourceSound source = stereoSource(TAPE.nFft() / 2);
    Picture art =
        TapeSpectrogram.picture(
            source.sound(), source.contextBeforeSamples(), 200L * HOP, inversion(Colour.STEREO));
    Sound heard =
        new RgbMeanReading()
            .read(
                new ReadingRequest(
                    art,
                    inversion(Colour.STEREO),
                    new TrackPosition("t", 0, 200L * HOP, RATE),
                    new TreeMap<>()))
            .sound();
    int bin220 = (int) Math.round(220.0 / RATE * TAPE.nFft());
    int bin1109 = (int) Math.round(1108.7 / RATE * TAPE.nFft());
    Spectrum left = spectrum(heard.channels()[0]);
    Spectrum right = spectrum(heard.channels()[1]);
    double lowNote = 0;
    double highNote = 0;
    for (int f = 20; f < 180; f++) {
      lowNote += power(left, f, bin220) / power(right, f, bin220) / 160;
      highNote += power(right, f, bin1109) / power(left, f, bin1109) / 160;
    }
    assertThat(10 * Math.log10(lowNote)).isGreaterThan(40);
    assertThat(10 * Math.log10(highNote)).isGreaterThan(40);
  }

  private static Sound inverted(Colour colour, SourceSound source, String name, String value) {
    Picture art =
        TapeSpectrogram.picture(
            source.sound(), source.contextBeforeSamples(), 200L * HOP, inversion(colour));
    TreeMap<String, String> parameters = new TreeMap<>();
    parameters.put(name, value);
    return new InverseReading()
        .read(
            new ReadingRequest(
                art,
                inversion(colour),
                new TrackPosition("t", 0, 200L * HOP, RATE),
                parameters,
                Optional.of(source)))
        .sound();
  }

  private static Spectrum spectrum(float[] samples) {
    double[] wide = new double[samples.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = samples[i];
    }
    return new Stft(TAPE.nFft(), HOP).forward(wide);
  }

  private static double power(Spectrum spectrum, int frame, int bin) {
    return Math.pow(spectrum.re()[frame][bin], 2) + Math.pow(spectrum.im()[frame][bin], 2);
  }

  /** Distance of two spectra, 0 = the same but for their level, 1 = nothing in common. */
  private static double misfit(Spectrum found, double[][] goal) {
    double product = 0;
    double power = 0;
    double given = 0;
    for (int f = 4; f < goal.length - 4; f++) {
      for (int k = 0; k < goal[f].length; k++) {
        product += Math.sqrt(power(found, f, k)) * goal[f][k];
        power += power(found, f, k);
        given += goal[f][k] * goal[f][k];
      }
    }
    return Math.sqrt(Math.max(0, 1 - product * product / power / given));
  }
}
