package org.sonograph.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeathsTest {
  private final Deaths deaths = new Deaths();

  @Test
  void onceAnHourIsMendedForEver() {
    for (int hour = 0; hour < 100; hour++) {
      assertThat(deaths.areHopeless(Duration.ofHours(hour).toNanos())).isFalse();
    }
  }

  @Test
  void againAndAgainIsNot() {
    for (int second = 0; second < Deaths.MOST; second++) {
      assertThat(deaths.areHopeless(Duration.ofSeconds(second).toNanos())).isFalse();
    }
    assertThat(deaths.areHopeless(Duration.ofSeconds(Deaths.MOST).toNanos())).isTrue();
  }

  @Test
  void itIsHopefulAgainLater() {
    againAndAgainIsNot();
    long later = Deaths.WITHIN.multipliedBy(2).toNanos();
    assertThat(deaths.areHopeless(later)).isFalse();
  }
}
