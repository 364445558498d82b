package org.sonograph.signal.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sonograph.signal.Signals;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;
import org.sonograph.signal.seam.Crossfade;
import org.sonograph.signal.seam.Seam;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.Inversion;
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
      Reading reading, Picture art, Inversion inversion, long start, Optional<SourceSound> source) {
    TrackPosition position =
        new TrackPosition(
            "take",
            start * inversion.hopSamples(),
            (long) art.width() * inversion.hopSamples(),
            inversion.sampleRateHz());
    return reading
        .read(
            new ReadingRequest(
                art, inversion, position, new TreeMap<>(Map.of("iterations", "2")), source))
        .sound();
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> everyRate() {
    return readings()
        .flatMap(
            reading ->
                Stream.of(8_000, 11_025, 22_050, 44_100, 96_000, 192_000)
                    .map(rate -> org.junit.jupiter.params.provider.Arguments.of(reading, rate)));
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
      assertThat(steadyShareDb(side)).as("DC below the sound").isLessThan(-35);
    }
  }

  /** Mean under a Hann window, dB below the root of the mean square. */
  private static double steadyShareDb(float[] samples) {
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < samples.length; i++) {
      double w = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / samples.length);
      sum += w * samples[i];
      weight += w;
    }
    double mean = Math.max(1e-12, Math.abs(sum / weight));
    return 20 * Math.log10(mean) - Signals.rmsDb(samples, 0, samples.length);
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

  @ParameterizedTest
  @CsvSource({"sine", "noise", "colour"})
  void additiveCutInTwoSoundsAsOne(String carrier) {
    Inversion inversion = inversion(48_000);
    Picture whole = art(4, COLUMNS);
    int hop = inversion.hopSamples();
    int cut = 96;
    float[] one = additive(whole, inversion, 0, carrier);
    float[] head = additive(whole.columns(0, cut), narrower(inversion, cut), 0, carrier);
    float[] tail =
        additive(
            whole.columns(cut, COLUMNS - cut), narrower(inversion, COLUMNS - cut), cut, carrier);
    // a picture's last column cannot know what follows it
    assertThat(apart(one, 0, head, (cut - 1) * hop)).isLessThan(1e-6);
    assertThat(apart(one, cut * hop, tail, tail.length)).isLessThan(1e-6);
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

  private static float[] additive(Picture art, Inversion inversion, int column, String carrier) {
    TrackPosition position =
        new TrackPosition(
            "take",
            (448L + column) * inversion.hopSamples(),
            (long) art.width() * inversion.hopSamples(),
            48_000);
    return new AdditiveReading()
        .read(
            new ReadingRequest(art, inversion, position, new TreeMap<>(Map.of("carrier", carrier))))
        .sound()
        .channels()[0];
  }

  /** Largest difference relative to the largest sample. */
  private static double apart(float[] whole, int from, float[] part, int samples) {
    float most = 0;
    float peak = 1e-12f;
    for (int i = 0; i < samples; i++) {
      most = Math.max(most, Math.abs(whole[from + i] - part[i]));
      peak = Math.max(peak, Math.abs(whole[from + i]));
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

  @ParameterizedTest
  @MethodSource("readings")
  void readsALargePicture(Reading reading) {
    Inversion tape = SpectrogramProfile.TAPE.inversion(-10);
    Picture art = Signals.noisyPicture(6, 2048, 2048, 3);
    Sound sound =
        reading
            .read(
                new ReadingRequest(
                    art,
                    tape,
                    new TrackPosition("take", 0, 20 * 576, 48_000),
                    new TreeMap<>(Map.of("iterations", "1"))))
            .sound();
    assertThat(sound.length()).isEqualTo(20 * 576);
    assertThat(Float.isFinite(sound.peak())).isTrue();
  }
}
