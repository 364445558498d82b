package org.sonograph.signal.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sonograph.signal.Signals;
import org.sonograph.signal.loudness.LevelFollower;
import org.sonograph.signal.loudness.SourceLevel;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;
import org.sonograph.signal.seam.Crossfade;
import org.sonograph.signal.seam.Seam;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.NotebookSpectrogram;
import org.sonograph.signal.spectrogram.PowerRange;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/** What every reading of {@code tape} sounds like, whatever it is. */
class ReadingSoundTest {
  private static final int COLUMNS = 160;
  private static final int OVERLAP = 64;

  static Stream<Reading> readings() {
    return ServiceLoader.load(Reading.class).stream().map(ServiceLoader.Provider::get);
  }

  /** Twelve milliseconds a column, a window of about seven columns, at any rate. */
  private static Inversion inversion(int rate) {
    int window = Integer.highestOneBit(rate / 11);
    return new Inversion(
        "tape",
        rate,
        window,
        window / 8,
        "hann",
        "log",
        41.2,
        Math.min(10_547, 0.45 * rate),
        4.5,
        -80,
        -10,
        COLUMNS,
        128,
        COLUMNS,
        window / 2 + 1);
  }

  /** Smooth colours, as art has them, {@code columns} wide. */
  private static Picture art(long seed, int columns) {
    return PillowResize.resize(
        Signals.noisyPicture(seed, Math.max(2, columns / 8), 16, 3),
        columns,
        128,
        PillowResize.Filter.BICUBIC);
  }

  private static Sound read(Reading reading, Picture art, Inversion inversion, long start) {
    return read(reading, art, inversion, start, Optional.empty());
  }

  private static Sound read(
      Reading reading, Picture art, Inversion inversion, long start, int columns) {
    return read(reading, art, inversion, place(inversion, start, columns), Optional.empty());
  }

  private static Sound read(
      Reading reading, Picture art, Inversion inversion, long start, Optional<SourceSound> source) {
    return read(reading, art, inversion, place(inversion, start, art.width()), source);
  }

  private static TrackPosition place(Inversion inversion, long start, int columns) {
    return new TrackPosition(
        "take",
        start * inversion.hopSamples(),
        (long) columns * inversion.hopSamples(),
        inversion.sampleRateHz());
  }

  private static Sound read(
      Reading reading,
      Picture art,
      Inversion inversion,
      TrackPosition position,
      Optional<SourceSound> source) {
    return reading
        .read(
            new ReadingRequest(
                art, inversion, position, new TreeMap<>(Map.of("iterations", "2")), source))
        .sound();
  }

  static Stream<Arguments> everyRate() {
    return readings()
        .flatMap(
            reading ->
                Stream.of(8_000, 11_025, 22_050, 44_100, 96_000, 192_000)
                    .map(rate -> Arguments.of(reading, rate)));
  }

  @ParameterizedTest
  @MethodSource("everyRate")
  void soundsAtEveryRate(Reading reading, int rate) {
    Sound sound = read(reading, art(1, COLUMNS), inversion(rate), 448);
    assertThat(sound.sampleRateHz()).isEqualTo(rate);
    assertThat(sound.length()).isEqualTo(COLUMNS * inversion(rate).hopSamples());
    for (float[] side : sound.channels()) {
      for (float v : side) {
        assertThat(Float.isFinite(v)).isTrue();
      }
      assertThat(Signals.rmsDb(side, 0, side.length)).isGreaterThan(-90);
    }
  }

  static Stream<Arguments> everyPicture() {
    return readings()
        .flatMap(
            reading ->
                Stream.of(
                        art(3, COLUMNS),
                        Signals.flat(COLUMNS, 128, 255),
                        Signals.noisyPicture(3, COLUMNS, 128, 3),
                        Signals.noisyPicture(4, 8, 8, 3))
                    .flatMap(
                        art ->
                            Stream.of(8_000, 48_000, 192_000)
                                .map(rate -> Arguments.of(reading, art, rate))));
  }

  /** sound.md: DC below -60 dBFS, at the level at which a track is heard. */
  @ParameterizedTest
  @MethodSource("everyPicture")
  void hasNoDc(Reading reading, Picture art, int rate) {
    Sound sound = read(reading, art, inversion(rate), 448, COLUMNS);
    Sound heard =
        LevelFollower.follow(
            sound,
            SourceLevel.steady(LevelFollower.TARGET_LUFS),
            LevelFollower.DYNAMICS,
            LevelFollower.TARGET_LUFS);
    for (float[] side : heard.channels()) {
      assertThat(meanDb(side)).as("DC, dBFS").isLessThan(-60);
    }
  }

  /** Mean under a Hann window, dBFS: what is steady, without the ends' share. */
  private static double meanDb(float[] samples) {
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < samples.length; i++) {
      double w = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / samples.length);
      sum += w * samples[i];
      weight += w;
    }
    return 20 * Math.log10(Math.max(1e-12, Math.abs(sum / weight)));
  }

  @ParameterizedTest
  @MethodSource("readings")
  void hearsSilenceInBlack(Reading reading) {
    if (reading.name().equals("chirp")) {
      // the notebook's: a dark column still whispers
      return;
    }
    byte[] black = new byte[COLUMNS * 128 * 3];
    Inversion inversion = inversion(48_000);
    Sound sound = read(reading, Picture.rgb(COLUMNS, 128, black), inversion, 0);
    assertThat(sound.peak()).isZero();
    SourceSound loud =
        new SourceSound(
            Sound.mono(48_000, Signals.noise(1, 0.5, sound.length() + inversion.nFft())),
            inversion.nFft() / 2);
    assertThat(
            read(reading, Picture.rgb(COLUMNS, 128, black), inversion, 0, Optional.of(loud)).peak())
        .isLessThan(1e-4f);
  }

  @ParameterizedTest
  @MethodSource("readings")
  void takesAMonoOrStereoSource(Reading reading) {
    Inversion inversion = inversion(48_000);
    Picture art = art(2, COLUMNS);
    int samples = COLUMNS * inversion.hopSamples() + inversion.nFft();
    float[] sine = Signals.sine(48_000, 440, 0.3, samples);
    for (Sound source :
        new Sound[] {
          Sound.mono(48_000, sine), Sound.stereo(48_000, sine, Signals.noise(3, 0.2, samples))
        }) {
      SourceSound given = new SourceSound(source, inversion.nFft() / 2);
      Sound once = read(reading, art, inversion, 448, Optional.of(given));
      assertThat(read(reading, art, inversion, 448, Optional.of(given))).isEqualTo(once);
      assertThat(Float.isFinite(once.peak())).isTrue();
      assertThat(once.peak()).isPositive();
    }
  }

  /**
   * Parameters under which a cut is not heard, columns before the cut, and those on both sides of
   * it that a filter needs. Odd on purpose; but a Hilbert curve may be cut between tiles of 64
   * only.
   */
  @ParameterizedTest
  @CsvSource({
    "additive, carrier, sine, 95, 15",
    "additive, carrier, noise, 95, 15",
    "additive, carrier, colour, 95, 15",
    "wavetable, note, 98.7, 95, 0",
    "scan, path, boustrophedon, 95, 17",
    "scan, path, raster, 95, 17",
    "scan, path, hilbert, 64, 17",
  })
  void cutInTwoSoundsAsOne(String name, String parameter, String value, int cut, int settling) {
    Inversion inversion = inversion(48_000);
    Picture whole = art(4, COLUMNS);
    int hop = inversion.hopSamples();
    Reading reading = readings().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
    Map<String, String> given = Map.of(parameter, value);
    float[] one = left(reading, whole, inversion, 0, given);
    float[] head = left(reading, whole.columns(0, cut), narrower(inversion, cut), 0, given);
    float[] tail =
        left(
            reading,
            whole.columns(cut, COLUMNS - cut),
            narrower(inversion, COLUMNS - cut),
            cut,
            given);
    int settled = settling * hop;
    // a picture's last column cannot know what follows it
    assertThat(apart(one, 0, head, 0, (cut - 1) * hop - settled)).isLessThan(1e-4);
    assertThat(apart(one, cut * hop + settled, tail, settled, tail.length - settled))
        .isLessThan(1e-4);
  }

  private static Inversion narrower(Inversion i, int columns) {
    return new Inversion(
        i.profile(),
        i.sampleRateHz(),
        i.nFft(),
        i.hopSamples(),
        i.window(),
        i.axis(),
        i.lowHz(),
        i.highHz(),
        i.tiltDbPerOctave(),
        i.blackDb(),
        i.whiteDb(),
        columns,
        i.height(),
        columns,
        i.bins());
  }

  private static float[] left(
      Reading reading, Picture art, Inversion inversion, int column, Map<String, String> given) {
    TrackPosition position =
        new TrackPosition(
            "take",
            (448L + column) * inversion.hopSamples(),
            (long) art.width() * inversion.hopSamples(),
            48_000);
    return reading
        .read(new ReadingRequest(art, inversion, position, new TreeMap<>(given)))
        .sound()
        .channels()[0];
  }

  /** Largest difference relative to the largest sample. */
  private static double apart(float[] whole, int at, float[] part, int from, int samples) {
    float most = 0;
    float peak = 1e-12f;
    for (int i = 0; i < samples; i++) {
      most = Math.max(most, Math.abs(whole[at + i] - part[from + i]));
      peak = Math.max(peak, Math.abs(whole[at + i]));
    }
    return most / peak;
  }

  @ParameterizedTest
  @MethodSource("readings")
  void doesNotClickAtASeam(Reading reading) {
    Inversion inversion = inversion(48_000);
    int hop = inversion.hopSamples();
    Picture whole = art(5, 2 * COLUMNS - OVERLAP);
    Sound before = read(reading, whole.columns(0, COLUMNS), inversion, 0);
    Sound after =
        read(reading, whole.columns(COLUMNS - OVERLAP, COLUMNS), inversion, COLUMNS - OVERLAP);
    float[] joined =
        Crossfade.join(new Seam(before, after.slice(0, after.length()), OVERLAP * hop))
            .channels()[0];
    float[] left = before.channels()[0];
    int start = left.length - OVERLAP * hop;
    float[] track = Arrays.copyOf(left, start + joined.length);
    System.arraycopy(joined, 0, track, start, joined.length);
    // the greatest bend of the waveform where the overlap begins, against the greatest elsewhere
    double there = bend(track, start - 48, start + 48);
    double elsewhere = bend(track, start / 8, start - 480);
    assertThat(there).isLessThanOrEqualTo(1.5 * elsewhere + 1e-9);
  }

  private static double bend(float[] samples, int from, int until) {
    double most = 0;
    for (int i = Math.max(1, from); i < until; i++) {
      most = Math.max(most, Math.abs(samples[i - 1] - 2.0 * samples[i] + samples[i + 1]));
    }
    return most;
  }

  /** The notebook's green and blue do what red does. */
  static Stream<Reading> unlikeReadings() {
    return readings().filter(r -> !List.of("green", "blue").contains(r.name()));
  }

  @ParameterizedTest
  @MethodSource("readings")
  void readsALargePicture(Reading reading) {
    Inversion tape = SpectrogramProfile.TAPE.inversion(-10);
    Sound sound = large(reading, tape);
    assertThat(sound.length()).isEqualTo(20 * 576);
  }

  @ParameterizedTest
  @MethodSource("unlikeReadings")
  void readsALargePictureOfTheNotebook(Reading reading) {
    Inversion notebook = NotebookSpectrogram.inversion(44_100, 400, new PowerRange(1e-6f, 1));
    Sound sound = large(reading, notebook);
    assertThat(sound.length()).isGreaterThan(20 * 576);
  }

  private static Sound large(Reading reading, Inversion inversion) {
    TreeMap<String, String> given = new TreeMap<>(Map.of("iterations", "0", "stretch", "1"));
    TrackPosition position = new TrackPosition("take", 0, 20 * 576, inversion.sampleRateHz());
    Picture art = Signals.noisyPicture(6, 2048, 2048, 3);
    Sound sound = reading.read(new ReadingRequest(art, inversion, position, given)).sound();
    assertThat(Float.isFinite(sound.peak())).isTrue();
    assertThat(sound.peak()).isPositive();
    return sound;
  }
}
