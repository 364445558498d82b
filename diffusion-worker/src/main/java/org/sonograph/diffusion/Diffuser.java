package org.sonograph.diffusion;

/**
 * Repaints pictures with one loaded model.
 *
 * <p>Threads: any thread may call {@link #diffuse}; calls are served one after another.
 * Interrupting the calling thread stops the work at the next step.
 */
public interface Diffuser extends AutoCloseable {

  /**
   * Repaints a picture.
   *
   * @param progress told before the first step and after every step, on the calling thread
   * @throws DiffusionException where the request does not fit the model, or the device failed
   * @throws InterruptedException where the calling thread was interrupted; nothing is kept
   */
  DiffusedPicture diffuse(DiffusionRequest request, StepListener progress)
      throws InterruptedException;

  /** Repaints a picture without reporting progress. */
  default DiffusedPicture diffuse(DiffusionRequest request) throws InterruptedException {
    return diffuse(request, StepListener.NONE);
  }

  /** What is loaded: enough to name it in a picture's recipe. */
  ModelInfo model();

  @Override
  void close();
}
