package org.sonograph.signal.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StftTest {

  @ParameterizedTest
  @CsvSource({"512, 256, 5120", "512, 128, 5000", "94, 47, 2961", "4096, 576, 20000", "15, 4, 99"})
  void inverseUndoesForward(int nFft, int hopSamples, int samples) {
    double[] signal = new Random(1).doubles(samples, -1, 1).toArray();
    Stft stft = new Stft(nFft, hopSamples);
    Spectrum spectrum = stft.forward(signal);
    assertThat(spectrum.frames()).isEqualTo(1 + samples / hopSamples);
    double[] back = stft.inverse(spectrum, samples);
    // behind the last centre the window runs out; torch.istft stops there too
    for (int i = 0; i < (spectrum.frames() - 1) * hopSamples; i++) {
      assertThat(back[i]).isCloseTo(signal[i], Offset.offset(1e-12));
    }
  }

  @Test
  void steadySinePeaksInItsBin() {
    double[] signal = new double[8192];
    for (int i = 0; i < signal.length; i++) {
      signal[i] = Math.cos(2 * Math.PI * 20 * i / 512);
    }
    Spectrum spectrum = new Stft(512, 256).forward(signal);
    double[] re = spectrum.re()[8];
    double[] im = spectrum.im()[8];
    assertThat(Math.hypot(re[20], im[20])).isCloseTo(128, Offset.offset(1e-9));
    assertThat(Math.hypot(re[23], im[23])).isLessThan(1e-9);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "100", "255"})
  void signalsShorterThanTheirReflectionStayFinite(int samples) {
    double[] signal = new Random(2).doubles(samples, -1, 1).toArray();
    Stft stft = new Stft(512, 256);
    Spectrum spectrum = stft.forward(signal);
    assertThat(spectrum.frames()).isEqualTo(1);
    assertThat(spectrum.re()[0]).doesNotContain(Double.NaN);
    assertThat(stft.inverse(spectrum, samples)).hasSize(samples).doesNotContain(Double.NaN);
  }

  @Test
  void singlePrecisionWindowIsTheWindowToItsPrecision() {
    assertThat(Stft.hannInSinglePrecision(590))
        .containsExactly(Stft.hann(590), Offset.offset(3e-7));
  }

  @Test
  void refusesAWindowOfAnotherLength() {
    assertThatThrownBy(() -> new Stft(512, 256, new double[511]))
        .hasMessageContaining("nFft=512 with a window of 511");
  }
}
