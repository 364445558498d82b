package org.sonograph.signal.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SingleFft512Test {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64})
  void equalsTheExactTransformToItsPrecision(int count) {
    Random random = new Random(count);
    float[][] frames = new float[count][512];
    float[][] found = new float[count][257];
    for (float[] frame : frames) {
      for (int i = 0; i < 512; i++) {
        frame[i] = (float) random.nextGaussian();
      }
    }
    found[0][3] = 1000;
    new SingleFft512().addPower(frames, count, found);
    found[0][3] -= 1000;
    RealFft exact = new RealFft(512);
    double[] frame = new double[512];
    double[] re = new double[257];
    double[] im = new double[257];
    for (int f = 0; f < count; f++) {
      for (int i = 0; i < 512; i++) {
        frame[i] = frames[f][i];
      }
      exact.forward(frame, re, im);
      for (int k = 0; k < 257; k++) {
        double power = re[k] * re[k] + im[k] * im[k];
        // amplitudes of about 23 are exact to 2e-5
        assertThat((double) found[f][k])
            .isCloseTo(power, Offset.offset(5e-5 * (1 + Math.sqrt(power)) + (k == 3 ? 1e-4 : 0)));
      }
    }
  }
}
