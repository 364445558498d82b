package org.sonograph.signal.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sonograph.signal.phase.GriffinLim.Settings;
import org.sonograph.signal.transform.Spectrum;
import org.sonograph.signal.transform.Stft;

class GriffinLimTest {

  @Test
  void findsASoundWithTheMagnitudesOfASine() {
    double[][] magnitudes = magnitudesOfSine(1024, 256, 16_384);
    Settings settings = Settings.torchaudio(1024, 256, magnitudes.length);
    double[] found = GriffinLim.run(magnitudes, InitialPhase.absolute(7, 0), settings);
    assertThat(found).hasSize(16_384);
    assertThat(GriffinLim.spectralConvergence(found, magnitudes, 1024, 256)).isLessThan(0.15);
  }

  @Test
  void moreIterationsConvergeFurther() {
    double[][] magnitudes = magnitudesOfSine(512, 128, 8192);
    double last = Double.POSITIVE_INFINITY;
    for (int iterations : new int[] {0, 4, 32}) {
      Settings settings =
          Settings.torchaudio(512, 128, magnitudes.length).withIterations(iterations);
      double[] found = GriffinLim.run(magnitudes, InitialPhase.random(3), settings);
      double convergence = GriffinLim.spectralConvergence(found, magnitudes, 512, 128);
      assertThat(convergence).isLessThan(last);
      last = convergence;
    }
  }

  @Test
  void silenceStaysSilent() {
    double[] found =
        GriffinLim.run(
            new double[9][257], InitialPhase.random(1), Settings.torchaudio(512, 256, 9));
    assertThat(found).containsOnly(0);
  }

  @Test
  void lengthMayPassTheLastFrame() {
    double[][] magnitudes = magnitudesOfSine(4096, 576, 576 * 19);
    Settings settings = new Settings(4096, 576, 4, 0.99, 576 * 20);
    double[] found = GriffinLim.run(magnitudes, InitialPhase.absolute(1, 448), settings);
    assertThat(found).hasSize(576 * 20).doesNotContain(Double.NaN);
    assertThat(found[576 * 20 - 1]).isNotZero();
  }

  @Test
  void absolutePhasesOfOverlappingPicturesAreAlike() {
    double[][] one = new double[4][5];
    InitialPhase.absolute(9, 448).fill(3, one[0], one[1]);
    InitialPhase.absolute(9, 450).fill(1, one[2], one[3]);
    assertThat(one[2]).containsExactly(one[0]);
    assertThat(one[3]).containsExactly(one[1]);
    assertThat(Math.hypot(one[0][2], one[1][2])).isBetween(1 - 1e-12, 1 + 1e-12);
  }

  @Test
  void refusesFramesOfAnotherTransform() {
    assertThatThrownBy(
            () ->
                GriffinLim.run(
                    new double[3][256], InitialPhase.ZERO, Settings.torchaudio(512, 256, 3)))
        .hasMessageContaining("a frame has 256 bins, expected 257 (nFft=512)");
  }

  private static double[][] magnitudesOfSine(int nFft, int hopSamples, int samples) {
    double[] signal = new double[samples];
    for (int i = 0; i < samples; i++) {
      signal[i] = Math.sin(0.1 * i) + 0.5 * Math.sin(0.37 * i);
    }
    Spectrum spectrum = new Stft(nFft, hopSamples).forward(signal);
    double[][] magnitudes = new double[spectrum.frames()][nFft / 2 + 1];
    for (int f = 0; f < magnitudes.length; f++) {
      for (int k = 0; k < magnitudes[f].length; k++) {
        magnitudes[f][k] = Math.hypot(spectrum.re()[f][k], spectrum.im()[f][k]);
      }
    }
    return magnitudes;
  }
}
