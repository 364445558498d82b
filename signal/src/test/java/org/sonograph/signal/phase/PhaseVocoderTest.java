package org.sonograph.signal.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.signal.transform.Spectrum;
import org.sonograph.signal.transform.Stft;

class PhaseVocoderTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1.5, 3, 7.3})
  void keepsPitchAndChangesLength(double factor) {
    double[] sine = new double[24_000];
    for (int i = 0; i < sine.length; i++) {
      sine[i] = Math.sin(2 * Math.PI * 0.02 * i);
    }
    double[] stretched = PhaseVocoder.stretch(sine, factor);
    assertThat(stretched).hasSize((int) Math.round(24_000 * factor));
    int crossings = 0;
    int from = stretched.length / 4;
    int to = stretched.length * 3 / 4;
    for (int i = from; i < to; i++) {
      if (stretched[i - 1] < 0 != stretched[i] < 0) {
        crossings++;
      }
    }
    assertThat(crossings / 2.0 / (to - from)).isCloseTo(0.02, Offset.offset(0.0003));
  }

  @Test
  void rateOneChangesNothing() {
    Spectrum spectrum = new Stft(64, 16).forward(new double[] {1, 2, 3, 4});
    assertThat(PhaseVocoder.stretch(spectrum, 1, 16)).isSameAs(spectrum);
  }

  @Test
  void silenceStaysSilent() {
    assertThat(PhaseVocoder.stretch(new double[5000], 3)).containsOnly(0);
  }

  @Test
  void refusesToStretchToNothing() {
    assertThatThrownBy(() -> PhaseVocoder.stretch(new double[10], 0.01))
        .hasMessageContaining("stretch=0.01 of 10 samples");
  }
}
