package org.sonograph.diffusion.worker;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.sonograph.diffusion.StepListener;

/** Times the steps of a batch, without what others do between two of them. */
final class StepClock implements StepListener {
  private final Consumer<Duration> taken;
  private final StepListener next;
  private final LongSupplier nanos;

  /** When the step under way began; 0 before the first call, which tells where a batch begins. */
  private long since;

  StepClock(Consumer<Duration> taken, StepListener next) {
    this(taken, next, System::nanoTime);
  }

  StepClock(Consumer<Duration> taken, StepListener next, LongSupplier nanos) {
    this.taken = taken;
    this.next = next;
    this.nanos = nanos;
  }

  @Override
  public void onStep(int done, int total) throws InterruptedException {
    if (since != 0) {
      taken.accept(Duration.ofNanos(nanos.getAsLong() - since));
    }
    next.onStep(done, total);
    since = nanos.getAsLong();
  }
}
