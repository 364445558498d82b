package org.sonograph.diffusion;

/** A picture on its way through the three stages of a {@link Diffuser}. Serves one picture once. */
public interface Draft {

  /** What was asked. */
  DiffusionRequest request();

  /**
   * What a draft has to have in common with another one to share its calls of the model: drafts of
   * one diffuser with equal keys may be given to {@link Diffuser#denoise} together.
   */
  Object batchKey();
}
