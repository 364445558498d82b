package org.sonograph.diffusion.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepClockTest {
  @Test
  void timesEveryStepWithoutWhatTheListenerTakes() throws InterruptedException {
    List<Duration> taken = new ArrayList<>();
    List<Integer> heard = new ArrayList<>();
    StepClock clock =
        new StepClock(
            taken::add,
            (done, total) -> {
              heard.add(done);
              Thread.sleep(200);
            });
    clock.onStep(0, 2);
    Thread.sleep(5);
    clock.onStep(1, 2);
    clock.onStep(2, 2);
    assertThat(heard).containsExactly(0, 1, 2);
    assertThat(taken).hasSize(2);
    assertThat(taken.get(0)).isGreaterThanOrEqualTo(Duration.ofMillis(5));
    assertThat(taken.get(1)).isLessThan(Duration.ofMillis(100));
  }
}
