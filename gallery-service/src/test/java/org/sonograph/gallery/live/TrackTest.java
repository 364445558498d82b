package org.sonograph.gallery.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TrackTest {
  private final Track track = new Track(1000);

  private static float[][] sound(int length, float value) {
    float[][] sound = new float[2][length];
    Arrays.fill(sound[0], value);
    Arrays.fill(sound[1], -value);
    return sound;
  }

  private float[] left(long from, int count) {
    float[][] out = new float[2][count];
    track.copy(from, out, count);
    return out[0];
  }

  @Test
  void knowsHowFarSoundGoesWithoutAHole() {
    track.put(0, sound(100, 1));
    track.put(200, sound(100, 3));
    assertThat(track.availableTo(50)).isEqualTo(100);
    assertThat(track.availableTo(150)).isEqualTo(150);
    track.put(100, sound(100, 2));
    assertThat(track.availableTo(50)).isEqualTo(300);
    assertThat(track.end()).isEqualTo(300);
  }

  @Test
  void copiesAcrossPiecesAndSilenceWhereNothingIs() {
    track.put(0, sound(10, 1));
    track.put(15, sound(10, 3));
    assertThat(left(8, 9)).containsExactly(1, 1, 0, 0, 0, 0, 0, 3, 3);
    assertThat(left(-2, 3)).containsExactly(0, 0, 1);
  }

  @Test
  void keepsWhatCameFirst() {
    assertThat(track.put(10, sound(10, 1))).isTrue();
    assertThat(track.put(10, sound(10, 2))).isFalse();
    assertThat(track.put(5, sound(10, 3))).isTrue();
    assertThat(left(4, 8)).containsExactly(0, 3, 3, 3, 3, 3, 1, 1);
  }

  @Test
  void leavesOutTheFadeInAfterAFailure() {
    track.fail(0, 100);
    track.put(100, sound(100, 1));
    assertThat(track.availableTo(100)).isEqualTo(100);
    assertThat(track.availableTo(120)).isEqualTo(200);
  }

  @Test
  void forgetsWhatIsPast() {
    track.put(0, sound(100, 1));
    track.put(100, sound(100, 1));
    track.forget(100);
    assertThat(track.availableTo(0)).isZero();
    assertThat(track.availableTo(100)).isEqualTo(200);
  }
}
