package org.sonograph.diffusion.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.NoisePlan;

class StripNoiseTest {

  private static final LatentShape SHAPE = new LatentShape(4, 6, 64);

  @Test
  void neighboursAgreeWhereTheyOverlapInEveryDraw() {
    NoiseSource left = source(9, 0);
    NoiseSource right = source(9, 448);
    for (int draw = 0; draw < 3; draw++) {
      float[] a = next(left);
      float[] b = next(right);
      for (int row = 0; row < SHAPE.channels() * SHAPE.height(); row++) {
        for (int column = 0; column < 8; column++) {
          assertThat(a[row * 64 + 56 + column]).isEqualTo(b[row * 64 + column]);
        }
      }
    }
  }

  @Test
  void aWindowMayStartInsideABlock() {
    float[] whole = next(source(9, 0));
    float[] shifted = next(source(9, 24));
    for (int row = 0; row < SHAPE.channels() * SHAPE.height(); row++) {
      for (int column = 0; column < 61; column++) {
        assertThat(shifted[row * 64 + column]).isEqualTo(whole[row * 64 + column + 3]);
      }
    }
  }

  @Test
  void anotherSeedOrDrawIsOtherNoise() {
    NoiseSource source = source(9, 0);
    float[] first = next(source);
    assertThat(next(source)).isNotEqualTo(first);
    assertThat(next(source(10, 0))).isNotEqualTo(first);
  }

  @Test
  void hasMeanZeroAndVarianceOne() {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int chunk = 0; chunk < 50; chunk++) {
      for (float value : next(source(1, 512L * chunk))) {
        sum += value;
        squares += value * value;
        count++;
      }
    }
    // 76,800 values: four standard errors of the mean and of the variance
    assertThat(Math.abs(sum / count)).isLessThan(4 / Math.sqrt(count));
    assertThat(Math.abs(squares / count - 1)).isLessThan(4 * Math.sqrt(2.0 / count));
  }

  @Test
  void refusesColumnsOffTheLatentGrid() {
    assertThatThrownBy(() -> source(1, 12))
        .isInstanceOf(DiffusionException.class)
        .hasMessageContaining("firstColumn=12");
  }

  private static NoiseSource source(long seed, long firstColumn) {
    return NoiseSource.of(new NoisePlan.Strip(seed, firstColumn), SHAPE, 8);
  }

  private static float[] next(NoiseSource source) {
    float[] out = new float[SHAPE.size()];
    source.draw(out);
    return out;
  }
}
