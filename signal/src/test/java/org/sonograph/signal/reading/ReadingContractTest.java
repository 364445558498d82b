package org.sonograph.signal.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.reading.ReadingOutput.Extent;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.NotebookSpectrogram;
import org.sonograph.signal.spectrogram.PowerRange;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/** What holds for every reading that can be found, in every profile. */
class ReadingContractTest {

  /** Odd on purpose: no multiple of a column. */
  private static final int TRACK_SAMPLES = 9 * 576 + 131;

  /** The notebook's own readings: one channel there, and Griffin-Lim but for the chirp. */
  private static final List<String> ORIGIN = List.of("red", "green", "blue", "rgb-mean", "chirp");

  private static final List<String> GRIFFIN_LIM = List.of("red", "green", "blue", "rgb-mean");

  record Case(Reading reading, Inversion inversion, String name, Picture art) {

    ReadingOutput read(String... parameters) {
      TreeMap<String, String> named = new TreeMap<>(Map.of("iterations", "3"));
      for (int i = 0; i < parameters.length; i += 2) {
        named.put(parameters[i], parameters[i + 1]);
      }
      TrackPosition position =
          new TrackPosition("ab12", 448 * 576, TRACK_SAMPLES, inversion.sampleRateHz());
      return reading.read(new ReadingRequest(art, inversion, position, named));
    }

    @Override
    public String toString() {
      return "%s, %s, %s".formatted(reading.name(), inversion.profile(), name);
    }
  }

  static Stream<Reading> readings() {
    return ServiceLoader.load(Reading.class).stream().map(ServiceLoader.Provider::get);
  }

  static Stream<Case> cases() {
    Map<String, Picture> pictures = new TreeMap<>();
    pictures.put("black", even(0));
    pictures.put("white", even(255));
    pictures.put("one pixel", noise(1, 1, 3));
    pictures.put("one lit pixel", lit(40, 32, 17, 9));
    pictures.put("two pixels", noise(1, 2, 3));
    pictures.put("one row", noise(9, 1, 3));
    pictures.put("small", noise(8, 8, 3));
    pictures.put("wide", noise(2048, 9, 3));
    pictures.put("tall", noise(9, 2048, 3));
    pictures.put("one column", noise(1, 32, 3));
    pictures.put("two columns", noise(2, 32, 3));
    pictures.put("two rows", noise(40, 2, 3));
    pictures.put("odd sizes", noise(37, 23, 3));
    pictures.put("prime height", noise(19, 132, 3));
    pictures.put("grey", noise(16, 16, 1));
    return readings()
        .flatMap(
            reading ->
                inversions()
                    .flatMap(
                        inversion ->
                            pictures.entrySet().stream()
                                .map(p -> new Case(reading, inversion, p.getKey(), p.getValue()))));
  }

  static Stream<Case> noiseCases() {
    return cases().filter(c -> c.name.equals("odd sizes"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void soundIsFiniteAndAsLongAsStated(Case c) {
    ReadingOutput output = c.read();
    Sound sound = output.sound();
    for (float[] channel : sound.channels()) {
      for (float sample : channel) {
        // readings may pass full scale before the level is set, but not run away
        assertThat(Float.isFinite(sample) && Math.abs(sample) < 1000).isTrue();
      }
    }
    if (c.inversion.profile().equals("tape")) {
      assertThat(output.extent()).isEqualTo(Extent.TRACK);
      assertThat(sound.sampleRateHz()).isEqualTo(48_000);
      assertThat(sound.channelCount()).isEqualTo(2);
      assertThat(sound.length()).isEqualTo(TRACK_SAMPLES);
    } else {
      assertThat(output.extent()).isEqualTo(Extent.OWN);
      boolean inverse = c.reading.name().equals("inverse");
      assertThat(sound.sampleRateHz()).isEqualTo(inverse ? 44_100 : 24_000);
      boolean origin = ORIGIN.contains(c.reading.name()) || inverse;
      assertThat(sound.channelCount()).isEqualTo(origin ? 1 : 2);
      assertThat(sound.length()).isEqualTo(notebookLength(c.reading.name(), c.art));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatStandsAloneHasNoDcAndFillsTheScale(Case c) {
    boolean origin = ORIGIN.contains(c.reading.name()) || c.reading.name().equals("inverse");
    if (c.inversion.profile().equals("tape") || origin) {
      return;
    }
    Sound sound = c.read().sound();
    for (float[] channel : sound.channels()) {
      double mean = IntStream.range(0, channel.length).mapToDouble(i -> channel[i]).sum();
      assertThat(Math.abs(mean / channel.length)).isLessThan(1e-3);
    }
    assertThat(sound.peak())
        .satisfiesAnyOf(p -> assertThat(p).isZero(), p -> assertThat(p).isEqualTo(1f));
  }

  @ParameterizedTest
  @MethodSource("noiseCases")
  void sameRequestGivesTheSameSamples(Case c) {
    assertThat(c.read()).isEqualTo(c.read());
  }

  @ParameterizedTest
  @MethodSource("noiseCases")
  void manyThreadsMayReadAtOnce(Case c) {
    ReadingOutput alone = c.read();
    List<ReadingOutput> together =
        IntStream.range(0, 4).parallel().mapToObj(i -> c.read()).toList();
    assertThat(together).allMatch(alone::equals);
  }

  @ParameterizedTest
  @MethodSource("noiseCases")
  void parametersThatMakeNoSenseAreNamed(Case c) {
    for (Parameter parameter : c.reading.parameters()) {
      assertThatThrownBy(() -> c.reading.check(new TreeMap<>(Map.of(parameter.name(), "sideways"))))
          .hasMessageContaining(
              "parameter %s=sideways, expected %s"
                  .formatted(parameter.name(), parameter.expected()));
      assertThat(parameter.doc()).isNotBlank();
      if (!parameter.fallback().isEmpty()) {
        parameter.check(parameter.fallback());
      }
    }
    assertThatThrownBy(() -> c.reading.check(new TreeMap<>(Map.of("warmth", "1"))))
        .hasMessageContaining("reading %s has no parameter warmth".formatted(c.reading.name()));
  }

  @ParameterizedTest
  @MethodSource("noiseCases")
  void griffinLimRefusesWhatItCannotDo(Case c) {
    if (!GRIFFIN_LIM.contains(c.reading.name())) {
      return;
    }
    assertThatThrownBy(() -> c.read("phase", "sideways"))
        .hasMessageContaining("phase=sideways, expected zero, random or gradient");
    assertThatThrownBy(() -> c.read("iterations", "-1"))
        .hasMessageContaining("iterations=-1, expected a whole number from 0");
    assertThatThrownBy(() -> c.read("seed", "x")).hasMessageContaining("seed=x");
  }

  @ParameterizedTest
  @MethodSource("readings")
  void hasANameToTypeAndASummary(Reading reading) {
    assertThat(reading.name()).matches("[a-z][a-z0-9-]*");
    assertThat(reading.summary()).hasSizeBetween(10, 200);
  }

  @ParameterizedTest
  @MethodSource("readings")
  void anUnknownProfileIsNamed(Reading reading) {
    Inversion tape = SpectrogramProfile.TAPE.inversion(0);
    Inversion other =
        new Inversion(
            "wax", 8000, 512, 256, tape.window(), tape.axis(), 40, 4000, 0, -70, 0, 8, 8, 8, 8);
    assertThatThrownBy(() -> new Case(reading, other, "", even(0)).read())
        .hasMessageContaining("profile=wax, expected one of [notebook, tape]");
  }

  @Test
  void namesAreUniqueAndThoseOfTheIssue() {
    assertThat(readings().map(Reading::name))
        .doesNotHaveDuplicates()
        .contains("red", "green", "blue", "rgb-mean", "chirp")
        .contains("voices", "additive", "inverse", "bells", "grain", "scan", "wavetable");
  }

  private static int notebookLength(String reading, Picture art) {
    int frames = Math.max(2, art.width()) - 1;
    int hop = Math.max(2, art.height()) - 1;
    return switch (reading) {
      case "chirp" -> 30 * 24_000;
      // the size before resizing, at the source's rate
      case "inverse" -> 399 * 256;
      case "rgb-mean" -> 3 * frames * hop;
      default -> frames * hop;
    };
  }

  private static Stream<Inversion> inversions() {
    return Stream.of(
        NotebookSpectrogram.inversion(44_100, 400, new PowerRange(1e-6f, 1)),
        SpectrogramProfile.TAPE.inversion(-10));
  }

  private static Picture even(int level) {
    byte[] samples = new byte[64 * 32 * 3];
    java.util.Arrays.fill(samples, (byte) level);
    return new Picture(64, 32, 3, samples);
  }

  private static Picture lit(int width, int height, int x, int y) {
    byte[] samples = new byte[width * height * 3];
    for (int c = 0; c < 3; c++) {
      samples[(y * width + x) * 3 + c] = (byte) 255;
    }
    return Picture.rgb(width, height, samples);
  }

  private static Picture noise(int width, int height, int channels) {
    byte[] samples = new byte[width * height * channels];
    new Random(width).nextBytes(samples);
    return new Picture(width, height, channels, samples);
  }
}
