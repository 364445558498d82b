package org.sonograph.signal.picture;

/** A PNG that cannot be read, with a reason fit for the person who made it. */
public final class PngException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PngException(String message) {
    super(message);
  }
}
