package org.sonograph.launcher.embedded;

/**
 * A part of the embedded mode is missing or does not start; the message says what and what to do.
 */
public class EmbeddedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EmbeddedException(String message) {
    super(message);
  }

  public EmbeddedException(String message, Throwable cause) {
    super(message, cause);
  }
}
