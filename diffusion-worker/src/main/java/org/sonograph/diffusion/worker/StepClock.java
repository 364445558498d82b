package org.sonograph.diffusion.worker;

import java.time.Duration;
import java.util.function.Consumer;
import org.sonograph.diffusion.StepListener;

/** Times the steps of a batch, without what others do between two of them. */
final class StepClock implements StepListener {
  private final Consumer<Duration> taken;
  private final StepListener next;

  /** When the step under way began; 0 before the first call, which tells where a batch begins. */
  private long since;

  StepClock(Consumer<Duration> taken, StepListener next) {
    this.taken = taken;
    this.next = next;
  }

  @Override
  public void onStep(int done, int total) throws InterruptedException {
    if (since != 0) {
      taken.accept(Duration.ofNanos(System.nanoTime() - since));
    }
    next.onStep(done, total);
    since = System.nanoTime();
  }
}
