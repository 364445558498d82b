package org.sonograph.diffusion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sonograph.diffusion.DiffusedPicture;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.DiffuserOptions;
import org.sonograph.diffusion.Diffusers;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.Golden;
import org.sonograph.diffusion.NoisePlan;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngLimits;

/** Whole pictures as diffusers paints them. */
class OnnxDiffuserGoldenTest {

  /** Largest difference of any sample, in levels of 255, and the mean one. */
  private static final int MOST_LEVELS = 2;

  private static final double MEAN_LEVELS = 0.05;

  /** Few levels apart all over: prompts of a quantised encoder differ in the last digits. */
  private static final double MEAN_LEVELS_SKETCH = 0.5;

  private static final Map<String, Diffuser> OPEN = new HashMap<>();

  static Stream<Case> tinyCases() {
    return cases("tiny-sd", "img2img/", "cases.json");
  }

  static Stream<Case> sketchCases() {
    return Stream.of("sketch", "sketch-turbo")
        .flatMap(model -> cases(model, "sketch/", model + ".json"));
  }

  private static Stream<Case> cases(String model, String folder, String name) {
    return StreamSupport.stream(Golden.json(folder + name).spliterator(), false)
        .map(golden -> new Case(model, folder, golden));
  }

  @AfterAll
  static void close() {
    OPEN.values().forEach(Diffuser::close);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tinyCases")
  void paintsWhatDiffusersPaints(Case golden) throws InterruptedException {
    assertAlike(golden, MEAN_LEVELS);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sketchCases")
  void paintsTheBundledModelsAsTheirRecipeDoes(Case golden) throws InterruptedException {
    assertAlike(golden, MEAN_LEVELS_SKETCH);
  }

  private static void assertAlike(Case golden, double meanLevels) throws InterruptedException {
    DiffusedPicture painted = golden.diffuser().diffuse(golden.request());

    byte[] found = painted.picture().samples();
    byte[] expected = golden.picture("output").samples();
    assertThat(found).hasSameSizeAs(expected);
    int most = 0;
    long sum = 0;
    for (int i = 0; i < found.length; i++) {
      int difference = Math.abs((found[i] & 0xff) - (expected[i] & 0xff));
      most = Math.max(most, difference);
      sum += difference;
    }
    assertThat(most).as("largest difference").isLessThanOrEqualTo(MOST_LEVELS);
    assertThat((double) sum / found.length).as("mean difference").isLessThan(meanLevels);
  }

  record Case(String model, String folder, JsonNode golden) {

    Diffuser diffuser() {
      return OPEN.computeIfAbsent(
          model,
          name ->
              Diffusers.open(name, DiffuserOptions.defaults().withModelsFolder(Golden.models())));
    }

    DiffusionRequest request() {
      return new DiffusionRequest(
          picture("input"),
          golden.get("prompt").asText(),
          golden.get("negative").isNull() ? "" : golden.get("negative").asText(),
          golden.get("strength").asDouble(),
          golden.get("guidance").asDouble(),
          golden.get("steps").asInt(),
          golden.get("scheduler").asText(),
          new NoisePlan.Torch(golden.get("seed").asLong()));
    }

    Picture picture(String key) {
      byte[] png = Golden.bytes(folder + golden.get(key).asText());
      return PngCodec.decode(png, PngLimits.DEFAULT).picture();
    }

    @Override
    public String toString() {
      return golden.get("output").asText();
    }
  }
}
