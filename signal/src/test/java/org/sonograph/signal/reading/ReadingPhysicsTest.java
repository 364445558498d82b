package org.sonograph.signal.reading;

import static org.assertj.core.api.Assertions.assertThat;
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
    TreeMap<String, String> named = new TreeMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      named.put(parameters[i], parameters[i + 1]);
    }
    TrackPosition position = new TrackPosition("take", 448L * HOP, (long) columns * HOP, RATE);
    return new ReadingRequest(art, TAPE, position, named, source);
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

  @Test
  void anUndiffusedPictureGivesItsSourceBack() {
    SourceSound source = source();
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
    // 30 dB is the promise of docs/readings.md
    assertThat(10 * Math.log10(power / error)).isGreaterThan(30);
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
