package org.sonograph.diffusion.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sonograph.diffusion.Golden;

class TorchGeneratorTest {

  /** torch's own logarithm and sine are this exact. */
  private static final float EXACT = 2e-6f;

  static Stream<JsonNode> draws() {
    return StreamSupport.stream(Golden.json("torch-cpu-randn.json").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("draws")
  void drawsWhatTorchDraws(JsonNode golden) {
    int size = 1;
    for (JsonNode side : golden.get("shape")) {
      size *= side.asInt();
    }
    TorchGenerator generator = new TorchGenerator(golden.get("seed").asLong());
    float[] first = new float[size];
    generator.randn(first);
    float[] second = new float[size];
    generator.randn(second);

    assertThat(head(first, golden.get("first").size()))
        .containsExactly(Golden.floats(golden.get("first")), within(EXACT));
    assertThat(tail(first, golden.get("last").size()))
        .containsExactly(Golden.floats(golden.get("last")), within(EXACT));
    assertThat(head(second, golden.get("second_draw_first").size()))
        .containsExactly(Golden.floats(golden.get("second_draw_first")), within(EXACT));
    assertThat(tail(second, golden.get("second_draw_last").size()))
        .containsExactly(Golden.floats(golden.get("second_draw_last")), within(EXACT));
    double sum = 0;
    for (float value : first) {
      sum += value;
    }
    assertThat(sum).isCloseTo(golden.get("sum").asDouble(), within(size * 1e-6));
  }

  @Test
  void readsTheLowerHalfOfALongSeed() {
    float[] low = new float[20];
    float[] high = new float[20];
    new TorchGenerator(5).randn(low);
    new TorchGenerator(5 + (3L << 32)).randn(high);
    assertThat(high).containsExactly(low);
  }

  private static float[] head(float[] values, int count) {
    return Arrays.copyOf(values, count);
  }

  private static float[] tail(float[] values, int count) {
    return Arrays.copyOfRange(values, values.length - count, values.length);
  }
}
