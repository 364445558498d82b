package org.sonograph.diffusion;

/** Hears how far a picture is, so that a lease can be renewed or a bar moved. */
@FunctionalInterface
public interface StepListener {

  /** Hears nothing. */
  StepListener NONE = (done, total) -> {};

  /**
   * Called on the thread that diffuses; the work waits until it returns.
   *
   * @param done steps finished, 0 before the first one
   * @param total steps that will be taken
   */
  void onStep(int done, int total) throws InterruptedException;
}
