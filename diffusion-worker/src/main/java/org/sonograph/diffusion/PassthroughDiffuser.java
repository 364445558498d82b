package org.sonograph.diffusion;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sonograph.signal.picture.Picture;

/**
 * Returns every picture as it came, after a stated delay: for tests, and for hearing what a reading
 * alone does. Any number of threads wait side by side.
 */
public final class PassthroughDiffuser implements Diffuser {

  private static final int STEPS = 4;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final Duration delay;

  public PassthroughDiffuser(Duration delay) {
    if (delay.isNegative()) {
      throw new DiffusionException(
          DiffusionException.Reason.MODEL, "delay=" + delay + ", expected 0 or more");
    }
    this.delay = delay;
  }

  @Override
  public DiffusedPicture diffuse(DiffusionRequest request, StepListener progress)
      throws InterruptedException {
    long start = System.nanoTime();
    int steps = delay.isZero() ? 1 : STEPS;
    progress.onStep(0, steps);
    for (int step = 1; step <= steps; step++) {
      Thread.sleep(delay.dividedBy(steps));
      progress.onStep(step, steps);
    }
    return new DiffusedPicture(
        request.picture(),
        "",
        request.picture().width(),
        request.picture().height(),
        0,
        false,
        (System.nanoTime() - start) / 1e9);
  }

  @Override
  public Optional<Picture> glimpse(Draft draft, Duration sinceLast) {
    return sinceLast.compareTo(BETWEEN_LOOKS) < 0
        ? Optional.empty()
        : Optional.of(draft.request().picture());
  }

  @Override
  public ModelInfo model() {
    String id =
        delay.isZero() ? Diffusers.PASSTHROUGH : Diffusers.PASSTHROUGH + ":" + delay.toMillis();
    return new ModelInfo(id, "", "returns the picture as it came", 1, "", List.of());
  }

  @Override
  public void close() {}
}
