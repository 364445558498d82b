package org.sonograph.signal.phase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sonograph.signal.transform.Spectrum;
import org.sonograph.signal.transform.Stft;

class GradientPhaseTest {
  private static final int WINDOW = 1024;
  private static final int HOP = 128;

  /** 101 frames of two tones, none of which reaches past the signal's ends. */
  private static double[][] ofTwoTones() {
    double[] signal = new double[116 * HOP];
    Arrays.setAll(
        signal, i -> Math.sin(0.2 * i) * (1 - i / 20_000.0) + 0.3 * Math.sin(0.9 * i + 1));
    Spectrum spectrum = new Stft(WINDOW, HOP).forward(signal);
    double[][] out = new double[101][WINDOW / 2 + 1];
    for (int f = 0; f < out.length; f++) {
      for (int k = 0; k < out[f].length; k++) {
        out[f][k] = Math.hypot(spectrum.re()[8 + f][k], spectrum.im()[8 + f][k]);
      }
    }
    return out;
  }

  private static double convergence(InitialPhase phases, double[][] magnitudes) {
    double[] heard =
        GriffinLim.run(
            magnitudes,
            phases,
            GriffinLim.Settings.torchaudio(WINDOW, HOP, magnitudes.length).withIterations(0));
    return GriffinLim.spectralConvergence(heard, magnitudes, WINDOW, HOP);
  }

  @Test
  void findsPhasesThatAgreeWithOneAnother() {
    double[][] magnitudes = ofTwoTones();
    InitialPhase found =
        GradientPhase.of(magnitudes, new GradientPhase.Settings(WINDOW, HOP, 0, 0, 0), 1);
    assertThat(convergence(found, magnitudes)).isLessThan(0.06);
    assertThat(convergence(InitialPhase.absolute(1, 0), magnitudes)).isGreaterThan(0.4);
  }

  @Test
  void neighboursAgreeOnTheFramesTheyShare() {
    double[][] all = ofTwoTones();
    double[][] first = Arrays.copyOfRange(all, 0, 60);
    double[][] second = Arrays.copyOfRange(all, 44, 101);
    InitialPhase one =
        GradientPhase.of(first, new GradientPhase.Settings(WINDOW, HOP, 0, 0, 16), 1);
    InitialPhase two =
        GradientPhase.of(second, new GradientPhase.Settings(WINDOW, HOP, 44, 0, 16), 1);
    double[][] a = new double[2][WINDOW / 2 + 1];
    double[][] b = new double[2][WINDOW / 2 + 1];
    double product = 0;
    double power = 0;
    for (int f = 0; f < 16; f++) {
      one.fill(44 + f, a[0], a[1]);
      two.fill(f, b[0], b[1]);
      for (int k = 0; k < a[0].length; k++) {
        double weight = all[44 + f][k] * all[44 + f][k];
        product += weight * (a[0][k] * b[0][k] + a[1][k] * b[1][k]);
        power += weight;
      }
    }
    assertThat(product / power).isGreaterThan(0.99);
  }

  @Test
  void whereThereIsNothingPhasesComeFromTheSeedAndThePlace() {
    double[][] one = new double[2][5];
    double[][] two = new double[2][5];
    GradientPhase.of(new double[9][5], new GradientPhase.Settings(8, 2, 20, 0, 0), 7)
        .fill(4, one[0], one[1]);
    InitialPhase.absolute(7, 20).fill(4, two[0], two[1]);
    for (int k = 0; k < 5; k++) {
      assertThat(one[0][k]).isEqualTo(two[0][k], org.assertj.core.api.Assertions.within(1e-6));
      assertThat(one[1][k]).isEqualTo(two[1][k], org.assertj.core.api.Assertions.within(1e-6));
    }
  }
}
