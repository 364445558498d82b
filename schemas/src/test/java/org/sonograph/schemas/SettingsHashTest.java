package org.sonograph.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsHashTest {
  @Test
  void isAlwaysTheSameForTheSameSettings() {
    // a golden value: manifests of earlier versions hold it
    assertThat(SettingsHash.of(TestRecords.interpretation()))
        .isEqualTo("4084d1036f5a320d7f4c8fd512dc9f0ee07807da684fcf02656d456b18f4bdec");
  }

  @Test
  void dependsOnNeitherSeedNorPreset() {
    Interpretation one = TestRecords.interpretation();
    Interpretation other =
        Interpretation.newBuilder(with(one, one.getDiffusion().getModelHash(), 43))
            .setPreset("breath")
            .build();
    assertThat(SettingsHash.of(other)).isEqualTo(SettingsHash.of(one));
  }

  @Test
  void dependsOnTheModelsHash() {
    Interpretation one = TestRecords.interpretation();
    assertThat(SettingsHash.of(with(one, "ab", one.getDiffusion().getSeed())))
        .isNotEqualTo(SettingsHash.of(one));
  }

  @Test
  void ofAJobIsThatOfItsOnlySettingsAndElseOneOfTheirOwn() {
    assertThat(SettingsHash.ofJob(List.of("aa", "aa"))).isEqualTo("aa");
    assertThat(SettingsHash.ofJob(List.of("aa", "bb", "aa")))
        .isEqualTo(SettingsHash.ofJob(List.of("bb", "aa")))
        .isNotEqualTo(SettingsHash.ofJob(List.of("bb", "cc")))
        .hasSize(64);
  }

  private static Interpretation with(Interpretation one, String modelHash, long seed) {
    return Interpretation.newBuilder(one)
        .setDiffusion(
            DiffusionSettings.newBuilder(one.getDiffusion())
                .setModelHash(modelHash)
                .setSeed(seed)
                .build())
        .build();
  }
}
