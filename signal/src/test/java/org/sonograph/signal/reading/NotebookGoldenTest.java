package org.sonograph.signal.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.signal.Golden;
import org.sonograph.signal.phase.GriffinLim;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.spectrogram.NotebookSpectrogram;
import org.sonograph.signal.spectrogram.PowerRange;

class NotebookGoldenTest {

  @ParameterizedTest
  @CsvSource({
    // reading, stretch, file, least SNR; measured far above, see the module's README
    "red, 1, art-64x48.red.npy, 55",
    "rgb-mean, 1, art-64x48.rgb-mean.npy, 55",
    "rgb-mean, 3, art-64x48.rgb-mean-x3.npy, 45",
  })
  void griffinLimEqualsTorchaudio(String reading, String stretch, String file, double leastDb) {
    float[] expected = Golden.numpy("decoders/" + file);
    float[] found = read(reading, "art-64x48", Map.of("phase", "zero", "stretch", stretch));
    assertThat(found).hasSameSizeAs(expected);
    assertThat(Golden.snrDb(found, expected, 1)).isGreaterThan(leastDb);
  }

  @ParameterizedTest
  @ValueSource(strings = {"art-64x48", "art-400x296"})
  void chirpEqualsScipy(String art) {
    float[] expected = Golden.numpy("decoders/" + art + ".chirp.every16.npy");
    float[] found = read("chirp", art, Map.of());
    assertThat(found).hasSize(720_000);
    assertThat(Golden.snrDb(found, expected, 16)).isGreaterThan(120);
  }

  @ParameterizedTest
  @CsvSource({"red, art-400x296", "green, art-400x296", "blue, art-400x296", "red, art-64x48"})
  void griffinLimConvergesAsFarAsTorchaudio(String reading, String art) {
    JsonNode golden = Golden.json("decoders/decoders.json");
    JsonNode own =
        golden.get(0).get("art").asText().startsWith(art) ? golden.get(0) : golden.get(1);
    float[] samples = read(reading, art, Map.of("phase", "zero"));
    assertThat(samples).hasSize(own.get("griffin_lim_samples").asInt());
    double convergence = convergence(samples, Golden.picture("decoders/" + art + ".png"), reading);
    double reference = own.get("spectral_convergence").get(reading).asDouble();
    assertThat(convergence).isCloseTo(reference, Percentage.withPercentage(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "99"})
  void randomPhaseConvergesTooAndIsTheSeeds(String seed) {
    Map<String, String> parameters = Map.of("phase", "random", "seed", seed);
    float[] once = read("red", "art-64x48", parameters);
    assertThat(read("red", "art-64x48", parameters)).containsExactly(once);
    assertThat(read("red", "art-64x48", Map.of("phase", "random", "seed", "5"))).isNotEqualTo(once);
    assertThat(convergence(once, Golden.picture("decoders/art-64x48.png"), "red")).isLessThan(0.2);
  }

  private static double convergence(float[] samples, Picture art, String reading) {
    double[] sound = new double[samples.length];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = samples[i];
    }
    int channel = reading.equals("red") ? 0 : reading.equals("green") ? 1 : 2;
    double[][] magnitudes = new double[art.width()][art.height()];
    for (int x = 0; x < art.width(); x++) {
      for (int y = 0; y < art.height(); y++) {
        magnitudes[x][y] = Math.pow(10, (art.at(x, y, channel) / 255.0 * 80 - 80) / 40);
      }
    }
    int nFft = 2 * (art.height() - 1);
    return GriffinLim.spectralConvergence(sound, magnitudes, nFft, nFft / 2);
  }

  private static float[] read(String name, String art, Map<String, String> parameters) {
    Reading reading =
        ServiceLoader.load(Reading.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(r -> r.name().equals(name))
            .findFirst()
            .orElseThrow();
    return reading
        .read(
            new ReadingRequest(
                Golden.picture("decoders/" + art + ".png"),
                NotebookSpectrogram.inversion(44_100, 100, new PowerRange(0, 1)),
                new TrackPosition("take", 0, 100, 44_100),
                new TreeMap<>(parameters)))
        .sound()
        .channels()[0];
  }
}
