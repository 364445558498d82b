package org.sonograph.signal.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sonograph.signal.sound.Sound;

class SurvivalTest {
  private static final int RATE = 48_000;

  /** Tones that begin every half second, louder and softer in turn. */
  private static Sound beats(double hz, int shiftSamples) {
    float[] out = new float[4 * RATE];
    for (int i = 0; i < out.length; i++) {
      int at = Math.floorMod(i - shiftSamples, RATE / 2);
      double level = Math.exp(-at / 4000.0) * ((i - shiftSamples) / RATE % 2 == 0 ? 0.4 : 0.1);
      out[i] = (float) (level * Math.sin(2 * Math.PI * hz * i / RATE));
    }
    return Sound.mono(RATE, out);
  }

  @Test
  void aSoundSurvivesInItself() {
    Survival all = Survival.of(beats(440, 0), beats(440, 0));
    assertThat(all.onsets()).isEqualTo(1);
    assertThat(all.chroma()).isCloseTo(1, within(1e-9));
    assertThat(all.convergence()).isCloseTo(0, within(1e-6));
    assertThat(all.loudnessForm()).isCloseTo(1, within(1e-6));
  }

  @Test
  void rateChannelsAndLevelDoNotMatter() {
    float[] side = beats(440, 0).channels()[0].clone();
    for (int i = 0; i < side.length; i++) {
      side[i] *= 0.5f;
    }
    Survival all = Survival.of(beats(440, 0), Sound.stereo(RATE, side, side));
    assertThat(all.onsets()).isEqualTo(1);
    assertThat(all.convergence()).isCloseTo(0, within(1e-4));
  }

  @Test
  void anotherPitchKeepsTheBeatAndLosesTheHarmony() {
    Survival other = Survival.of(beats(440, 0), beats(622.25, 0));
    assertThat(other.onsets()).isGreaterThan(0.9);
    assertThat(other.chroma()).isLessThan(0.3);
    assertThat(other.convergence()).isGreaterThan(0.9);
  }

  @Test
  void anotherBeatKeepsTheHarmonyAndLosesTheBeginnings() {
    Survival other = Survival.of(beats(440, 0), beats(440, RATE / 4));
    assertThat(other.onsets()).isLessThan(0.3);
    assertThat(other.chroma()).isGreaterThan(0.9);
  }

  @Test
  void nothingSurvivesInSilence() {
    Survival none = Survival.of(beats(440, 0), Sound.silence(RATE, 2, 4 * RATE));
    assertThat(none.chroma()).isZero();
    assertThat(none.convergence()).isEqualTo(1);
    assertThat(none.loudnessForm()).isZero();
  }
}
