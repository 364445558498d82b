package org.sonograph.gallery.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SincTest {
  @Test
  void readsBetweenSamples() {
    int length = 4000;
    double step = 1.0007;
    float[] in = new float[length + 200];
    // up to six tenths of half the rate the kernel is exact to 70 dB
    double omega = Math.PI * 0.6;
    for (int i = 0; i < in.length; i++) {
      in[i] = (float) Math.sin(omega * (i - Sinc.HALF));
    }
    float[] out = new float[length];
    Sinc.read(in, 0.3, step, out, length);
    double worst = 0;
    for (int i = 0; i < length; i++) {
      worst = Math.max(worst, Math.abs(out[i] - Math.sin(omega * (0.3 + i * step))));
    }
    assertThat(20 * Math.log10(worst)).isLessThan(-70);
  }

  @Test
  void givesTheSamplesAtWholePositions() {
    float[] in = new float[100];
    in[Sinc.HALF + 3] = 0.7f;
    float[] out = new float[10];
    Sinc.read(in, 0, 1, out, 10);
    assertThat(out[3]).isEqualTo(0.7f);
    out[3] = 0;
    for (float v : out) {
      assertThat(Math.abs(v)).isLessThan(1e-15f);
    }
  }
}
