package org.sonograph.diffusion.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.sonograph.diffusion.StepListener;
import org.sonograph.signal.picture.Picture;

/** Looks at the pictures of a batch now and then while they are painted. */
final class Looks implements StepListener {
  private final List<BatchQueue.Waiting> batch;
  private final BiConsumer<BatchQueue.Waiting, Picture> seen;
  private long last;

  /**
   * Looks at a batch.
   *
   * @param seen is told what a picture looks like, on the device's thread
   */
  Looks(List<BatchQueue.Waiting> batch, BiConsumer<BatchQueue.Waiting, Picture> seen) {
    this.batch = batch;
    this.seen = seen;
    this.last = System.nanoTime();
  }

  @Override
  public void onStep(int done, int total) {
    if (done == 0 || done >= total) {
      return;
    }
    Duration each = Duration.ofNanos((System.nanoTime() - last) / batch.size());
    boolean hasLooked = false;
    for (BatchQueue.Waiting one : batch) {
      Optional<Picture> picture = one.sketch().diffuser().glimpse(one.draft(), each);
      picture.ifPresent(p -> seen.accept(one, p));
      hasLooked |= picture.isPresent();
    }
    if (hasLooked) {
      last = System.nanoTime();
    }
  }
}
