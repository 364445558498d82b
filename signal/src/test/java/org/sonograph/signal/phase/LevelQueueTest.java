package org.sonograph.signal.phase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LevelQueueTest {
  /** A step of the queue is a thirtieth of a decibel. */
  private static final float STEP_NEPERS = 1 / 296f;

  @Test
  void givesTheLoudestPlaceFirst() {
    Random random = new Random(1);
    float[] levels = new float[500];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = -13 * random.nextFloat();
    }
    LevelQueue queue = new LevelQueue(levels);
    for (int at = 0; at < levels.length; at++) {
      queue.push(at);
    }
    float before = Float.POSITIVE_INFINITY;
    for (int i = 0; i < levels.length; i++) {
      float next = levels[queue.pop()];
      assertThat(next).isLessThanOrEqualTo(before + STEP_NEPERS);
      before = next;
    }
    assertThat(queue.pop()).isNegative();
  }

  @Test
  void goesBackUpWhenALouderPlaceComes() {
    LevelQueue queue = new LevelQueue(new float[] {-1, -5, -3});
    queue.push(1);
    assertThat(queue.pop()).isEqualTo(1);
    queue.push(2);
    queue.push(0);
    assertThat(queue.pop()).isZero();
    assertThat(queue.pop()).isEqualTo(2);
  }

  @Test
  void ordersAllPlacesThereAre() {
    float[] levels = {-2, 0, -9, 0, -200};
    assertThat(new LevelQueue(levels).order()).containsExactly(1, 3, 0, 2, 4);
  }
}
