package org.sonograph.diffusion;

/**
 * Brings further kinds of diffuser, found by {@link java.util.ServiceLoader} on the class path:
 * {@code --model SCHEME:ARGUMENT} opens one.
 */
public interface DiffuserProvider {

  /** What stands before the colon. */
  String scheme();

  /**
   * Opens a diffuser.
   *
   * @param argument what stands after the colon
   * @throws DiffusionException where it cannot be opened
   */
  Diffuser open(String argument, DiffuserOptions options);
}
