package org.sonograph.launcher.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PaintPaceTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void isTheTimeBetweenPicturesWithoutTheStart() {
    PaintPace pace = new PaintPace();
    pace.seen(3, 0); // of an earlier run
    pace.seen(3, 20 * SECOND);
    for (int i = 0; i <= 10; i++) {
      pace.seen(4 + i, (30 + 2 * i) * SECOND);
    }
    pace.seen(14, 90 * SECOND); // the readings take longer
    assertThat(pace.secondsAPicture().orElseThrow()).isCloseTo(2, within(1e-9));
  }

  @Test
  void aFewPicturesTellNothing() {
    PaintPace pace = new PaintPace();
    for (int i = 0; i < 6; i++) {
      pace.seen(i, i * SECOND);
    }
    assertThat(pace.secondsAPicture()).isEmpty();
  }
}
