package org.sonograph.ingest.cut;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelMixTest {

  @Test
  void keepsTwoChannelsAsTheyAre() {
    float[][] out = new ChannelMix(2, 2).take(new float[] {1, 2, 3, 4}, 2);
    assertThat(out[0]).containsExactly(1, 3);
    assertThat(out[1]).containsExactly(2, 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 8, 12})
  void neverGetsLouderThanTheLoudestChannel(int channels) {
    float[] frame = new float[channels];
    java.util.Arrays.fill(frame, 1);
    float[][] out = new ChannelMix(channels, 2).take(frame, 1);
    assertThat(out[0][0]).isBetween(0.99f, 1.0001f);
    assertThat(out[1][0]).isBetween(0.99f, 1.0001f);
  }

  @Test
  void keepsSidesApartAndPutsTheCentreInBoth() {
    float[][] left = new ChannelMix(6, 2).take(new float[] {1, 0, 0, 0, 1, 0}, 1);
    float[][] centre = new ChannelMix(6, 2).take(new float[] {0, 0, 1, 0, 0, 0}, 1);
    assertThat(left[0][0]).isPositive();
    assertThat(left[1][0]).isZero();
    assertThat(centre[0][0]).isPositive().isEqualTo(centre[1][0]);
  }
}
