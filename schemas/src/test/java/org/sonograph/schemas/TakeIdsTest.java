package org.sonograph.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TakeIdsTest {
  @Test
  void isAlwaysTheSameForTheSameTake() {
    // a golden value: if this changes, unfinished takes of earlier versions are not recognised any
    // more
    assertThat(TakeIds.take("ab12", TestRecords.interpretation(), 0))
        .isEqualTo("90af862fe8b44dc0fff6");
  }

  @Test
  void hasTwentyHexadecimalDigits() {
    assertThat(TakeIds.take("ab12", Interpretation.newBuilder().build(), 0))
        .matches("[0-9a-f]{20}");
  }

  @Test
  void differsBySourceSeedPromptReadingAndOccurrence() {
    Interpretation one = TestRecords.interpretation();
    Interpretation seed =
        Interpretation.newBuilder(one)
            .setDiffusion(DiffusionSettings.newBuilder(one.getDiffusion()).setSeed(43).build())
            .build();
    Interpretation reading =
        Interpretation.newBuilder(one).setReadings(one.getReadings().subList(0, 1)).build();
    Interpretation parameter = withParameters(one, Map.of("stretch", "0", "phase", "zero"));
    assertThat(
            List.of(
                TakeIds.take("ab12", one, 0),
                TakeIds.take("ab13", one, 0),
                TakeIds.take("ab12", seed, 0),
                TakeIds.take("ab12", reading, 0),
                TakeIds.take("ab12", parameter, 0),
                TakeIds.take("ab12", one, 1)))
        .doesNotHaveDuplicates();
  }

  @Test
  void doesNotDependOnWhatSettingsWereCalled() {
    Interpretation one = TestRecords.interpretation();
    Interpretation named = Interpretation.newBuilder(one).setPreset("breath").build();
    assertThat(TakeIds.take("ab12", named, 0)).isEqualTo(TakeIds.take("ab12", one, 0));
  }

  @Test
  void doesNotDependOnTheOrderOfParameters() {
    Interpretation one = TestRecords.interpretation();
    Map<String, String> other = new HashMap<>();
    other.put("phase", "zero");
    other.put("stretch", "1");
    assertThat(TakeIds.take("ab12", withParameters(one, other), 0))
        .isEqualTo(TakeIds.take("ab12", one, 0));
  }

  private static Interpretation withParameters(Interpretation of, Map<String, String> parameters) {
    ReadingSettings first = of.getReadings().get(0);
    return Interpretation.newBuilder(of)
        .setReadings(
            List.of(
                ReadingSettings.newBuilder(first).setParameters(parameters).build(),
                of.getReadings().get(1)))
        .build();
  }
}
