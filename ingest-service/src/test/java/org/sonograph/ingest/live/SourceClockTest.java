package org.sonograph.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SourceClockTest {
  private static final int RATE = 48_000;
  private static final long HALF_NANOS = 500_000_000;

  /** A source on a clock of its own, whose samples come in bursts. */
  private static final class Run {
    private final SourceClock clock = new SourceClock(RATE, 0, 1_000_000);
    private final double ppm;
    private final Random random = new Random(5);
    private long half;

    Run(double ppm) {
      this.ppm = ppm;
    }

    /** Samples that wait, in the mean of the last minute, after so long. */
    double waitingAfter(int minutes) {
      double sum = 0;
      for (int i = 0; i < minutes * 120; i++) {
        half++;
        long now = half * HALF_NANOS;
        double came = half / 2.0 * RATE * (1 + ppm * 1e-6) + RATE;
        double burst = (random.nextDouble() - 0.5) * RATE;
        double waits = came - clock.due(now);
        clock.steer(now, 1_000_000 + half * 500, (int) (waits + burst));
        sum += i >= (minutes - 1) * 120 ? waits / 120 : 0;
      }
      return sum;
    }
  }

  @Test
  void followsASourceWhoseClockIsFasterOrSlower() {
    for (double ppm : new double[] {-100, 0, 100}) {
      Run run = new Run(ppm);
      run.waitingAfter(30);
      double later = run.waitingAfter(60);
      double muchLater = run.waitingAfter(240);
      assertThat(muchLater).isCloseTo(later, within(0.2 * RATE));
      assertThat(muchLater).isBetween(0.5 * RATE, 1.6 * RATE);
    }
  }

  @Test
  void burstsDoNotMoveIt() {
    Run run = new Run(0);
    run.waitingAfter(10);
    assertThat(Math.abs(run.clock.ppm())).isLessThan(150);
  }

  @Test
  void aWallClockThatIsSetMakesNoStep() {
    SourceClock clock = new SourceClock(RATE, 0, 1_000_000);
    clock.coast(HALF_NANOS, 1_000_500);
    double before = clock.wallMs(RATE);
    clock.coast(2 * HALF_NANOS, 1_004_000);
    assertThat(clock.wallMs(RATE)).isCloseTo(before, within(0.3));
    for (long half = 3; half < 20_000; half++) {
      clock.coast(half * HALF_NANOS, 1_003_000 + half * 500);
    }
    double position = clock.due(20_000 * HALF_NANOS);
    assertThat(clock.wallMs(position)).isCloseTo(1_003_000 + 20_000 * 500.0, within(5.0));
  }

  @Test
  void timesFollowSamples() {
    SourceClock clock = new SourceClock(RATE, 7, 1_000_000);
    assertThat(clock.due(7 + 1_000_000_000L)).isCloseTo(RATE, within(1e-6));
    assertThat(clock.wallMs(2 * RATE)).isCloseTo(1_002_000, within(1e-6));
  }
}
