package org.sonograph.gallery.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OutputClockTest {
  private static final long MS = 1_000_000;
  private static final double WALL = 1_700_000_000_000.0;
  private final OutputClock clock = new OutputClock(OutputGrid.STANDARD, 5_000 * MS, WALL);

  private int make(long ms, double wallMs) {
    int due = clock.due((5_000 + ms) * MS, wallMs);
    for (int i = 0; i < due; i++) {
      clock.made();
    }
    return due;
  }

  @Test
  void makesBlocksInRealTime() {
    int made = 0;
    for (int ms = 0; ms <= 3_600_000; ms += 7) {
      made += make(ms, WALL + ms);
    }
    assertThat(made).isBetween(359_998, 360_000);
  }

  @Test
  void countsForMonths() {
    long ms = 200L * 24 * 3600 * 1000;
    for (long block = 0; block < ms / 10; block++) {
      clock.made();
    }
    assertThat(make(ms, WALL + ms)).isZero();
    assertThat(make(ms + 10, WALL + ms + 10)).isEqualTo(1);
    assertThat(clock.heardMs()).isCloseTo(WALL + ms + 10 + OutputClock.LEAD_MS, within(1.0));
  }

  @Test
  void catchesUpAfterAShortStandStillAndLeavesOutALongOne() {
    assertThat(make(1000, WALL + 1000)).isEqualTo(100);
    assertThat(make(2500, WALL + 2500)).isEqualTo(150);
    assertThat(make(60_000, WALL + 60_000)).isEqualTo(1);
    assertThat(clock.heardMs()).isCloseTo(WALL + 60_010 + OutputClock.LEAD_MS, within(1.0));
  }

  @Test
  void followsACorrectedWallClockSlowlyAndASetOneAtOnce() {
    make(1000, WALL + 1000);
    make(1010, WALL + 1010 + 100);
    assertThat(clock.heardMs()).isCloseTo(WALL + 1010 + OutputClock.LEAD_MS, within(1.0));
    make(1020, WALL + 1020 + 3_600_000);
    assertThat(clock.heardMs())
        .isCloseTo(WALL + 1020 + 3_600_000 + OutputClock.LEAD_MS, within(1.0));
  }
}
