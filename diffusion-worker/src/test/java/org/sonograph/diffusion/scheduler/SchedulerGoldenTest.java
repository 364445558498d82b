package org.sonograph.diffusion.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sonograph.diffusion.Golden;
import org.sonograph.diffusion.noise.NoiseSource;
import org.sonograph.diffusion.noise.TorchGenerator;

/** Every run of diffusers' samplers on a stand-in model, step by step. */
class SchedulerGoldenTest {

  /** Relative to the largest value; diffusers itself works in float. */
  private static final double CLOSE = 1e-4;

  static Stream<Run> runs() {
    return StreamSupport.stream(Golden.json("schedulers.json").spliterator(), false).map(Run::new);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void stepsAsDiffusersDoes(Run run) {
    JsonNode golden = run.golden;
    int steps = golden.get("steps").asInt();
    int taken = Math.min((int) (steps * golden.get("strength").asDouble()), steps);
    TorchGenerator generator = new TorchGenerator(golden.get("seed").asLong());
    float[] latents = new float[golden.get("clean").size()];
    float[] noise = new float[latents.length];
    generator.randn(latents);
    generator.randn(noise);

    Span span = new Span(steps, steps - taken, latents.length);
    Scheduler scheduler = run.sampler().start(run.config(), span);
    scheduler.addNoise(latents, noise);

    double[] times = scheduler.timesteps();
    assertThat(times).containsExactly(doubles(golden.get("timesteps")), within(1e-3));
    assertClose("noised", latents, golden.get("noised"));
    NoiseSource own = generator::randn;
    float[] shown = new float[latents.length];
    float[] output = new float[latents.length];
    for (int i = 0; i < times.length; i++) {
      scheduler.scaleInput(i, latents, shown);
      for (int k = 0; k < shown.length; k++) {
        output[k] =
            (float) (Math.tanh(0.7 * shown[k] + 0.1) * 0.9 + 0.05 * (float) times[i] / 1000);
      }
      scheduler.step(i, output, latents, own);
      if (golden.get("after_each_step").size() > i) {
        assertClose("step " + i, latents, golden.get("after_each_step").get(i));
      }
    }
    assertClose("final", latents, golden.get("final"));
  }

  private static void assertClose(String what, float[] found, JsonNode golden) {
    float[] expected = Golden.floats(golden);
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i])
          .as("%s, value %d", what, i)
          .isCloseTo(expected[i], within(CLOSE * largest));
    }
  }

  private static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asDouble();
    }
    return values;
  }

  record Run(JsonNode golden) {

    Sampler sampler() {
      return Sampler.named(
          switch (golden.get("name").asText()) {
            case "ddim-eta1" -> "ddim";
            case "euler-linspace", "euler-karras" -> "euler";
            case "euler-a-trailing" -> "euler-a";
            case "dpmpp-2m-linspace" -> "dpmpp-2m";
            case String name -> name;
          });
    }

    SchedulerConfig config() {
      Map<String, Object> values = new HashMap<>();
      golden
          .get("config")
          .properties()
          .forEach(
              entry -> {
                JsonNode value = entry.getValue();
                if (value.isNumber()) {
                  values.put(entry.getKey(), value.asDouble());
                } else if (value.isBoolean()) {
                  values.put(entry.getKey(), value.asBoolean());
                } else if (value.isTextual()) {
                  values.put(entry.getKey(), value.asText());
                }
              });
      if (golden.get("name").asText().equals("ddim-eta1")) {
        values.put(Sampler.ETA, 1.0);
      }
      return new SchedulerConfig(sampler().name(), values);
    }

    @Override
    public String toString() {
      return "%s, %s of %s, %s"
          .formatted(
              golden.get("name").asText(),
              golden.get("strength"),
              golden.get("steps"),
              golden.get("config").get("prediction_type").asText());
    }
  }
}
