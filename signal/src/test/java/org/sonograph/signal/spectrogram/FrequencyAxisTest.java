package org.sonograph.signal.spectrogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrequencyAxisTest {

  @ParameterizedTest
  @EnumSource(FrequencyAxis.Scale.class)
  void heightUndoesFrequency(FrequencyAxis.Scale scale) {
    FrequencyAxis axis = new FrequencyAxis(scale, 30, 11_000, 300);
    for (double height = 0; height <= 300; height += 7.3) {
      assertThat(axis.height(axis.frequencyHz(height))).isCloseTo(height, within(1e-9));
    }
    assertThat(axis.frequencyHz(0)).isCloseTo(30, within(1e-9));
    assertThat(axis.frequencyHz(300)).isCloseTo(11_000, within(1e-6));
  }

  @Test
  void givesEveryOctaveOfTapeSixtyFourRows() {
    FrequencyAxis axis = SpectrogramProfile.TAPE.frequencyAxis();
    assertThat(axis.frequencyHz(64) / axis.frequencyHz(0)).isCloseTo(2, within(1e-9));
    assertThat(axis.highHz()).isCloseTo(10_547, within(1.0));
    assertThat(axis.share(82.4, 164.8)).isCloseTo(1 / 8.0, within(1e-9));
    assertThat(axis.share(10, 20)).isZero();
  }

  @Test
  void refusesAnAxisWithoutExtent() {
    assertThatThrownBy(() -> new FrequencyAxis(FrequencyAxis.Scale.LOG, 0, 100, 8))
        .hasMessageContaining("LOG");
    assertThatThrownBy(() -> new FrequencyAxis(FrequencyAxis.Scale.LINEAR, 100, 100, 8))
        .hasMessageContaining("100");
    assertThatThrownBy(() -> FrequencyAxis.Scale.of("bark"))
        .hasMessage("axis=bark, expected log, mel or linear");
  }
}
