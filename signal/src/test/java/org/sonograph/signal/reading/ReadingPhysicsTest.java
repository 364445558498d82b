package org.sonograph.signal.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.signal.Signals;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.ChannelMix;
import org.sonograph.signal.spectrogram.FrequencyAxis;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.SpectrogramProfile;
import org.sonograph.signal.spectrogram.TapeSpectrogram;
import org.sonograph.signal.synthesis.Note;
import org.sonograph.signal.transform.Spectrum;
import org.sonograph.signal.transform.Stft;

/** That what is drawn is what is heard: pitches, moments, routes. */
class ReadingPhysicsTest {
  private static final int RATE = 48_000;
  private static final int HOP = 576;
  private static final Inversion TAPE = SpectrogramProfile.TAPE.inversion(-20);
  private static final FrequencyAxis AXIS = SpectrogramProfile.TAPE.frequencyAxis();

  private static Sound read(Reading reading, Picture art, int columns, String... parameters) {
    return reading.read(request(art, columns, Optional.empty(), parameters)).sound();
  }

  private static ReadingRequest request(
      Picture art, int columns, Optional<SourceSound> source, String... parameters) {
    TrackPosition position = new TrackPosition("take", 448L * HOP, (long) columns * HOP, RATE);
    return new ReadingRequest(art, TAPE, position, given(parameters), source);
  }

  private static Picture drawn(java.util.function.IntBinaryOperator level) {
    byte[] samples = new byte[512 * 512];
    for (int y = 0; y < 512; y++) {
      for (int x = 0; x < 512; x++) {
        samples[y * 512 + x] = (byte) level.applyAsInt(x, 511 - y);
      }
    }
    return Picture.grey(512, 512, samples);
  }

  /** How far a tone is from a pitch: from the turn of its phase between two halves, in cents. */
  private static double centsFrom(float[] samples, double hz) {
    int half = samples.length / 2;
    double turn = phase(samples, half, half, hz) - phase(samples, 0, half, hz);
    turn -= 2 * Math.PI * Math.rint(turn / (2 * Math.PI));
    double found = hz + turn / (2 * Math.PI) * RATE / half;
    return 1200 * Math.log(found / hz) / Math.log(2);
  }

  private static double phase(float[] samples, int from, int count, double hz) {
    double re = 0;
    double im = 0;
    for (int i = 0; i < count; i++) {
      double w = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / count);
      double angle = 2 * Math.PI * hz * (from + i) / RATE;
      re += w * samples[from + i] * Math.cos(angle);
      im -= w * samples[from + i] * Math.sin(angle);
    }
    return Math.atan2(im, re);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 100, 217, 400, 511})
  void aBrightRowIsOnePartialAtItsFrequency(int row) {
    float[] heard =
        read(new AdditiveReading(), drawn((x, y) -> y == row ? 200 : 0), 80).channels()[0];
    double hz = AXIS.centreHz(row);
    assertThat(centsFrom(heard, hz)).isCloseTo(0, within(1.0));
    // and nothing else: a sine's peak is the square root of two above its root mean square
    float[] middle = java.util.Arrays.copyOfRange(heard, HOP, heard.length - HOP);
    double crest =
        20 * Math.log10(Sound.mono(RATE, middle).peak()) - Signals.rmsDb(middle, 0, middle.length);
    assertThat(crest).isCloseTo(3.01, within(0.1));
  }

  @Test
  void rowsFollowAnAxisOfTheirOwn() {
    float[] heard =
        read(
                new AdditiveReading(),
                drawn((x, y) -> y == 255 ? 200 : 0),
                80,
                "axis",
                "linear",
                "low",
                "100",
                "high",
                "1124")
            .channels()[0];
    assertThat(centsFrom(heard, 100 + 2 * 255.5)).isCloseTo(0, within(1.0));
  }

  @Test
  void anOctaveHasAsManyPartialsAsAskedFor() {
    // twelve an octave from 110 Hz: a picture's rows are laid over 48 of them
    float[] heard =
        read(
                new AdditiveReading(),
                drawn((x, y) -> y * 48 / 512 == 24 ? 200 : 0),
                80,
                "per-octave",
                "12",
                "low",
                "110",
                "high",
                "1760")
            .channels()[0];
    assertThat(centsFrom(heard, 110 * Math.pow(2, 24.5 / 12))).isCloseTo(0, within(1.0));
  }

  @Test
  void limitsThatCrossAreRefusedBeforeAnythingIsRead() {
    assertThatThrownBy(() -> new AdditiveReading().check(given("low", "100", "high", "50")))
        .hasMessage("parameter high=50, expected more than low=100");
    assertThatThrownBy(() -> new AdditiveReading().check(given("per-octave", "9", "axis", "mel")))
        .hasMessage("parameter per-octave=9, expected axis=log with it, not mel");
    assertThatThrownBy(() -> new BellsReading().check(given("low", "2000")))
        .hasMessage("parameter high=1760, expected more than low=2000");
  }

  private static TreeMap<String, String> given(String... parameters) {
    TreeMap<String, String> named = new TreeMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      named.put(parameters[i], parameters[i + 1]);
    }
    return named;
  }

  @ParameterizedTest
  @ValueSource(strings = {"additive", "inverse"})
  void aVerticalLineIsHeardAtItsMoment(String name) {
    Reading reading = name.equals("additive") ? new AdditiveReading() : new InverseReading();
    int column = 31;
    Picture art = drawn((x, y) -> x == column ? 200 : 0);
    float[] heard = read(reading, art, 80).channels()[0];
    double sum = 0;
    double moment = 0;
    for (int i = 0; i < heard.length; i++) {
      sum += (double) heard[i] * heard[i];
      moment += (double) i * heard[i] * heard[i];
    }
    assertThat((moment / sum - column * HOP) / RATE * 1000).isCloseTo(0, within(1.0));
  }

  @Test
  void swappingRedAndGreenSwapsWhatTheySteer() {
    Picture art = Signals.noisyPicture(8, 16, 16, 3);
    byte[] turned = art.samples().clone();
    for (int i = 0; i < turned.length; i += 3) {
      turned[i] = art.samples()[i + 1];
      turned[i + 1] = art.samples()[i];
    }
    Picture swapped = Picture.rgb(16, 16, turned);
    VoicesReading voices = new VoicesReading();
    List<Note> own = voices.notes(request(art, 200, Optional.empty()));
    List<Note> other =
        voices.notes(request(swapped, 200, Optional.empty(), "pitch", "green", "amplitude", "red"));
    assertThat(other).isEqualTo(own).isNotEmpty();
    assertThat(voices.notes(request(swapped, 200, Optional.empty()))).isNotEqualTo(own);
  }

  @Test
  void redIsPitchGreenLoudnessAndBlueDuration() {
    Note low = note(60, 200, 100);
    Note high = note(200, 200, 100);
    assertThat(high.hz()).isGreaterThan(2 * low.hz());
    assertThat(high.samples()).isEqualTo(low.samples());
    assertThat(note(60, 100, 100).loudness()).isLessThan(low.loudness());
    assertThat(note(60, 200, 200).samples()).isGreaterThan(low.samples());
  }

  private static Note note(int red, int green, int blue) {
    byte[] even = new byte[64 * 64 * 3];
    for (int i = 0; i < even.length; i += 3) {
      even[i] = (byte) red;
      even[i + 1] = (byte) green;
      even[i + 2] = (byte) blue;
    }
    return new VoicesReading()
        .notes(request(Picture.rgb(64, 64, even), 200, Optional.empty()))
        .getFirst();
  }

  @Test
  void notesLieOnTheBeatAndInTheScale() {
    Picture art = Signals.noisyPicture(9, 16, 16, 3);
    for (Note note :
        new VoicesReading()
            .notes(
                request(
                    art, 300, Optional.empty(), "tempo", "120", "scale", "minor", "root", "220"))) {
      assertThat(note.startSample() % 6_000).isZero();
      double semitones = 12 * Math.log(note.hz() / 220) / Math.log(2);
      assertThat(semitones).isCloseTo(Math.rint(semitones), within(1e-6));
      assertThat(Math.floorMod((int) Math.rint(semitones), 12)).isIn(0, 2, 3, 5, 7, 8, 10);
    }
  }

  @Test
  void aSpotIsStruckAtItsMomentAndHeight() {
    Picture art = drawn((x, y) -> Math.hypot(x - 40, y - 256) < 9 ? 220 : 0);
    BellsReading bells = new BellsReading();
    List<Note> notes =
        bells.notes(request(art, 100, Optional.empty(), "scale", "free", "most", "1"));
    assertThat(notes).hasSize(1);
    double middle = 110 * Math.pow(16, 256.5 / 512);
    assertThat(notes.getFirst().hz()).isCloseTo(middle, within(0.02 * middle));
    assertThat(notes.getFirst().startSample() - 448L * HOP).isCloseTo(40L * HOP, within(4L * HOP));
    float[] heard = read(bells, art, 100, "scale", "free", "most", "1").channels()[0];
    int stroke = (int) (notes.getFirst().startSample() - 448L * HOP);
    assertThat(Sound.mono(RATE, heard).slice(0, stroke).peak()).isZero();
    assertThat(Signals.rmsDb(heard, stroke, stroke + 4800))
        .isGreaterThan(Signals.rmsDb(heard, stroke + 24_000, stroke + 28_800) + 6);
  }

  @Test
  void wavetableSoundsItsNote() {
    Picture art = Signals.noisyPicture(10, 8, 32, 3);
    float[] heard =
        read(new WavetableReading(), art, 80, "note", "220", "harmonics", "1").channels()[0];
    assertThat(centsFrom(heard, 220)).isCloseTo(0, within(10.0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {82.4, 220, 659.3})
  void wavetableFollowsTheSourcesPitch(double hz) {
    SourceSound source =
        new SourceSound(
            Sound.mono(RATE, Signals.sine(RATE, hz, 0.3, 100 * HOP + TAPE.nFft())),
            TAPE.nFft() / 2);
    // equal columns: one timbre, whose first harmonic is heard
    Picture art = drawn((x, y) -> y < 256 ? 200 : 30);
    ReadingRequest request =
        request(art, 80, Optional.of(source), "pitch", "source", "harmonics", "1");
    float[] heard = new WavetableReading().read(request).sound().channels()[0];
    assertThat(centsFrom(heard, hz)).isCloseTo(0, within(3.0));
  }

  @Test
  void scanRepeatsEqualColumnsAtTheirRateOrThereAndBackAtHalf() {
    Picture art = drawn((x, y) -> y / 2);
    double rate = (double) RATE / HOP;
    float[] up = read(new ScanReading(), art, 200, "path", "raster").channels()[0];
    assertThat(centsFrom(up, rate)).isCloseTo(0, within(1.0));
    float[] there = read(new ScanReading(), art, 200, "path", "boustrophedon").channels()[0];
    assertThat(centsFrom(there, rate / 2)).isCloseTo(0, within(1.0));
  }

  @Test
  void blueLiftsAGrainAndGreenLowersIt() {
    SourceSound source =
        new SourceSound(
            Sound.mono(RATE, Signals.sine(RATE, 440, 0.3, 100 * HOP + TAPE.nFft())),
            TAPE.nFft() / 2);
    // grains begin in any phase: the line is broader than a tone's
    assertThat(centsFrom(grains(source, 2), 880)).isCloseTo(0, within(15.0));
    assertThat(centsFrom(grains(source, 1), 220)).isCloseTo(0, within(15.0));
  }

  private static float[] grains(SourceSound source, int channel) {
    byte[] samples = new byte[64 * 64 * 3];
    for (int i = channel; i < samples.length; i += 3) {
      samples[i] = (byte) 255;
    }
    Picture art = Picture.rgb(64, 64, samples);
    return new GrainReading()
        .read(request(art, 100, Optional.of(source), "reach", "0", "octaves", "1"))
        .sound()
        .channels()[1];
  }

  /** A chord with a beat: sines that come and go, and clicks. */
  private static SourceSound source() {
    float[] samples = new float[512 * HOP / 2 + TAPE.nFft()];
    for (int i = 0; i < samples.length; i++) {
      double t = (double) i / RATE;
      double tone = Math.sin(2 * Math.PI * 220 * t) + 0.5 * Math.sin(2 * Math.PI * 1108.7 * t);
      double swell = 0.5 - 0.5 * Math.cos(2 * Math.PI * t / 1.3);
      double click = Math.exp(-(i % 24_000) / 400.0) * Math.sin(0.3 * (i % 24_000));
      samples[i] = (float) (0.2 * tone * swell + 0.3 * click);
    }
    return new SourceSound(Sound.mono(RATE, samples), TAPE.nFft() / 2);
  }

  /** Tones below the lowest row, in the picture and above the highest row. */
  private static SourceSound beyond() {
    float[] samples = new float[512 * HOP / 2 + TAPE.nFft()];
    for (int i = 0; i < samples.length; i++) {
      double turn = 2 * Math.PI * i / RATE;
      samples[i] =
          (float)
              (0.1 * Math.sin(20 * turn)
                  + 0.2 * Math.sin(440 * turn)
                  + 0.1 * Math.sin(15e3 * turn));
    }
    return new SourceSound(Sound.mono(RATE, samples), TAPE.nFft() / 2);
  }

  @Test
  void whatAnUndiffusedPictureDoesNotShowComesBackToo() {
    assertThat(snrUnpainted(beyond())).isGreaterThan(30);
  }

  @Test
  void anUndiffusedPictureGivesItsSourceBack() {
    assertThat(snrUnpainted(source())).isGreaterThan(30);
  }

  private static double snrUnpainted(SourceSound source) {
    int columns = 256;
    Picture art =
        TapeSpectrogram.picture(
            source.sound(), source.contextBeforeSamples(), (long) columns * HOP, TAPE);
    ReadingRequest request = request(art, columns, Optional.of(source));
    float[] heard = new InverseReading().read(request).sound().channels()[0];
    float[] original =
        source.sound().slice(source.contextBeforeSamples(), heard.length).channels()[0];
    double error = 0;
    double power = 0;
    for (int i = 0; i < heard.length; i++) {
      error += Math.pow(heard[i] - original[i], 2);
      power += Math.pow(original[i], 2);
    }
    return 10 * Math.log10(power / error);
  }

  @Test
  void gradientsConvergeFurtherThanGriffinLimFromRandomPhases() {
    SourceSound source = source();
    int columns = 256;
    Picture art =
        TapeSpectrogram.picture(
            source.sound(), source.contextBeforeSamples(), (long) columns * HOP, TAPE);
    double[][] goal = TapeSpectrogram.strip(art.columns(0, columns), ChannelMix.LEFT, TAPE);
    double own = misfit(read(new InverseReading(), art, columns), goal);
    // what torchaudio does, 32 iterations from random phases
    double griffinLim =
        misfit(
            read(new InverseReading(), art, columns, "phase", "random", "iterations", "32"), goal);
    assertThat(own).isLessThan(0.9 * griffinLim);
  }

  private static double misfit(Sound sound, double[][] goal) {
    double[] samples = new double[sound.length()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = sound.channels()[0][i];
    }
    Spectrum spectrum = new Stft(TAPE.nFft(), HOP).forward(samples);
    double product = 0;
    double power = 0;
    double given = 0;
    for (int f = 4; f < goal.length - 4; f++) {
      for (int k = 0; k < goal[f].length; k++) {
        double found = Math.hypot(spectrum.re()[f][k], spectrum.im()[f][k]);
        product += found * goal[f][k];
        power += found * found;
        given += goal[f][k] * goal[f][k];
      }
    }
    return Math.sqrt(Math.max(0, 1 - product * product / power / given));
  }

  @Test
  void grainsOfAGreyPictureKeepTheSourcesPitch() {
    SourceSound source =
        new SourceSound(
            Sound.mono(RATE, Signals.sine(RATE, 440, 0.3, 100 * HOP + TAPE.nFft())),
            TAPE.nFft() / 2);
    float[] heard =
        new GrainReading()
            .read(request(drawn((x, y) -> 160), 100, Optional.of(source), "reach", "0"))
            .sound()
            .channels()[0];
    assertThat(centsFrom(heard, 440)).isCloseTo(0, within(5.0));
  }
}
