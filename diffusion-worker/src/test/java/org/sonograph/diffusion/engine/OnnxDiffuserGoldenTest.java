package org.sonograph.diffusion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

  private static Diffuser diffuser;

  static Stream<Case> cases() {
    return StreamSupport.stream(Golden.json("img2img/cases.json").spliterator(), false)
        .map(Case::new);
  }

  @BeforeAll
  static void open() {
    diffuser =
        Diffusers.open("tiny-sd", DiffuserOptions.defaults().withModelsFolder(Golden.models()));
  }

  @AfterAll
  static void close() {
    diffuser.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void paintsWhatDiffusersPaints(Case golden) throws InterruptedException {
    DiffusedPicture painted = diffuser.diffuse(golden.request());

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
    assertThat((double) sum / found.length).as("mean difference").isLessThan(MEAN_LEVELS);
  }

  record Case(JsonNode golden) {

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
      byte[] png = Golden.bytes("img2img/" + golden.get(key).asText());
      return PngCodec.decode(png, PngLimits.DEFAULT).picture();
    }

    @Override
    public String toString() {
      return golden.get("output").asText();
    }
  }
}
