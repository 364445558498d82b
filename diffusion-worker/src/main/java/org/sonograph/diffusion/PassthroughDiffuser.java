package org.sonograph.diffusion;

import java.time.Duration;
import java.util.List;

/**
 * Returns every picture as it came, after a stated delay: for tests, and for hearing what a reading
 * alone does. Any number of threads wait side by side.
 */
public final class PassthroughDiffuser implements Diffuser {

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
    progress.onStep(0, 1);
    Thread.sleep(delay);
    progress.onStep(1, 1);
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
  public ModelInfo model() {
    String id =
        delay.isZero() ? Diffusers.PASSTHROUGH : Diffusers.PASSTHROUGH + ":" + delay.toMillis();
    return new ModelInfo(id, "", "returns the picture as it came", 1, "", List.of());
  }

  @Override
  public void close() {}
}
