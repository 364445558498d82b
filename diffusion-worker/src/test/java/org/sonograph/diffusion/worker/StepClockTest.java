package org.sonograph.diffusion.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StepClockTest {
  private static final long MILLI = 1_000_000;

  private final AtomicLong now = new AtomicLong(7_200_000 * MILLI);
  private final List<Duration> taken = new ArrayList<>();
  private final List<Integer> heard = new ArrayList<>();
  private final StepClock clock =
      new StepClock(
          taken::add,
          (done, total) -> {
            heard.add(done);
            now.addAndGet(200 * MILLI);
          },
          now::get);

  @Test
  void timesEveryStepWithoutWhatTheListenerTakes() throws InterruptedException {
    clock.onStep(0, 2);
    now.addAndGet(5 * MILLI);
    clock.onStep(1, 2);
    clock.onStep(2, 2);
    assertThat(heard).containsExactly(0, 1, 2);
    assertThat(taken).hasSize(2);
    assertThat(taken.get(0)).isGreaterThanOrEqualTo(Duration.ofMillis(5));
    assertThat(taken.get(1)).isLessThan(Duration.ofMillis(100));
  }

  @Test
  void aBatchThatGoesOnInTheMiddleIsTimedFromThere() throws InterruptedException {
    clock.onStep(5, 8);
    assertThat(taken).isEmpty();
    now.addAndGet(5 * MILLI);
    clock.onStep(6, 8);
    assertThat(taken).containsExactly(Duration.ofMillis(5));
    assertThat(heard).containsExactly(5, 6);
  }
}
