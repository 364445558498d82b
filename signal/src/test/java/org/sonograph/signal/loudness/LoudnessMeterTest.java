package org.sonograph.signal.loudness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.signal.Signals;

/** Cases named 3341 are EBU Tech 3341's minimum requirements. */
class LoudnessMeterTest {

  private static float[] steps(int rate, double[]... dbAndSeconds) {
    float[] out = new float[0];
    for (double[] step : dbAndSeconds) {
      float[] part = Signals.sine(rate, 1000, Math.pow(10, step[0] / 20), (int) (step[1] * rate));
      int from = out.length;
      out = Arrays.copyOf(out, from + part.length);
      System.arraycopy(part, 0, out, from, part.length);
    }
    return out;
  }

  private static double stereo(int rate, float[] both) {
    return LoudnessMeter.integratedLufs(rate, new float[][] {both, both});
  }

  @ParameterizedTest
  @ValueSource(ints = {22_050, 44_100, 48_000, 96_000, 192_000})
  void readsMinus23For3341Case1AtAnyRate(int rate) {
    assertThat(stereo(rate, steps(rate, new double[] {-23, 5}))).isCloseTo(-23, within(0.1));
  }

  @Test
  void gatesAs3341Cases3And4() {
    assertThat(
            stereo(
                48_000,
                steps(
                    48_000, new double[] {-36, 3}, new double[] {-23, 18}, new double[] {-36, 3})))
        .isCloseTo(-23, within(0.1));
    assertThat(
            stereo(
                48_000,
                steps(
                    48_000,
                    new double[] {-72, 3},
                    new double[] {-36, 3},
                    new double[] {-23, 18},
                    new double[] {-36, 3},
                    new double[] {-72, 3})))
        .isCloseTo(-23, within(0.1));
  }

  @Test
  void weighsAsTheRecommendationTabulates() {
    // A 997 Hz sine at full scale in one channel reads -3.01 LKFS (BS.1770-4).
    float[] sine = Signals.sine(48_000, 997, 1, 5 * 48_000);
    assertThat(LoudnessMeter.integratedLufs(48_000, new float[][] {sine}))
        .isCloseTo(-3.01, within(0.02));
  }

  @Test
  void callsSilenceSilence() {
    assertThat(LoudnessMeter.integratedLufs(48_000, new float[2][48_000]))
        .isEqualTo(LoudnessMeter.SILENCE_LUFS);
    assertThat(LoudnessMeter.integratedLufs(48_000, new float[2][0]))
        .isEqualTo(LoudnessMeter.SILENCE_LUFS);
    assertThat(LoudnessMeter.momentaryLufs(48_000, new float[1][9600], 4800))
        .containsOnly(-120f)
        .hasSize(2);
  }

  @Test
  void measuresASoundShorterThanOneBlock() {
    assertThat(stereo(48_000, steps(48_000, new double[] {-23, 0.2}))).isCloseTo(-23, within(0.5));
  }

  @Test
  void centresTheMomentaryCurve() {
    float[] sound = steps(48_000, new double[] {-120, 1}, new double[] {-23, 1});
    float[] curve = LoudnessMeter.momentaryLufs(48_000, new float[][] {sound, sound}, 4800);
    assertThat(curve).hasSize(20);
    // half of the window around the onset is silent
    assertThat(curve[10]).isCloseTo(-26f, within(0.2f));
    assertThat(curve[12]).isCloseTo(-23f, within(0.2f));
    assertThat(curve[19]).isCloseTo(-23f, within(0.2f));
    assertThat(curve[8]).isLessThan(-60f);
  }

  @Test
  void doesNotCareInWhatPiecesASoundArrives() {
    float[][] sound = {Signals.noise(1, 0.3, 100_000), Signals.noise(2, 0.2, 100_000)};
    LoudnessMeter whole = new LoudnessMeter(48_000, 2, 4608);
    whole.push(sound);
    whole.finish();
    LoudnessMeter pieces = new LoudnessMeter(48_000, 2, 4608);
    Random random = new Random(1);
    for (int from = 0; from < 100_000; ) {
      int until = Math.min(100_000, from + random.nextInt(5000));
      pieces.push(
          new float[][] {
            Arrays.copyOfRange(sound[0], from, until), Arrays.copyOfRange(sound[1], from, until)
          });
      from = until;
    }
    pieces.finish();
    assertThat(pieces.integratedLufs()).isEqualTo(whole.integratedLufs());
    assertThat(pieces.takeCurve()).isEqualTo(whole.takeCurve()).hasSize(22);
  }

  @Test
  void countsWhatIsNoNumberAsSilence() {
    float[] sound = Signals.sine(48_000, 1000, 0.1, 48_000);
    sound[100] = Float.NaN;
    sound[200] = Float.POSITIVE_INFINITY;
    assertThat(stereo(48_000, sound)).isCloseTo(-20, within(0.1));
  }
}
