package org.sonograph.signal.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameFftTest {

  @ParameterizedTest
  @ValueSource(
      ints = {
        2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 30, 47, 94, 127, 144, 192, 254, 360, 512, 590, 598,
        1022, 4096
      })
  void batchedEqualsJTransforms(int length) {
    assertThat(BatchedFft.suits(length)).isTrue();
    FrameFft batched = FrameFft.of(length);
    assertThat(batched).isInstanceOf(BatchedFft.class);
    RealFft single = new RealFft(length);
    for (int count : new int[] {1, 2, 3, batched.batch()}) {
      double[][] frames = noise(count, length);
      Spectrum found = Spectrum.zero(count, batched.bins());
      Spectrum expected = Spectrum.zero(count, batched.bins());
      batched.forward(frames, count, found.re(), found.im());
      for (int f = 0; f < count; f++) {
        single.forward(frames[f], expected.re()[f], expected.im()[f]);
        // rounding grows like the root of the length; measured 2e-13 at most
        Offset<Double> close = Offset.offset(1e-13 * length);
        assertThat(found.re()[f]).containsExactly(expected.re()[f], close);
        assertThat(found.im()[f]).containsExactly(expected.im()[f], close);
      }
      double[][] back = new double[count][length];
      batched.inverse(found.re(), found.im(), count, back);
      for (int f = 0; f < count; f++) {
        assertThat(back[f]).containsExactly(frames[f], Offset.offset(1e-13));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 131, 262, 766, 1031})
  void lengthsWithALargePrimeGoRoundTrip(int length) {
    FrameFft fft = FrameFft.of(length);
    assertThat(fft).isInstanceOf(RealFft.class);
    double[][] frames = noise(1, length);
    Spectrum spectrum = Spectrum.zero(1, fft.bins());
    fft.forward(frames, 1, spectrum.re(), spectrum.im());
    double[][] back = new double[1][length];
    fft.inverse(spectrum.re(), spectrum.im(), 1, back);
    assertThat(back[0]).containsExactly(frames[0], Offset.offset(1e-12));
  }

  @Test
  void equalsTheDefinition() {
    int length = 15;
    double[][] frames = noise(1, length);
    Spectrum found = Spectrum.zero(1, 8);
    FrameFft.of(length).forward(frames, 1, found.re(), found.im());
    for (int k = 0; k < 8; k++) {
      double re = 0;
      double im = 0;
      for (int n = 0; n < length; n++) {
        re += frames[0][n] * Math.cos(2 * Math.PI * k * n / length);
        im -= frames[0][n] * Math.sin(2 * Math.PI * k * n / length);
      }
      assertThat(found.re()[0][k]).isCloseTo(re, Offset.offset(1e-13));
      assertThat(found.im()[0][k]).isCloseTo(im, Offset.offset(1e-13));
    }
  }

  @Test
  void inverseIgnoresWhatNoRealFrameHas() {
    FrameFft fft = FrameFft.of(16);
    Spectrum spectrum = Spectrum.zero(2, 9);
    spectrum.im()[0][0] = 5;
    spectrum.im()[0][8] = 7;
    spectrum.re()[1][0] = 16;
    double[][] frames = new double[2][16];
    fft.inverse(spectrum.re(), spectrum.im(), 2, frames);
    assertThat(frames[0]).containsOnly(0);
    assertThat(frames[1]).containsOnly(1);
  }

  private static double[][] noise(int count, int length) {
    Random random = new Random(length);
    double[][] frames = new double[count][length];
    for (double[] frame : frames) {
      for (int i = 0; i < length; i++) {
        frame[i] = random.nextGaussian();
      }
    }
    return frames;
  }
}
