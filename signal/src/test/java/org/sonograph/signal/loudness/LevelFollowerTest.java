package org.sonograph.signal.loudness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.signal.Signals;
import org.sonograph.signal.sound.Sound;

class LevelFollowerTest {
  private static final int RATE = 48_000;
  private static final int HOP = 4608;

  private static Sound noise(double amplitude, int samples) {
    return Sound.stereo(
        RATE, Signals.noise(1, amplitude, samples), Signals.noise(2, amplitude, samples));
  }

  private static SourceLevel curve(
      double integrated, int values, java.util.function.IntToDoubleFunction lufs) {
    float[] out = new float[values];
    for (int i = 0; i < values; i++) {
      out[i] = (float) lufs.applyAsDouble(i);
    }
    return new SourceLevel(integrated, out, HOP, RATE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.1, 1e-3, 1e-4})
  void bringsAnyLevelToTheTarget(double amplitude) {
    Sound out = LevelFollower.follow(noise(amplitude, 6 * RATE), SourceLevel.steady(-31), 0.5, -20);
    assertThat(LoudnessMeter.integratedLufs(RATE, out.channels())).isCloseTo(-20, within(0.2));
  }

  @Test
  void followsHalfOfTheSourcesForm() {
    SourceLevel source = curve(-25, 64, i -> -25 + 10 * Math.sin(i / 6.0));
    Sound out = LevelFollower.follow(noise(0.2, 6 * RATE), source, 0.5, -20);
    float[] now = LoudnessMeter.momentaryLufs(RATE, out.channels(), HOP);
    for (int i = 3; i < now.length - 3; i++) {
      assertThat(now[i])
          .as("point %d", i)
          .isCloseTo((float) (-20 + 5 * Math.sin(i / 6.0)), within(0.7f));
    }
  }

  @Test
  void leavesNoStepBetweenGreyAndWhite() {
    float[] both = Signals.noise(3, 0.5, 6 * RATE);
    for (int i = 3 * RATE; i < both.length; i++) {
      both[i] *= 0.15f;
    }
    Sound out = LevelFollower.follow(Sound.mono(RATE, both), SourceLevel.steady(-23), 0.5, -20);
    float[] now = LoudnessMeter.momentaryLufs(RATE, out.channels(), 960);
    for (int i = 10; i < now.length - 10; i++) {
      // within one window of a sudden 16 dB the gain is on its way
      boolean turning = Math.abs(i - 150) < 20;
      assertThat(now[i]).as("point %d", i).isCloseTo(-20f, within(turning ? 6f : 1f));
    }
    assertThat(now[100]).isCloseTo(-20f, within(0.3f));
    assertThat(now[250]).isCloseTo(-20f, within(1f));
  }

  @Test
  void keepsSilenceWhereTheSourceIsSilent() {
    SourceLevel source = curve(-25, 64, i -> i < 32 ? -25 : -90);
    Sound out = LevelFollower.follow(noise(0.2, 6 * RATE), source, 0.5, -20);
    int silent = 33 * HOP;
    for (int i = silent; i < out.length(); i++) {
      assertThat(out.channels()[0][i]).isZero();
    }
    assertThat(LoudnessMeter.momentaryLufs(RATE, out.channels(), HOP)[15])
        .isCloseTo(-20f, within(0.5f));
  }

  @Test
  void keepsASilentPictureSilent() {
    Sound out =
        LevelFollower.follow(Sound.silence(RATE, 2, 100_000), SourceLevel.steady(-20), 0.5, -20);
    assertThat(out).isEqualTo(Sound.silence(RATE, 2, 100_000));
    assertThat(LevelFollower.follow(noise(0.1, 9000), SourceLevel.steady(-120), 0.5, -20).peak())
        .isZero();
  }

  @Test
  void doesNotBlowUpTheFaintRestOfAHole() {
    float[] sound = Signals.noise(1, 0.2, 6 * RATE);
    for (int i = 2 * RATE; i < 4 * RATE; i++) {
      sound[i] *= 1e-4f;
    }
    Sound out = LevelFollower.follow(Sound.mono(RATE, sound), SourceLevel.steady(-23), 0.5, -20);
    assertThat(Signals.rmsDb(out.channels()[0], 2 * RATE + 20_000, 4 * RATE - 20_000))
        .isLessThan(-60);
  }

  @Test
  void answersEveryInputWithNumbers() {
    float[] bad = Signals.noise(1, 0.1, 50_000);
    bad[7] = Float.NaN;
    bad[8] = Float.NEGATIVE_INFINITY;
    float[] click = new float[50_000];
    click[25_000] = 1e-20f;
    for (float[] in :
        new float[][] {bad, click, new float[0], {0.5f}, new float[] {1e30f, -1e30f}}) {
      Sound out = LevelFollower.follow(Sound.mono(RATE, in), SourceLevel.steady(-20), 1, -20);
      assertThat(out.length()).isEqualTo(in.length);
      for (float v : out.channels()[0]) {
        assertThat(Float.isFinite(v)).isTrue();
      }
    }
  }

  @Test
  void turnsSmoothly() {
    SourceLevel source = curve(-25, 64, i -> i % 8 < 4 ? -25 : -45);
    float[] ones = new float[6 * RATE];
    for (int i = 0; i < ones.length; i++) {
      ones[i] = (float) (0.1 * Math.sin(2 * Math.PI * 1000 * i / RATE));
    }
    float[] out = LevelFollower.follow(Sound.mono(RATE, ones), source, 1, -20).channels()[0];
    // no two neighbours further apart than the sine itself at the loudest gain, plus 5 %
    double most = 0;
    double peak = 0;
    for (int i = 1; i < out.length; i++) {
      most = Math.max(most, Math.abs(out[i] - out[i - 1]));
      peak = Math.max(peak, Math.abs(out[i]));
    }
    assertThat(most).isLessThan(1.05 * peak * 2 * Math.PI * 1000 / RATE);
  }
}
