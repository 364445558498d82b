package org.sonograph.signal.loudness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sonograph.signal.Signals;
import org.sonograph.signal.sound.Sound;

class TruePeakLimiterTest {

  private static Sound limited(float[][] sound) {
    TruePeakLimiter limiter = new TruePeakLimiter(48_000, sound.length);
    return new Sound(48_000, limiter.push(sound)).then(new Sound(48_000, limiter.finish()));
  }

  private static float[][] loud() {
    float[] left = Signals.noise(1, 3, 60_000);
    float[] right = Signals.sine(48_000, 50, 2, 60_000);
    Arrays.fill(left, 20_000, 40_000, 0.01f);
    return new float[][] {left, right};
  }

  @Test
  void findsThePeakBetweenSamples() {
    // a quarter of the rate, sampled 45 degrees off its peaks: samples at -3 dB, the wave at 0
    float[] sine = new float[4800];
    for (int i = 0; i < sine.length; i++) {
      double fade = Math.min(1, Math.min(i, 4799 - i) / 200.0);
      sine[i] = (float) (fade * Math.sin(Math.PI / 2 * i + Math.PI / 4));
    }
    assertThat(TruePeak.dbtp(new float[][] {sine})).isCloseTo(0, within(0.05));
  }

  @Test
  void neverLetsAnythingAboveTheCeiling() {
    Sound out = limited(loud());
    assertThat(TruePeak.dbtp(out.channels())).isLessThanOrEqualTo(-0.98);
    assertThat(out.length()).isEqualTo(60_000);
  }

  @Test
  void passesWhatStaysBelowToTheBit() {
    float[][] quiet = {Signals.noise(1, 0.3, 30_000), Signals.noise(2, 0.3, 30_000)};
    assertThat(limited(quiet)).isEqualTo(new Sound(48_000, quiet));
  }

  @Test
  void passesToTheBitAgainAfterALoudMoment() {
    float[][] sound = {Signals.noise(1, 0.3, 200_000)};
    Arrays.fill(sound[0], 1000, 1010, 1.9f);
    Sound out = limited(sound);
    assertThat(Arrays.copyOfRange(out.channels()[0], 150_000, 200_000))
        .isEqualTo(Arrays.copyOfRange(sound[0], 150_000, 200_000));
  }

  @Test
  void goesOnFromItsStateAsIfNothingHadHappened() {
    float[][] sound = loud();
    Sound whole = limited(sound);
    TruePeakLimiter limiter = new TruePeakLimiter(48_000, 2);
    Sound out = Sound.silence(48_000, 2, 0);
    Random random = new Random(4);
    for (int from = 0; from < 60_000; ) {
      int until = Math.min(60_000, from + random.nextInt(3000));
      float[][] piece = {
        Arrays.copyOfRange(sound[0], from, until), Arrays.copyOfRange(sound[1], from, until)
      };
      out = out.then(new Sound(48_000, limiter.push(piece)));
      limiter = TruePeakLimiter.fromState(limiter.state());
      from = until;
    }
    assertThat(out.then(new Sound(48_000, limiter.finish()))).isEqualTo(whole);
  }

  @Test
  void keepsTheLengthOfSoundsShorterThanItsDelay() {
    for (int n : new int[] {0, 1, 100, 252, 253}) {
      assertThat(limited(new float[][] {Signals.noise(1, 2, n)}).length()).isEqualTo(n);
    }
  }

  @Test
  void refusesAStateThatIsNone() {
    assertThatThrownBy(() -> TruePeakLimiter.fromState(new byte[3]))
        .hasMessageContaining("version");
  }
}
