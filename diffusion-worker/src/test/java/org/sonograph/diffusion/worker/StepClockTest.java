package org.sonograph.diffusion.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepClockTest {
  @Test
  void aBatchThatGoesOnInTheMiddleIsTimedFromThere() throws Exception {
    List<Duration> taken = new ArrayList<>();
    List<Integer> told = new ArrayList<>();
    StepClock clock = new StepClock(taken::add, (done, total) -> told.add(done));
    clock.onStep(5, 8);
    assertThat(taken).isEmpty();
    clock.onStep(6, 8);
    clock.onStep(7, 8);
    assertThat(taken).hasSize(2).allMatch(time -> time.compareTo(Duration.ofMinutes(1)) < 0);
    assertThat(told).containsExactly(5, 6, 7);
  }
}
